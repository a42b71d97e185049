import type { IntentState } from '#shared/contract/values.ts'
import { nextOffset, type RecoveryPolicy } from './schedule.ts'

/** What the machine keeps beside the state. Times are epoch ms. */
export interface Memory {
  /** requests that were allowed to leave */
  readonly sends: number
  readonly sentAt: number | null
  /** a 200 was received, ever: it is never called not applied by itself again */
  readonly accepted: boolean
  /** the platform said that it has the number */
  readonly found: boolean
  readonly unknownSince: number | null
  /** noes since then, and the time between the first and the last that this program itself measured */
  readonly zeros: number
  readonly zeroSpanMs: number
  /** refusals for speed in a row; while one is waited out no request is on its way */
  readonly tooFast: number
  readonly waiting: boolean
  /** a person said what became of it */
  readonly resolved: boolean
}

export const FRESH: Memory = {
  sends: 0,
  sentAt: null,
  accepted: false,
  found: false,
  unknownSince: null,
  zeros: 0,
  zeroSpanMs: 0,
  tooFast: 0,
  waiting: false,
  resolved: false,
}

/** Why, for people: the vendor's code and words. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>

export type MachineEvent =
  /** the request is about to leave */
  | { readonly type: 'send' }
  /** that it is about to leave could not be stored, so it did not */
  | { readonly type: 'notStored' }
  | {
      readonly type: 'answered'
      readonly answer: 'accepted' | 'rejected' | 'tooFast' | 'duplicate' | 'notSent' | 'unknown'
      readonly facts?: Facts
    }
  /** hasRefundOrder answered; asked when `sends` requests had left, `sinceZeroMs` after the last no, if any */
  | {
      readonly type: 'exists'
      readonly found: boolean
      readonly sends: number
      readonly sinceZeroMs: number | null
    }
  | { readonly type: 'askFailed'; readonly facts?: Facts }
  /** what roomBuyRecord says of the number (C-27) */
  | {
      readonly type: 'amount'
      readonly result: 'same' | 'differs' | 'notListed' | 'unavailable'
      readonly facts?: Facts
    }
  /** the program was started anew: whatever was on its way has no answer any more (F-27) */
  | { readonly type: 'restarted' }
  /** the ledger was restored from a copy: what had not left when it was made may have left since */
  | { readonly type: 'restored' }
  | { readonly type: 'resend' }
  | { readonly type: 'resolved'; readonly outcome: 'applied' | 'not_applied'; readonly reason: string }

export type Effect =
  | { readonly do: 'send' }
  | { readonly do: 'ask'; readonly at: number }
  | { readonly do: 'checkAmount' }
  | { readonly do: 'refreshBalance' }

export interface Moment {
  readonly state: IntentState
  readonly memory: Memory
}

/** One step: to be stored whole before any of its effects begins. */
export interface Step extends Moment {
  /** i18n key `recharge.event.<code>` */
  readonly code: EventCode
  readonly data?: Facts
  readonly effects: readonly Effect[]
}

export type EventCode =
  | 'created'
  | 'sent'
  | 'resentTooFast'
  | 'resent'
  | 'accepted'
  | 'rejected'
  | 'tooFast'
  | 'duplicate'
  | 'notSent'
  | 'accountRefused'
  | 'noAnswer'
  | 'notStored'
  | 'neverSent'
  | 'interrupted'
  | 'restored'
  | 'found'
  | 'notThere'
  | 'askFailed'
  | 'applied'
  | 'amountDiffers'
  | 'notApplied'
  | 'acceptedButNotThere'
  | 'tooFastTooOften'
  | 'foundAfterAll'
  | 'resolved'

/** 1011 is waited out this often (I-33); then nothing was posted, since each time it was refused at the door. */
const MOST_TOO_FAST = 5
const TOO_FAST_WAIT_MS = 2200
const LONGEST_WAIT_MS = 30_000
/** Between two questions, whatever the clocks say: monotonic time counts in fractions. */
const LEAST_GAP_MS = 100

/** Spec §7.1 as a function: no clock, no network, no store. null: the event says nothing in this state. */
export function transition(
  from: Moment,
  event: MachineEvent,
  now: number,
  policy: RecoveryPolicy,
): Step | null {
  switch (event.type) {
    case 'send':
      return from.state === 'DRAFT' ? sending(from.memory, 'sent', now) : null
    case 'notStored':
      return notStored(from)
    case 'answered':
      return from.state === 'SENT' && !from.memory.waiting ? answered(from.memory, event, now, policy) : null
    case 'exists':
      return event.found ? found(from) : zero(from, event, now, policy)
    case 'askFailed':
      return askFailed(from, event.facts, now, policy)
    case 'amount':
      return amount(from, event)
    case 'restarted':
      return restarted(from, now)
    case 'restored':
      return restored(from, now)
    case 'resend':
      return mayResend(from) ? sending(afresh(from.memory), 'resent', now) : null
    default:
      return resolved(from, event)
  }
}

/** §7.1: only a person, only under the same number, never once a 200 was received. */
export const mayResend = ({ state, memory }: Moment) => state === 'NOT_APPLIED' && !memory.accepted

const to = (
  state: IntentState,
  memory: Memory,
  code: EventCode,
  effects: readonly Effect[] = [],
  data?: Facts,
): Step => ({ state, memory, code, effects, ...(data && Object.keys(data).length > 0 ? { data } : {}) })

const afresh = (memory: Memory): Memory => ({
  ...FRESH,
  sends: memory.sends,
  accepted: memory.accepted,
})

const sending = (memory: Memory, code: EventCode, now: number): Step =>
  to('SENT', { ...memory, sends: memory.sends + 1, sentAt: now, waiting: false }, code, [{ do: 'send' }])

function notStored({ state, memory }: Moment): Step | null {
  return state === 'DRAFT' || (state === 'SENT' && !memory.waiting)
    ? to('NOT_APPLIED', memory, 'notStored')
    : null
}

/** Faults of the account itself (F-04); the others of a request that did not leave are of the network. */
const ACCOUNT_FAULTS: ReadonlySet<unknown> = new Set([
  'noAccount',
  'wrongPassword',
  'missingField',
  'stopped',
])
const accountRefused = (facts?: Facts) => ACCOUNT_FAULTS.has(facts?.['fault'])

type Answered = Extract<MachineEvent, { type: 'answered' }>

function answered(memory: Memory, { answer, facts }: Answered, now: number, policy: RecoveryPolicy): Step {
  switch (answer) {
    case 'accepted':
      return to('ACCEPTED', { ...memory, accepted: true }, 'accepted', [{ do: 'ask', at: now }])
    case 'rejected':
      return to('REJECTED', memory, 'rejected', [], facts)
    case 'notSent':
      return to('NOT_APPLIED', memory, accountRefused(facts) ? 'accountRefused' : 'notSent', [], facts)
    case 'tooFast': {
      const waitMs = Math.min(LONGEST_WAIT_MS, TOO_FAST_WAIT_MS * 2 ** memory.tooFast)
      const next = { ...memory, tooFast: memory.tooFast + 1, waiting: true }
      return to('SENT', next, 'tooFast', [{ do: 'ask', at: now + waitMs }], facts)
    }
    case 'duplicate':
      return to('UNKNOWN', { ...memory, unknownSince: now }, 'duplicate', [{ do: 'ask', at: now }], facts)
    default:
      return unknown(memory, 'noAnswer', now, policy, facts)
  }
}

/** UNKNOWN, asked again when the schedule says so; from then on for a person when it says no more (null). */
function unknown(memory: Memory, code: EventCode, now: number, policy: RecoveryPolicy, facts?: Facts): Step {
  // a clock that was set back: counted from here on, or nobody would ask before it has caught up
  const since = Math.min(memory.unknownSince ?? now, now)
  const offset = nextOffset(policy, now - since)
  const planned = offset === null ? Infinity : since + offset
  const counting = memory.zeros > 0 && (code === 'notThere' || offset !== null)
  const decisive = counting ? nextNo(memory, now, policy, offset === null) : Infinity
  const at = Math.ceil(Math.max(now + LEAST_GAP_MS, Math.min(planned, decisive)))
  const effects: Effect[] = Number.isFinite(at) ? [{ do: 'ask', at }] : []
  return to('UNKNOWN', { ...memory, unknownSince: since, waiting: false }, code, effects, facts)
}

/** The no that completes the span is asked for when it is due; where no more is planned (`last`), the others too. */
function nextNo(memory: Memory, now: number, { notAppliedAfter }: RecoveryPolicy, last: boolean): number {
  const { polls, spanMs } = notAppliedAfter
  const missing = spanMs - memory.zeroSpanMs
  if (memory.zeros + 1 >= polls && missing > 0) return now + missing
  return last && memory.zeros < polls ? now + spanMs / polls : Infinity
}

function found({ state, memory }: Moment): Step | null {
  const next = { ...memory, found: true }
  switch (state) {
    case 'SENT':
      return memory.waiting ? to('SENT', next, 'found', [{ do: 'checkAmount' }]) : null
    case 'ACCEPTED':
    case 'UNKNOWN':
    case 'REJECTED':
      return to(state, next, 'found', [{ do: 'checkAmount' }])
    case 'NOT_APPLIED':
      return memory.resolved
        ? to('DISPUTED', next, 'foundAfterAll')
        : to(state, next, 'found', [{ do: 'checkAmount' }])
    case 'DISPUTED':
      return to(state, next, 'found')
    default:
      return null
  }
}

type Exists = Extract<MachineEvent, { type: 'exists' }>

function zero({ state, memory }: Moment, event: Exists, now: number, policy: RecoveryPolicy): Step | null {
  // a no from before the last request says nothing of that request
  if (event.sends !== memory.sends) return null
  switch (state) {
    case 'SENT':
      if (!memory.waiting) return null
      return memory.tooFast <= MOST_TOO_FAST
        ? sending(memory, 'resentTooFast', now)
        : to('NOT_APPLIED', { ...memory, waiting: false }, 'tooFastTooOften')
    case 'ACCEPTED':
    case 'UNKNOWN':
      return oneMoreZero(memory, event.sinceZeroMs, now, policy)
    case 'NOT_APPLIED':
    case 'REJECTED':
    case 'DISPUTED':
      return to(state, memory, 'notThere')
    default:
      return null
  }
}

function oneMoreZero(memory: Memory, sinceZeroMs: number | null, now: number, policy: RecoveryPolicy): Step {
  const next: Memory = {
    ...memory,
    found: false,
    zeros: memory.zeros + 1,
    zeroSpanMs: memory.zeroSpanMs + (memory.zeros === 0 ? 0 : Math.max(0, sinceZeroMs ?? 0)),
  }
  const { polls, spanMs } = policy.notAppliedAfter
  if (next.zeros < polls || next.zeroSpanMs < spanMs) return unknown(next, 'notThere', now, policy)
  const counts = { zeros: next.zeros, spanMs: Math.round(next.zeroSpanMs) }
  // after a 200 never NOT_APPLIED: sent again, it could be charged twice (§7.1)
  return memory.accepted
    ? to('DISPUTED', next, 'acceptedButNotThere', [], counts)
    : to('NOT_APPLIED', next, 'notApplied', [], counts)
}

function askFailed(from: Moment, facts: Facts | undefined, now: number, policy: RecoveryPolicy): Step | null {
  const { state, memory } = from
  const open = state === 'ACCEPTED' || state === 'UNKNOWN' || (state === 'SENT' && memory.waiting)
  return open ? unknown(memory, 'askFailed', now, policy, facts) : null
}

type AmountEvent = Extract<MachineEvent, { type: 'amount' }>

function amount({ state, memory }: Moment, { result, facts }: AmountEvent): Step | null {
  const inFlight = state === 'SENT' && !memory.waiting
  if (!memory.found || inFlight || state === 'DRAFT' || state === 'APPLIED' || state === 'DISPUTED')
    return null
  const next = { ...memory, waiting: false }
  if (memory.resolved) return to('DISPUTED', next, 'foundAfterAll', [], facts)
  if (result === 'differs') return to('DISPUTED', next, 'amountDiffers', [], facts)
  return to('APPLIED', next, 'applied', [{ do: 'refreshBalance' }], { ...facts, listed: result === 'same' })
}

function restarted({ state, memory }: Moment, now: number): Step | null {
  if (state === 'DRAFT') return to('NOT_APPLIED', memory, 'neverSent')
  if (state !== 'SENT' && state !== 'ACCEPTED') return null
  const next = { ...memory, waiting: false, unknownSince: now }
  return to('UNKNOWN', next, 'interrupted', [{ do: 'ask', at: now }])
}

/** Never sent again by itself, never taken for unsent: the platform is asked about its number. */
function restored({ state, memory }: Moment, now: number): Step | null {
  if (state !== 'DRAFT' && state !== 'SENT' && state !== 'ACCEPTED') return null
  const next = { ...memory, waiting: false, unknownSince: now }
  return to('UNKNOWN', next, 'restored', [{ do: 'ask', at: now }])
}

function resolved(
  { state, memory }: Moment,
  event: Extract<MachineEvent, { type: 'resolved' }>,
): Step | null {
  if (state !== 'UNKNOWN' && state !== 'DISPUTED') return null
  const applied = event.outcome === 'applied'
  const effects: Effect[] = applied ? [{ do: 'refreshBalance' }] : []
  const data = { outcome: event.outcome, reason: event.reason }
  return to(applied ? 'APPLIED' : 'NOT_APPLIED', { ...memory, resolved: true }, 'resolved', effects, data)
}
