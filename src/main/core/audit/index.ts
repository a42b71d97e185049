import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked } from '#shared/contract/index.ts'
import type { AreaHandlers, Caller, CoreContext } from '../context.ts'
import { redactor } from '../redact.ts'
import type { SiteDatabase } from '../store/store.ts'
import { appendRow, type AuditRow } from './chain.ts'

export { verifyChain, type ChainCheck } from './chain.ts'

export interface AuditEntry {
  /** null: nobody was signed in, or the program itself */
  readonly operator: string | null
  /** `start`: done by the program while it opened */
  readonly door: Caller['door'] | 'start'
  readonly operation: string
  readonly target?: string
  /** `ok`, or the code of the refusal */
  readonly outcome: string
  readonly before?: unknown
  readonly after?: unknown
}

export interface Audit {
  /** only inside `site.write`, so that the row stands or falls with what it tells of */
  append(entry: AuditEntry): void
  handlers: AreaHandlers<'audit'>
}

/** Text longer than this is not kept whole in a row: the audit says who did what, it is no archive. */
const MAX_JSON = 20_000

export function createAudit(ctx: CoreContext): Audit {
  const { site } = ctx.store
  return {
    append({ operator, door, operation, target, outcome, before, after }) {
      appendRow(site, {
        at: ctx.ports.clock.now(),
        operator,
        door,
        operation,
        target: target?.toWellFormed() ?? null,
        outcome,
        before: toJson(before),
        after: toJson(after),
      })
    },
    handlers: { 'audit.list': (_call, input) => list(site, input) },
  }
}

/** JSON without secrets and PINs; null for nothing. */
function toJson(value: unknown): string | null {
  if (value === undefined || value === null) return null
  const text = JSON.stringify(redactor.value(value))
  return text.length <= MAX_JSON ? text : JSON.stringify({ cut: true, start: text.slice(0, MAX_JSON) })
}

function list(db: SiteDatabase, input: Checked<'audit.list'>) {
  let query = db.query.selectFrom('audit')
  if (input.from !== undefined) query = query.where('at', '>=', input.from)
  if (input.to !== undefined) query = query.where('at', '<', input.to)
  if (input.operation !== undefined) query = query.where('operation', '=', input.operation)
  if (input.operator !== undefined) query = query.where('operator', '=', input.operator)
  const count = db.get(query.select(({ fn }) => fn.countAll<number>().as('n')))
  const rows = db.all(
    query
      .selectAll()
      .orderBy('id', 'desc')
      .limit(input.limit ?? DEFAULT_LIMIT)
      .offset(input.offset ?? 0),
  )
  return { total: count?.n ?? 0, rows: rows.map(shown) }
}

const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text))

const shown = (row: AuditRow) => ({
  id: String(row.id),
  at: row.at,
  operator: row.operator,
  door: row.door,
  operation: row.operation,
  target: row.target,
  outcome: row.outcome,
  before: parsed(row.before),
  after: parsed(row.after),
  hash: row.hash,
})
