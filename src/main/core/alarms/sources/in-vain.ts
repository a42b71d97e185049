import type { Source } from '#shared/contract/define.ts'
import type { Clock } from '../../ports.ts'
import type { HistoryDatabase } from '../../store/store.ts'

const KEY = 'alarms.inVain'
const FIND = 'SELECT value FROM meta WHERE key = ?'
const KEEP =
  'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'

type Since = Partial<Record<Source, number>>

/**
 * Since when sources are asked in vain, epoch ms. Kept beside their data: a computer that is switched off each night
 * counts on in the morning.
 */
export function inVain(history: HistoryDatabase, clock: Clock) {
  let known: Since | null = null
  /** `sources` are asked in vain now, and no others are. */
  return async (sources: readonly Source[]): Promise<Since> => {
    known ??= JSON.parse(history.statement<{ value: string }>(FIND).get(KEY)?.value ?? '{}') as Since
    const before = known
    const since = Object.fromEntries(sources.map((source) => [source, before[source] ?? clock.now()]))
    known = since
    if (JSON.stringify(since) !== JSON.stringify(before))
      await history.write(() => history.statement(KEEP).run(KEY, JSON.stringify(since)))
    return since
  }
}
