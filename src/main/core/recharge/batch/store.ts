import type { Output } from '#shared/contract/index.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import { notFound } from '#shared/errors.ts'
import type { Tender } from '#shared/contract/values.ts'
import type { SiteDatabase } from '../../store/store.ts'
import { judgedRows, sumsByFate, TO_POST, type Fate, type JudgedRow } from './fates.ts'
import { ownId } from './identity.ts'
import { HEADER_ROW, type StoredBatch, type StoredRow } from './stored.ts'

export type Batch = Output<'recharge.batchCheck'>
export type BatchRow = Output<'recharge.batchRows'>['rows'][number]

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

export function batchOf(site: SiteDatabase, stored: StoredBatch): Batch {
  const sumOf = sumsByFate(site, stored.id)
  const [all, errors] = [sumOf(), sumOf('error')]
  const [applied, same, post] = [sumOf('applied'), sumOf('same'), sumOf(...TO_POST)]
  return {
    id: stored.id,
    fileName: stored.file_name,
    state: stored.state as Batch['state'],
    tender: stored.tender as Tender | null,
    createdBy: stored.created_by,
    createdAt: stored.created_at,
    rows: all.rows,
    errors: errors.rows,
    sameRows: same.rows,
    sameFen: same.fen,
    postRows: post.rows,
    postFen: post.fen,
    amountFen: all.fen - errors.fen,
    appliedRows: applied.rows,
    appliedFen: applied.fen,
  }
}

interface RowPage {
  readonly id: string
  readonly onlyErrors?: boolean | undefined
  readonly onlySame?: boolean | undefined
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

export function batchRows(site: SiteDatabase, page: RowPage): { total: number; rows: BatchRow[] } {
  const batch = storedBatch(site, page.id)
  const fates = fatesOf(page)
  const { offset = 0, limit = DEFAULT_LIMIT } = page
  const rows = judgedRows(site, page.id, { offset, limit, ...(fates ? { fates } : {}) })
  const total = fates?.includes('same') ? sumsByFate(site, page.id)(...fates).rows : countRows(site, page)
  return { total, rows: rows.map((row) => rowOf(batch, row)) }
}

function countRows(site: SiteDatabase, { id, onlyErrors }: RowPage): number {
  let query = site.query
    .selectFrom('recharge_batch_row')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('batch_id', '=', id)
    .where('row', '>', HEADER_ROW)
  if (onlyErrors) query = query.where('error', 'is not', null)
  return site.get(query)?.n ?? 0
}

function fatesOf({ onlyErrors, onlySame }: RowPage): Fate[] | null {
  const fates: Fate[] = [...(onlyErrors ? ['error' as const] : []), ...(onlySame ? ['same' as const] : [])]
  return fates.length === 0 ? null : fates
}

const STATE_OF_FATE = {
  error: 'error',
  running: 'running',
  applied: 'applied',
  unknown: 'unknown',
  same: 'same',
  again: 'failed',
  failed: 'failed',
} as const

function rowOf(batch: StoredBatch, row: JudgedRow): BatchRow {
  const { fate } = row
  return {
    row: row.row,
    room: row.room,
    roomId: row.room_id,
    amount: row.amount,
    amountFen: row.amount_fen,
    note: row.note,
    state: fate === 'open' ? (batch.state === 'checked' ? 'ready' : 'waiting') : STATE_OF_FATE[fate],
    error: row.error,
    intentId: row.elsewhere || (row.own_state === null ? null : row.intent_id),
    repeatBy: row.repeat_by,
  }
}

export interface Word {
  readonly by: string
  readonly at: number
}

/**
 * Keeps who said that rows of another batch are posted once more, or takes it back (null) from those that were not
 * posted yet; only inside `site.write`. Without `rows` all of them. Each is a sale of its own from then on.
 */
export function setRepeat(
  site: SiteDatabase,
  id: string,
  rows: readonly number[] | undefined,
  word: Word | null,
): void {
  const wanted = rows && new Set(rows)
  const set = site.statement(
    'UPDATE recharge_batch_row SET repeat_by = ?, repeat_at = ?, intent_id = ? WHERE batch_id = ? AND row = ?',
  )
  for (const row of judgedRows(site, id, { fates: word ? ['same'] : ['open'] })) {
    if (wanted && !wanted.has(row.row)) continue
    if (word) set.run(word.by, word.at, ownId(row), id, row.row)
    else if (row.repeat_by !== null) set.run(null, null, row.intent_id, id, row.row)
  }
}
