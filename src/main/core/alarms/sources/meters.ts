import type { Source } from '#shared/contract/define.ts'
import { HOUR, MINUTE, SECOND } from '#shared/time.ts'
import type { Clock } from '../../ports.ts'
import type { HistoryDatabase } from '../../store/store.ts'
import type { AlarmSource, Fact } from '../types.ts'

const PAGE = 500

interface Silent {
  readonly meter: number
  readonly at: number
  readonly source: string
  readonly device_id: string
  readonly table_no: string
  readonly place: string
  readonly house: string
  readonly active: number
}

/** By the index of the newest readings: from the longest silent on, never beyond the bound. Epoch seconds. */
export const SILENT = `SELECT l.meter, l.at, m.source, m.device_id, m.table_no, m.place, m.house, m.active
  FROM latest l JOIN meter m ON m.id = l.meter
  WHERE l.at < ? AND (l.at, l.meter) > (?, ?) ORDER BY l.at, l.meter LIMIT ${PAGE}`

/** The platform never says when a campus meter was read. */
const READ: readonly Source[] = ['imr', 'water']

/**
 * Hours without a reading, counted to the last complete sync: while nothing can be fetched that is the news, not every
 * meter. A meter that was never read has no figure.
 */
export function meterSilent(
  history: HistoryDatabase,
  clock: Clock,
  lastCompleteAt: (source: Source) => number | null,
): AlarmSource {
  const silent = history.statement<Silent>(SILENT)
  const until = () =>
    new Map<string, number>(
      READ.flatMap((source) => {
        const at = lastCompleteAt(source)
        return at === null ? [] : [[source, Math.min(at, clock.now())] as const]
      }),
    )
  function* facts(bound: number, ends: ReadonlyMap<string, number>): Generator<Fact> {
    const newest = Math.max(...ends.values())
    let last: readonly [number, number] = [-1, 0]
    for (;;) {
      const page = silent.all(Math.ceil((newest - bound * HOUR) / SECOND), ...last)
      for (const row of page) {
        const end = ends.get(row.source)
        if (end === undefined || row.active === 0) continue
        yield {
          subject: `${row.source}:${row.device_id}`,
          name: () => [row.table_no, row.place, row.house].filter((part) => part !== '').join(' '),
          value: Math.floor((end - row.at * SECOND) / HOUR),
        }
      }
      const end = page.at(-1)
      if (!end || page.length < PAGE) return
      last = [end.at, end.meter]
    }
  }
  return {
    rule: 'meterSilent',
    wakes: ['meters', 'sync'],
    pace: { gapMs: MINUTE, againMs: null },
    facts(bound) {
      const ends = until()
      return ends.size === 0 ? null : facts(bound, ends)
    },
  }
}
