import type { Source } from '#shared/contract/index.ts'
import type { Dataset } from '#shared/contract/sync.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { Tallies } from './tallies.ts'

/** What an answer shows: a source, and where it matters one meter and a range. */
export interface Shown {
  readonly source?: Source
  readonly tableNo?: string
  /** not the readings but these */
  readonly dataset?: Dataset
  readonly from?: number
  readonly to?: number
}

const SOURCES: readonly Source[] = ['imr', 'campus', 'water']

/**
 * As of when the data shown was fetched, epoch ms: the last complete run, or the newest window that covers what
 * is shown; where a fetch is still in its first window, the last rows that came. Null only when nothing came yet.
 */
export function createAsOf(db: HistoryDatabase, tallies: Tallies): (shown: Shown) => number | null {
  const complete = db.statement<{ at: number | null }>(
    'SELECT max(last_complete_at) AS at FROM sync_state WHERE source = ?',
  )
  const windows = db.statement<{ at: number | null }>(
    `SELECT max(updated_at) AS at FROM sync_window
     WHERE source = ? AND dataset IN ('readings', 'latest') AND scope IN ('', ?) AND from_at < ? AND to_at > ?`,
  )
  // of a campus meter: when the card of its room came
  const cards = db.statement<{ at: number | null }>(
    "SELECT max(seen_at) AS at FROM meter WHERE source = 'campus' AND table_no = ?",
  )
  const campus = db.statement<{ at: number | null }>(
    `SELECT coalesce((SELECT last_complete_at FROM sync_state WHERE source = 'campus' AND dataset = 'meters'),
       (SELECT max(seen_at) FROM meter WHERE source = 'campus')) AS at`,
  )
  const ofCampus = ({ tableNo }: Shown) =>
    (tableNo === undefined ? campus.get() : cards.get(tableNo))?.at ?? 0
  const others = db.statement<{ at: number | null }>(
    `SELECT max((SELECT coalesce(max(last_complete_at), 0) FROM sync_state WHERE source = ? AND dataset = ?),
       (SELECT coalesce(max(updated_at), 0) FROM sync_window WHERE source = ? AND dataset = ?
          AND scope IN ('', ?) AND from_at < ? AND to_at > ?)) AS at`,
  )
  const ofSource = (source: Source, shown: Shown) => {
    if (source === 'campus') return ofCampus(shown)
    const { dataset } = shown
    if (dataset)
      return (
        others.get(source, dataset, source, dataset, shown.tableNo ?? '', shown.to ?? 0, shown.from ?? 0)
          ?.at ?? 0
      )
    const to = shown.to ?? Number.MAX_SAFE_INTEGER
    const covered = windows.get(source, shown.tableNo ?? '', to, shown.from ?? 0)?.at ?? 0
    return Math.max(complete.get(source)?.at ?? 0, covered) || tallies.fetchedAt(source) || 0
  }
  return (shown) =>
    Math.max(0, ...(shown.source ? [shown.source] : SOURCES).map((source) => ofSource(source, shown))) || null
}
