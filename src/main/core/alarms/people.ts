import type { Output } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import { ALARM_RULES, MEASURES, type AlarmRule } from '#shared/alarms.ts'
import type { RuleValues } from '#shared/contract/alarms.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import type { AlarmInput } from './machine.ts'
import { rowOf } from './list.ts'
import type { AlarmStore } from './store.ts'
import type { AlarmParts } from './index.ts'
import type { RuleSettings } from './types.ts'

type Deeds = Pick<
  AreaHandlers<'alarms'>,
  | 'alarms.acknowledge'
  | 'alarms.comment'
  | 'alarms.snooze'
  | 'alarms.assign'
  | 'alarms.clear'
  | 'alarms.saveRule'
>

/** Members of a digest that one transaction takes along; the others follow. */
const AT_ONCE = 20

/** What people do with alarms: each a step of the machine, with an audit row for the call. */
export function createDeeds(ctx: CoreContext, { settings, operators }: AlarmParts, store: AlarmStore): Deeds {
  const { site } = ctx.store
  const now = () => ctx.ports.clock.now()
  const announce = () => ctx.events.emit({ type: 'changed', area: 'alarms' })

  /** What is done to a digest is done to all that it stands for. */
  async function toMembers(ids: readonly string[], input: AlarmInput): Promise<void> {
    for (const id of ids) {
      if (store.find(id).members === 0) continue
      for (let page = store.openMembers(id, null, AT_ONCE); page.length > 0;) {
        await site.write(() => page.forEach((member) => void store.apply(member.id, input, now())))
        page = store.openMembers(id, page.at(-1) ?? null, AT_ONCE)
      }
    }
  }

  async function toThese(call: Call, ids: readonly string[], input: AlarmInput): Promise<number> {
    const changed = await call.commit(() => {
      const steps = [...new Set(ids)].map((id) => store.apply(id, input, now()))
      call.note({ target: nameOf(steps.map(({ after }) => after)) })
      return steps.filter((one) => one.changed).length
    })
    announce()
    return changed
  }

  async function toAll(call: Call, ids: readonly string[], input: AlarmInput): Promise<{ changed: number }> {
    const changed = await toThese(call, ids, input)
    await toMembers(ids, input)
    return { changed }
  }

  return {
    'alarms.acknowledge': (call, { ids, comment }) =>
      toAll(call, ids, { type: 'acknowledged', by: by(call), comment }),
    'alarms.comment': async (call, { id, comment }) => {
      await toThese(call, [id], { type: 'commented', by: by(call), comment })
      return rowOf(store.find(id))
    },
    'alarms.snooze': (call, { ids, until, comment }) =>
      toAll(call, ids, { type: 'snoozed', by: by(call), until, comment }),
    'alarms.assign': (call, { ids, assignee: to }) => {
      refuseStranger(call, operators.names(), to)
      return toAll(call, ids, { type: 'assigned', by: by(call), to })
    },
    'alarms.clear': (call, { ids, comment }) => toAll(call, ids, { type: 'cleared', by: by(call), comment }),
    'alarms.saveRule': async (call, { rule, ...values }) => {
      refuseLevels(rule, { ...settings.values().alarms.rules[rule], ...given(values) })
      const changes = Object.entries(values).map(([key, value]) => [`alarms.rules.${rule}.${key}`, value])
      return settings.handlers['settings.update'](call, { changes: Object.fromEntries(changes) })
    },
  }
}

const by = ({ operator }: Call) => operator?.name ?? ''

const nameOf = (alarms: readonly { rule: string; name: string }[]) =>
  alarms
    .slice(0, 3)
    .map(({ rule, name }) => `${rule} ${name}`.trim())
    .join(', ') + (alarms.length > 3 ? ` +${alarms.length - 3}` : '')

const given = (values: RuleValues) =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<RuleSettings>

/** Giving work to others is a supervisor's; taking it and putting it down is everybody's. */
function refuseStranger({ operator }: Call, names: readonly string[], to: string | null): void {
  if (to !== null && !names.includes(to))
    throw new SitedeskError('NOT_FOUND', `There is no operator ${to}.`, { kind: 'operator', id: to })
  const leads = operator?.roles.some((role) => role === 'admin' || role === 'supervisor') ?? false
  if (to === null || to === operator?.name || leads) return
  throw new SitedeskError('ROLE_REQUIRED', 'Only a supervisor gives alarms to others.', {
    operation: 'alarms.assign',
    roles: ['supervisor'],
  })
}

/** Levels outside what the rule measures, or a second one that is reached before the first. */
function refuseLevels(rule: AlarmRule, { level, level2 }: RuleSettings): void {
  const { least, most, two, side } = MEASURES[rule]
  const outside = [level, ...(two ? [level2] : [])].find((one) => one < least || one > most)
  if (outside !== undefined) throw invalid('level', `from ${least} to ${most}`)
  const ordered = side === 'above' ? level2 > level : level2 < level
  if (two && !ordered)
    throw invalid('level2', side === 'above' ? 'above the first level' : 'below the first level')
}

const invalid = (path: string, message: string) =>
  new SitedeskError('INVALID_INPUT', `${path}: ${message}`, { issues: [{ path, message }] })

/** Rules with their settings, as the list shows them. */
export function rulesOf(
  { options: { profile } }: CoreContext,
  { settings }: Pick<AlarmParts, 'settings'>,
  open: ReadonlyMap<AlarmRule, number>,
  lookedAt: (rule: AlarmRule) => number | null,
): Output<'alarms.rules'>['rows'] {
  return ALARM_RULES.map((rule) => ({
    rule,
    ...MEASURES[rule],
    ...settings.values().alarms.rules[rule],
    fixed: profile?.alarms?.rules?.[rule] !== undefined,
    open: open.get(rule) ?? 0,
    lookedAt: lookedAt(rule),
  }))
}
