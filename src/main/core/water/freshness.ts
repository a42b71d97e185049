import type { HistoryDatabase } from '../store/store.ts'
import type { StateStore } from '../sync/index.ts'

/** As of when a list is shown. */
export type Freshness = Pick<StateStore, 'completeAt'>

/** The last complete run; until there was one, the newest part that came. */
export function freshness(db: HistoryDatabase, state: StateStore): Freshness {
  const newest = db.statement<{ at: number | null }>(
    'SELECT max(updated_at) AS at FROM sync_window WHERE source = ? AND dataset = ?',
  )
  return {
    completeAt: (source, which) => state.completeAt(source, which) ?? newest.get(source, which)?.at ?? null,
  }
}
