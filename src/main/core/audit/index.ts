import { PHONE } from '#shared/chargers.ts'
import { maskPhone } from '#shared/privacy.ts'
import type { AreaHandlers, Caller, CoreContext } from '../context.ts'
import { redactor } from '../redact.ts'
import type { Settings } from '../settings/index.ts'
import { appendRow, headOf } from './chain.ts'
import { exportChain, exportRows } from './export.ts'
import { list } from './find.ts'
import { placeOf } from './place.ts'
import { verifySpan } from './verify.ts'

export { verifyChain, type ChainCheck } from './verify.ts'

export interface AuditEntry {
  /** null: nobody was signed in, or the program itself */
  readonly operator: string | null
  /** `start`: done by the program while it opened */
  readonly door: Caller['door'] | 'start'
  /** which screen or script of this machine it was */
  readonly caller?: Pick<Caller, 'screen' | 'session'>
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
  handlers(settings: Pick<Settings, 'zone' | 'values'>): AreaHandlers<'audit'>
}

/** Text longer than this is not kept whole in a row: the audit says who did what, it is no archive. */
const MAX_JSON = 20_000
/** Rows that one call of `audit.verify` walks: half a second. */
const VERIFY_ROWS = 20_000

export function createAudit(ctx: CoreContext): Audit {
  const { site } = ctx.store
  return {
    append({ operator, door, caller = {}, operation, target, outcome, before, after }) {
      appendRow(site, {
        at: ctx.ports.clock.now(),
        operator,
        door,
        place: placeOf(ctx, caller),
        operation,
        target: target === undefined ? null : targetOf(target),
        outcome,
        before: toJson(before),
        after: toJson(after),
      })
    },
    handlers: (settings) => createHandlers(ctx, settings),
  }
}

/** Who it was about is told by the mask; who has to know asks where the number is kept. */
const targetOf = (target: string) => (PHONE.test(target) ? maskPhone(target) : target.toWellFormed())

/** JSON without secrets and PINs; null for nothing. */
function toJson(value: unknown): string | null {
  if (value === undefined || value === null) return null
  const text = JSON.stringify(redactor.value(value))
  return text.length <= MAX_JSON ? text : JSON.stringify({ cut: true, start: text.slice(0, MAX_JSON) })
}

function createHandlers(
  ctx: CoreContext,
  settings: Pick<Settings, 'zone' | 'values'>,
): AreaHandlers<'audit'> {
  const { site } = ctx.store
  const pause = () => ctx.ports.clock.yield()
  return {
    'audit.list': (_call, input) => list(site, input),
    'audit.verify': async (_call, { after = 0 }) => {
      const { id, done, broken } = await verifySpan(site, after, { rows: VERIFY_ROWS, pause })
      const head = headOf(site)
      return { checked: id, total: head?.id ?? 0, done, broken, head }
    },
    'audit.export': async (call, filter) => {
      const file = await exportRows(ctx, filter, settings.zone())
      call.note({ target: file.name, after: { filter, rows: file.rows } })
      return file
    },
    'audit.chain': async (call, input) => {
      const at = { zone: settings.zone(), site: settings.values().siteName }
      const file = await exportChain(ctx, input, at)
      const { first, last, lastHash } = file
      call.note({ target: file.name, after: { first, last, lastHash } })
      return file
    },
  }
}
