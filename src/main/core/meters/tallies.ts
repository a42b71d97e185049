import type { Source } from '#shared/contract/index.ts'
import type { HistoryDatabase } from '../store/store.ts'

const READINGS = 'readings'
const fetchedKey = (source: Source) => `fetched:${source}`

/** Figures kept with the data, since counting ten million rows would hold every screen up. */
export interface Tallies {
  /** inside `history.write` */
  add(source: Source, readings: number, at: number): void
  /** inside `history.write`: readings that were thinned out */
  removed(readings: number): void
  readings(): number
  /** when rows of this source last came, epoch ms */
  fetchedAt(source: Source): number | null
}

export function createTallies(db: HistoryDatabase): Tallies {
  const count = db.statement(
    `INSERT INTO meta (key, value) VALUES ('${READINGS}', ?)
     ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + excluded.value`,
  )
  const stamp = db.statement(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  const find = db.statement<{ value: string }>('SELECT value FROM meta WHERE key = ?')
  const read = (key: string) => Number(find.get(key)?.value ?? 0)
  return {
    add(source, readings, at) {
      if (readings > 0) count.run(String(readings))
      stamp.run(fetchedKey(source), String(at))
    },
    removed(readings) {
      if (readings > 0) count.run(String(-readings))
    },
    readings: () => read(READINGS),
    fetchedAt: (source) => read(fetchedKey(source)) || null,
  }
}
