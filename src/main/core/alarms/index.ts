import { atLeast } from '#shared/alarms.ts'
import { ALARM_WORDS, fill, lineOf } from '#shared/alarm-words.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Output } from '#shared/contract/index.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import type { Operators } from '../operators/index.ts'
import type { Settings } from '../settings/index.ts'
import { eventsOf, listAlarms, listEvents, openByRule, rowOf, summaryOf } from './list.ts'
import { Outbox } from './outbox.ts'
import { createDeeds, rulesOf } from './people.ts'
import { AlarmStore } from './store.ts'
import type { AlarmSource, StoredAlarm } from './types.ts'
import { createWatch } from './watch.ts'

export type { AlarmSource, Fact } from './types.ts'
export { alarmSources } from './sources/index.ts'

/** What the system's own notice says: several alarms of one moment are one notice. */
export interface AlarmNotice {
  readonly title: string
  readonly lines: readonly string[]
  /** the one it is about; null: several */
  readonly only: Pick<StoredAlarm, 'id' | 'rule' | 'subject' | 'members'> | null
}

/** What a host shows of alarms. */
export interface AlarmBell {
  summary(): Output<'alarms.summary'>
  /** calls back when the figures may be others; returns how to stop */
  onChange(listener: () => void): () => void
  /** new alarms that the settings want to be told of; returns how to stop */
  onNotice(listener: (notice: AlarmNotice) => void): () => void
  /** what waits now, as one notice; null: nothing does */
  waiting(): AlarmNotice | null
}

export interface Alarms {
  readonly bell: AlarmBell
  readonly handlers: AreaHandlers<'alarms'>
  start(): void
  /** resolves when no look goes on */
  settled(): Promise<void>
  close(): Promise<void>
}

export interface AlarmParts {
  readonly settings: Settings
  readonly operators: Pick<Operators, 'names'>
  readonly sources: readonly AlarmSource[]
}

/** Alarms: raised, acknowledged, cleared, and who is told (features §3.11). */
export function createAlarms(ctx: CoreContext, parts: AlarmParts): Alarms {
  const { site } = ctx.store
  const { settings, operators, sources } = parts
  const store = new AlarmStore(site, ctx.ports.random)
  const outbox = new Outbox(ctx, settings)
  const bell = createBell(ctx, settings)
  const watch = createWatch(ctx, {
    settings,
    sources,
    store,
    queue: (alarms) => outbox.queue(alarms),
    tell(alarms) {
      bell.ring(alarms)
      outbox.sendOn()
    },
  })
  return {
    bell,
    handlers: {
      ...createDeeds(ctx, parts, store),
      ...outbox.handlers(),
      'alarms.list': async (_call, input) => {
        await watch.fresh()
        return listAlarms(site, input)
      },
      'alarms.get': (_call, { id }) => ({ alarm: rowOf(store.find(id)), events: eventsOf(site, id) }),
      'alarms.events': (_call, input) => listEvents(site, input),
      'alarms.summary': async () => {
        await watch.fresh()
        return summaryOf(site)
      },
      'alarms.assignees': () => ({ names: operators.names() }),
      'alarms.rules': (_call, { offset = 0, limit = DEFAULT_LIMIT }) => {
        const rows = rulesOf(ctx, parts, openByRule(site), watch.lookedAt)
        return { total: rows.length, rows: rows.slice(offset, offset + limit) }
      },
    },
    start() {
      watch.start()
      outbox.start()
    },
    settled: watch.settled,
    async close() {
      await watch.close()
      await outbox.close()
    },
  }
}

/** Lines of the system's notice; the list has the others. */
const LINES = 4

function createBell(ctx: CoreContext, settings: Settings) {
  const { site } = ctx.store
  const listeners = new Set<(notice: AlarmNotice) => void>()
  const noticeOf = (all: readonly StoredAlarm[]): AlarmNotice | null => {
    const { desktop, language } = settings.values().alarms
    const alarms = all.filter(({ severity }) => atLeast(severity, desktop.from))
    if (!desktop.enabled || alarms.length === 0) return null
    const words = ALARM_WORDS[language]
    const more = alarms.length - LINES
    const [first] = alarms
    return {
      only: first && alarms.length === 1 ? first : null,
      title: fill(words.alarms, { n: alarms.length }),
      lines: [
        ...alarms.slice(0, LINES).map((alarm) => lineOf(alarm, language)),
        ...(more > 0 ? [fill(words.more, { n: more })] : []),
      ],
    }
  }
  const waiting = site.statement<StoredAlarm>(
    `SELECT * FROM alarm WHERE digest_id IS NULL AND state = 'raised' AND snoozed_until IS NULL ORDER BY raised_at DESC LIMIT 1000`,
  )
  return {
    summary: () => summaryOf(site),
    waiting: () => noticeOf(waiting.all()),
    onChange: (listener: () => void) =>
      ctx.events.on((event) => {
        if (event.type === 'changed' && event.area === 'alarms') listener()
      }),
    onNotice(listener: (notice: AlarmNotice) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    ring(alarms: readonly StoredAlarm[]) {
      const notice = noticeOf(alarms)
      if (notice) for (const listener of listeners) listener(notice)
    },
  }
}
