import type { AlarmState, Severity } from '#shared/alarms.ts'
import type { AlarmEvent } from '#shared/contract/alarms.ts'
import { SitedeskError } from '#shared/errors.ts'
import { DAY } from '#shared/time.ts'
import type { StoredAlarm } from './types.ts'

/** The part of an alarm that its life changes. */
export type AlarmLife = Pick<
  StoredAlarm,
  | 'state'
  | 'level'
  | 'severity'
  | 'holds'
  | 'value'
  | 'acknowledged_at'
  | 'acknowledged_by'
  | 'cleared_at'
  | 'cleared_by'
  | 'snoozed_until'
  | 'assignee'
>

interface Said {
  readonly by: string
  readonly comment?: string | undefined
}

/** What can happen to an alarm; the first four by themselves, the others by a person. */
export type AlarmInput =
  | { readonly type: 'crossed'; readonly value: number; readonly severity: Severity }
  | { readonly type: 'eased'; readonly value: number; readonly severity: Severity }
  | { readonly type: 'ended'; readonly reason: 'condition' | 'ruleOff' }
  | { readonly type: 'woke' }
  | (Said & { readonly type: 'acknowledged' })
  | (Said & { readonly type: 'commented' })
  | (Said & { readonly type: 'cleared' })
  | (Said & { readonly type: 'snoozed'; readonly until: number | null })
  | (Said & { readonly type: 'assigned'; readonly to: string | null })

export type AlarmEffect =
  | {
      readonly type: 'record'
      readonly kind: AlarmEvent['kind']
      readonly by: string | null
      readonly comment: string | null
      readonly data: Record<string, unknown> | null
    }
  /** who is told of new alarms is told of this one */
  | { readonly type: 'tell' }

export interface Step {
  readonly next: AlarmLife
  /** none: nothing happened */
  readonly effects: readonly AlarmEffect[]
}

/** The longest somebody may look away. */
export const LONGEST_SNOOZE = 30 * DAY

const nothing = (next: AlarmLife): Step => ({ next, effects: [] })

function record(
  kind: AlarmEvent['kind'],
  said: Partial<Said> = {},
  data: Record<string, unknown> | null = null,
): AlarmEffect {
  return { type: 'record', kind, by: said.by ?? null, comment: said.comment ?? null, data }
}

/** raised → acknowledged → cleared, and what may happen on the way (features §3.11). Throws NOT_ALLOWED_NOW. */
export function step(alarm: AlarmLife, input: AlarmInput, at: number): Step {
  if (input.type === 'crossed' || input.type === 'eased' || input.type === 'ended' || input.type === 'woke')
    return byItself(alarm, input, at)
  return byPerson(alarm, input, at)
}

function byItself(
  alarm: AlarmLife,
  input: Extract<AlarmInput, { type: 'crossed' | 'eased' | 'ended' | 'woke' }>,
  at: number,
): Step {
  if (input.type === 'ended') return ended(alarm, input.reason, at)
  if (input.type === 'woke') {
    if (alarm.snoozed_until === null || alarm.snoozed_until > at) return nothing(alarm)
    const next = { ...alarm, snoozed_until: null }
    return { next, effects: [record('woke'), ...tellIf(next.state === 'raised')] }
  }
  const { value, severity } = input
  if (input.type === 'eased') {
    const next = { ...alarm, level: 1 as const, severity, value }
    return { next, effects: alarm.level === 1 ? [] : [record('eased', {}, { value })] }
  }
  if (alarm.level === 2) return nothing(alarm)
  // worse than what somebody saw, cleared or looked away from: it is there again
  const next: AlarmLife = {
    ...alarm,
    level: 2,
    severity,
    value,
    state: 'raised',
    snoozed_until: null,
    acknowledged_at: null,
    acknowledged_by: null,
    cleared_at: null,
    cleared_by: null,
  }
  return { next, effects: [record('crossed', {}, { value }), { type: 'tell' }] }
}

/** The condition is over: a new one may be raised of the subject. */
function ended(alarm: AlarmLife, reason: 'condition' | 'ruleOff', at: number): Step {
  const next = { ...alarm, holds: 0, snoozed_until: null }
  const effects = [record('ended', {}, reason === 'condition' ? null : { reason })]
  if (alarm.state === 'cleared') return { next, effects }
  return { next: { ...next, state: 'cleared', cleared_at: at, cleared_by: null }, effects }
}

const tellIf = (yes: boolean): AlarmEffect[] => (yes ? [{ type: 'tell' }] : [])

type Deed = Extract<AlarmInput, { by: string }>

function byPerson(alarm: AlarmLife, input: Deed, at: number): Step {
  if (input.type === 'commented') return { next: alarm, effects: [record('commented', input)] }
  if (alarm.state === 'cleared') throw notNow('cleared', 'The alarm is cleared already.')
  if (input.type === 'acknowledged') {
    if (alarm.state === 'acknowledged') return nothing(alarm)
    const next = { ...alarm, state: 'acknowledged' as AlarmState }
    return {
      next: { ...next, acknowledged_at: at, acknowledged_by: input.by },
      effects: [record('acknowledged', input)],
    }
  }
  if (input.type === 'cleared') {
    const next = { ...alarm, state: 'cleared' as AlarmState, snoozed_until: null }
    return { next: { ...next, cleared_at: at, cleared_by: input.by }, effects: [record('cleared', input)] }
  }
  if (input.type === 'assigned') {
    if (alarm.assignee === input.to) return nothing(alarm)
    return {
      next: { ...alarm, assignee: input.to },
      effects: [record('assigned', input, { to: input.to, from: alarm.assignee })],
    }
  }
  return snoozed(alarm, input, at)
}

function snoozed(alarm: AlarmLife, input: Extract<Deed, { type: 'snoozed' }>, at: number): Step {
  const { until } = input
  if (until === alarm.snoozed_until) return nothing(alarm)
  if (until !== null && until <= at) throw notNow('past', 'That time is past.')
  if (until !== null && until > at + LONGEST_SNOOZE) throw notNow('tooLong', 'At most 30 days.')
  return {
    next: { ...alarm, snoozed_until: until },
    effects: [until === null ? record('woke', input) : record('snoozed', input, { until })],
  }
}

const notNow = (reason: string, message: string) => new SitedeskError('NOT_ALLOWED_NOW', message, { reason })
