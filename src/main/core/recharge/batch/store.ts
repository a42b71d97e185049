import type { Output } from '#shared/contract/index.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import { notFound } from '#shared/errors.ts'
import { sql } from 'kysely'
import type { RechargeTables } from '../../store/schema-recharge.ts'
import type { SiteDatabase } from '../../store/store.ts'
import { mayResend } from '../machine.ts'
import { memoryOf, stateOf, type StoredIntent } from '../rows.ts'

export type StoredBatch = RechargeTables['recharge_batch']
export type StoredRow = RechargeTables['recharge_batch_row']
export type Batch = Output<'recharge.batchCheck'>
export type BatchRow = Output<'recharge.batchRows'>['rows'][number]

/** The header is kept as row 1, for the file that goes back. */
export const HEADER_ROW = 1

export function storedBatch(site: SiteDatabase, id: string): StoredBatch {
  const batch = site.get(site.query.selectFrom('recharge_batch').selectAll().where('id', '=', id))
  if (!batch) throw notFound('batch', id)
  return batch
}

export function insertBatch(site: SiteDatabase, batch: StoredBatch, rows: readonly StoredRow[]): void {
  site.run(site.query.insertInto('recharge_batch').values(batch))
  for (const row of rows) site.run(site.query.insertInto('recharge_batch_row').values(row))
}

export function setBatchState(site: SiteDatabase, id: string, state: Batch['state'], tender?: string): void {
  const set = tender === undefined ? { state } : { state, tender }
  site.run(site.query.updateTable('recharge_batch').set(set).where('id', '=', id))
}

export function batches(
  site: SiteDatabase,
  page: { offset?: number | undefined; limit?: number | undefined },
) {
  const total =
    site.get(site.query.selectFrom('recharge_batch').select((e) => e.fn.countAll<number>().as('n')))?.n ?? 0
  const rows = site.all(
    site.query
      .selectFrom('recharge_batch')
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(page.limit ?? DEFAULT_LIMIT)
      .offset(page.offset ?? 0),
  )
  return { total, rows: rows.map((row) => batchOf(site, row)) }
}

const SUMS = `
  SELECT count(*) AS rows, count(r.error) AS errors,
    coalesce(sum(CASE WHEN r.error IS NULL THEN r.amount_fen ELSE 0 END), 0) AS amountFen,
    count(i.id) AS appliedRows, coalesce(sum(i.amount_fen), 0) AS appliedFen
  FROM recharge_batch_row r
  LEFT JOIN recharge_intent i ON i.id = r.intent_id AND i.state = 'APPLIED' AND i.batch_id = r.batch_id
  WHERE r.batch_id = ? AND r.row > ${HEADER_ROW}`

/** Sales of an earlier upload of the same file; few batches have any. */
const POSTED_BEFORE = `
  SELECT i.* FROM recharge_batch_row r JOIN recharge_intent i ON i.id = r.intent_id AND i.batch_id IS NOT r.batch_id
  WHERE r.batch_id = ? AND r.row > ${HEADER_ROW} AND r.error IS NULL`

type Sums = Pick<Batch, 'rows' | 'errors' | 'amountFen' | 'appliedRows' | 'appliedFen'>

export function batchOf(site: SiteDatabase, stored: StoredBatch): Batch {
  const sums = site.statement<Sums>(SUMS).get(stored.id)
  const before = site.statement<StoredIntent>(POSTED_BEFORE).all(stored.id)
  return {
    id: stored.id,
    fileName: stored.file_name,
    state: stored.state as Batch['state'],
    createdBy: stored.created_by,
    createdAt: stored.created_at,
    sameRows: before.filter((intent) => rowState(stored, intent) === 'same').length,
    ...(sums ?? { rows: 0, errors: 0, amountFen: 0, appliedRows: 0, appliedFen: 0 }),
  }
}

/** The good rows, in the order of the file. */
export function goodRows(site: SiteDatabase, batchId: string): StoredRow[] {
  return site.all(
    site.query
      .selectFrom('recharge_batch_row')
      .selectAll()
      .where('batch_id', '=', batchId)
      .where('row', '>', HEADER_ROW)
      .where('error', 'is', null)
      .orderBy('row'),
  )
}

export function allRows(site: SiteDatabase, batchId: string): StoredRow[] {
  return site.all(
    site.query.selectFrom('recharge_batch_row').selectAll().where('batch_id', '=', batchId).orderBy('row'),
  )
}

interface RowPage {
  readonly id: string
  readonly onlyErrors?: boolean | undefined
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

export function batchRows(site: SiteDatabase, page: RowPage): { total: number; rows: BatchRow[] } {
  const batch = storedBatch(site, page.id)
  let query = site.query
    .selectFrom('recharge_batch_row as r')
    .where('r.batch_id', '=', page.id)
    .where('r.row', '>', HEADER_ROW)
  if (page.onlyErrors) query = query.where('r.error', 'is not', null)
  const total = site.get(query.select(sql<number>`count(*)`.as('n')))?.n ?? 0
  const rows = site.all(
    query
      .selectAll('r')
      .orderBy('r.row')
      .limit(page.limit ?? DEFAULT_LIMIT)
      .offset(page.offset ?? 0),
  )
  const ids = rows.flatMap((row) => row.intent_id ?? [])
  const intents = site.all(site.query.selectFrom('recharge_intent').selectAll().where('id', 'in', ids))
  const byId = new Map(intents.map((intent) => [intent.id, intent]))
  return { total, rows: rows.map((row) => rowOf(batch, row, byId.get(row.intent_id ?? ''))) }
}

function rowOf(batch: StoredBatch, row: StoredRow, intent: StoredIntent | undefined): BatchRow {
  return {
    row: row.row,
    room: row.room,
    roomId: row.room_id,
    amount: row.amount,
    amountFen: row.amount_fen,
    note: row.note,
    state: row.error === null ? rowState(batch, intent) : 'error',
    error: row.error,
    intentId: intent?.id ?? null,
  }
}

const OF_INTENT = {
  DRAFT: 'running',
  SENT: 'running',
  ACCEPTED: 'running',
  APPLIED: 'applied',
  REJECTED: 'failed',
  NOT_APPLIED: 'failed',
  UNKNOWN: 'unknown',
  DISPUTED: 'unknown',
} as const

function rowState(batch: StoredBatch, intent: StoredIntent | undefined): BatchRow['state'] {
  if (!intent) return batch.state === 'checked' ? 'ready' : 'waiting'
  const state = stateOf(intent)
  if (intent.batch_id === batch.id) return OF_INTENT[state]
  // posted by an earlier upload of the same file, unless it is known that it was not
  return mayResend({ state, memory: memoryOf(intent) }) && batch.state === 'checked' ? 'ready' : 'same'
}
