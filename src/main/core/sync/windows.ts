import type { Dataset } from '#shared/contract/sync.ts'
import type { Source } from '#shared/contract/define.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { HistoryTables } from '../store/schema.ts'
import type { HeldWindow } from './plans.ts'

/** One row of the gap map: who was asked for what. */
export interface WindowKey {
  readonly source: Source
  readonly dataset: Dataset
  /** '' for all meters, else one table number */
  readonly scope: string
  readonly from: number
  readonly to: number
}

export type WindowRow = HistoryTables['sync_window']
export type Cursor = Pick<WindowRow, 'page_size' | 'next_page' | 'state' | 'rows' | 'total_hint' | 'flags'>

const FIND = `SELECT * FROM sync_window
  WHERE source = ? AND dataset = ? AND scope = ? AND from_at = ? AND to_at = ?`
const SAVE = `INSERT INTO sync_window
  (source, dataset, scope, from_at, to_at, page_size, next_page, state, rows, total_hint, flags, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (source, dataset, scope, from_at, to_at) DO UPDATE SET
    page_size = excluded.page_size, next_page = excluded.next_page, state = excluded.state, rows = excluded.rows,
    total_hint = excluded.total_hint, flags = excluded.flags, updated_at = excluded.updated_at`
/** a shorter window of the same start, left from earlier the same day */
const DROP_SHORTER = `DELETE FROM sync_window
  WHERE source = ? AND dataset = ? AND scope = ? AND from_at = ? AND to_at < ?`
const DROP_OTHERS = `DELETE FROM sync_window
  WHERE source = ? AND dataset = ? AND scope = ? AND NOT (from_at = ? AND to_at = ?)`

/** The cursors of all fetches, and with them the gap map. `save` and `drop…` only inside `history.write`. */
export function windowStore(history: HistoryDatabase) {
  return {
    find: (key: WindowKey) => history.statement<WindowRow>(FIND).get(...keyValues(key)) ?? null,

    save(key: WindowKey, cursor: Cursor, now: number): void {
      const { page_size, next_page, state, rows, total_hint, flags } = cursor
      history
        .statement(SAVE)
        .run(...keyValues(key), page_size, next_page, state, rows, total_hint, flags, now)
    },

    dropShorter({ source, dataset, scope, from, to }: WindowKey): void {
      history.statement(DROP_SHORTER).run(source, dataset, scope, from, to)
    },

    /** the catalogue and the latest readings have no past: only the newest scan is kept */
    dropOthers(key: WindowKey): void {
      history.statement(DROP_OTHERS).run(...keyValues(key))
    },

    /** rows of one scope that touch a span, oldest first */
    rows(source: Source, dataset: Dataset, scope: string, span: { from: number; to: number }): WindowRow[] {
      return history.all(
        history.query
          .selectFrom('sync_window')
          .selectAll()
          .where('source', '=', source)
          .where('dataset', '=', dataset)
          .where('scope', '=', scope)
          .where('from_at', '<', span.to)
          .where('to_at', '>', span.from)
          .orderBy('from_at')
          .orderBy('to_at'),
      )
    },

    /** the newest scan of a dataset without windows */
    lastScan(source: Source, dataset: Dataset, scope = ''): WindowRow | null {
      const query = history.query
        .selectFrom('sync_window')
        .selectAll()
        .where('source', '=', source)
        .where('dataset', '=', dataset)
        .where('scope', '=', scope)
        .orderBy('from_at', 'desc')
        .limit(1)
      return history.get(query) ?? null
    },
  }
}
export type WindowStore = ReturnType<typeof windowStore>

const keyValues = (key: WindowKey) => [key.source, key.dataset, key.scope, key.from, key.to] as const

export const toHeld = (row: WindowRow): HeldWindow => ({
  from: row.from_at,
  to: row.to_at,
  complete: row.state === 'complete',
  fetchedAt: row.updated_at,
})
