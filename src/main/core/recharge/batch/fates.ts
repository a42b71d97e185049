import type { SiteDatabase } from '../../store/store.ts'
import { HEADER_ROW, type StoredRow } from './stored.ts'

/** What became of a row, or would on a start: `open` is made, `again` is sent again under its number. */
export type Fate = 'error' | 'running' | 'applied' | 'unknown' | 'same' | 'again' | 'failed' | 'open'

export interface JudgedRow extends StoredRow {
  readonly fate: Fate
  /** of the sale that this batch made for it */
  readonly own_state: string | null
  /** the sale of another batch for this room, amount and note; '' where a restore lost it */
  readonly elsewhere: string | null
}

/** What a start posts. */
export const TO_POST: readonly Fate[] = ['open', 'again']
export const isToPost = (fate: Fate) => TO_POST.includes(fate)
/** Good rows whose money is not, or not surely, where it belongs. */
export const NO_END: readonly Fate[] = [...TO_POST, 'running', 'unknown', 'failed']

/**
 * Another batch posted this room, amount and note, or may have: before a restore, or with an outcome that is not known.
 * However often the list has it, and whatever else was changed in the file.
 */
const ELSEWHERE = `
  FROM recharge_batch_row o
  LEFT JOIN recharge_intent e ON e.id = o.intent_id AND e.batch_id = o.batch_id
  WHERE o.room_id = r.room_id AND o.amount_fen = r.amount_fen AND o.note = r.note AND o.batch_id <> r.batch_id
    AND (o.error = 'restored' OR (o.error IS NULL AND e.state NOT IN ('REJECTED', 'NOT_APPLIED')))`
const ITS_SALE = `(SELECT coalesce(e.id, '') ${ELSEWHERE} ORDER BY e.created_at DESC LIMIT 1)`
/** Enough for sums, and cheaper. */
const ANY = `CASE WHEN EXISTS (SELECT 1 ${ELSEWHERE}) THEN '' END`

/** A sale of another batch that posted nothing is as good as none. */
const judged = (elsewhere: string) => `
  SELECT *, CASE
    WHEN error IS NOT NULL THEN 'error'
    WHEN own_state IN ('DRAFT', 'SENT', 'ACCEPTED') THEN 'running'
    WHEN own_state = 'APPLIED' THEN 'applied'
    WHEN own_state IN ('UNKNOWN', 'DISPUTED') THEN 'unknown'
    WHEN elsewhere IS NOT NULL THEN 'same'
    WHEN own_state = 'NOT_APPLIED' AND NOT accepted THEN 'again'
    WHEN own_state IS NOT NULL THEN 'failed'
    ELSE 'open' END AS fate
  FROM (
    SELECT r.*, i.state AS own_state, json_extract(i.memory, '$.accepted') AS accepted,
      CASE WHEN r.error IS NULL AND r.repeat_by IS NULL
        AND coalesce(i.state, 'NOT_APPLIED') IN ('REJECTED', 'NOT_APPLIED') THEN ${elsewhere} END AS elsewhere
    FROM recharge_batch_row r
    LEFT JOIN recharge_intent i ON i.id = r.intent_id AND i.batch_id = r.batch_id
    WHERE r.batch_id = ? AND r.row > ${HEADER_ROW})`

const SUMS = `SELECT fate, count(*) AS rows, coalesce(sum(amount_fen), 0) AS fen FROM (${judged(ANY)}) GROUP BY fate`

export interface FateSum {
  readonly rows: number
  readonly fen: number
}

export function sumsByFate(site: SiteDatabase, batchId: string): (...fates: readonly Fate[]) => FateSum {
  const sums = site.statement<FateSum & { fate: Fate }>(SUMS).all(batchId)
  return (...fates) =>
    sums
      .filter(({ fate }) => fates.length === 0 || fates.includes(fate))
      .reduce((sum, { rows, fen }) => ({ rows: sum.rows + rows, fen: sum.fen + fen }), { rows: 0, fen: 0 })
}

export interface RowsWanted {
  /** rows of the file, both inclusive; all without */
  readonly from?: number
  readonly to?: number
  readonly fates?: readonly Fate[]
  readonly offset?: number
  readonly limit?: number
}

const ROWS = `${judged(ITS_SALE)} WHERE row BETWEEN ? AND ?`
const PAGE = `ORDER BY row LIMIT ? OFFSET ?`
const OF_FATES = `SELECT * FROM (${ROWS}) WHERE fate IN (SELECT value FROM json_each(?)) ${PAGE}`
const LAST_ROW = Number.MAX_SAFE_INTEGER

/** Rows as they stand, in the order of the file. */
export function judgedRows(site: SiteDatabase, batchId: string, wanted: RowsWanted = {}): JudgedRow[] {
  const { from = 0, to = LAST_ROW, fates, offset = 0, limit = -1 } = wanted
  return fates
    ? site.statement<JudgedRow>(OF_FATES).all(batchId, from, to, JSON.stringify(fates), limit, offset)
    : site.statement<JudgedRow>(`${ROWS} ${PAGE}`).all(batchId, from, to, limit, offset)
}

export function judgedRow(site: SiteDatabase, batchId: string, row: number): JudgedRow | null {
  return judgedRows(site, batchId, { from: row, to: row })[0] ?? null
}
