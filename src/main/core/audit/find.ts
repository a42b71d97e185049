import { sql } from 'kysely'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked } from '#shared/contract/index.ts'
import { PHONE } from '#shared/chargers.ts'
import { maskPhone } from '#shared/privacy.ts'
import type { SiteDatabase } from '../store/store.ts'
import type { AuditRow } from './chain.ts'

export type AuditFilter = Omit<Checked<'audit.list'>, 'offset' | 'limit'>

/** Rows of a filter, not yet in an order. A text is looked for in all that a row says; all words must be there. */
function filtered(db: SiteDatabase, input: AuditFilter) {
  let query = db.query.selectFrom('audit')
  if (input.from !== undefined) query = query.where('at', '>=', input.from)
  if (input.to !== undefined) query = query.where('at', '<', input.to)
  if (input.operation !== undefined) query = query.where('operation', '=', input.operation)
  if (input.operator !== undefined) query = query.where('operator', '=', input.operator)
  if (input.target !== undefined) query = query.where('target', '=', input.target)
  if (input.outcome === 'refused') query = query.where('outcome', '<>', 'ok')
  else if (input.outcome !== undefined) query = query.where('outcome', '=', input.outcome)
  for (const word of (input.query ?? '').split(/\s+/).filter((part) => part !== ''))
    query = query.where(({ or, ref }) =>
      or(TEXTS.map((column) => sql<boolean>`instr(lower(${ref(column)}), ${word.toLowerCase()}) > 0`)),
    )
  return query
}

const TEXTS = ['target', 'after', 'before', 'operator', 'operation', 'place'] as const

export function list(
  db: SiteDatabase,
  { offset = 0, limit = DEFAULT_LIMIT, ...filter }: Checked<'audit.list'>,
) {
  const query = filtered(db, filter)
  const count = db.get(query.select(({ fn }) => fn.countAll<number>().as('n')))
  const rows = db.all(query.selectAll().orderBy('id', 'desc').limit(limit).offset(offset))
  return { total: count?.n ?? 0, rows: rows.map(shown) }
}

const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text))

export const shown = (row: AuditRow) => ({
  id: String(row.id),
  at: row.at,
  operator: row.operator,
  door: row.door,
  place: row.place,
  operation: row.operation,
  // rows from before targets were masked
  target: row.target !== null && PHONE.test(row.target) ? maskPhone(row.target) : row.target,
  outcome: row.outcome,
  before: parsed(row.before),
  after: parsed(row.after),
  hash: row.hash,
})

/** Rows of a filter, oldest first, slice by slice. */
export function* walk(db: SiteDatabase, filter: AuditFilter, slice: number): Generator<readonly AuditRow[]> {
  let after = 0
  for (;;) {
    const rows = db.all(filtered(db, filter).selectAll().where('id', '>', after).orderBy('id').limit(slice))
    if (rows.length === 0) return
    yield rows
    after = rows.at(-1)?.id ?? after
  }
}

export const countOf = (db: SiteDatabase, filter: AuditFilter): number =>
  db.get(filtered(db, filter).select(({ fn }) => fn.countAll<number>().as('n')))?.n ?? 0
