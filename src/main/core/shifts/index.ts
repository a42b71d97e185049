import type { Checked } from '#shared/contract/index.ts'
import type { ShiftReport } from '#shared/contract/shifts.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import type { Fen } from '#shared/money.ts'
import type { AreaHandlers, Call, CoreContext, SignedIn } from '../context.ts'
import type { Ledger } from '../recharge/index.ts'
import { closeShift, type Closed } from './close.ts'
import { countedAtClose, reportOf, rowOf, type ReportParts } from './report.ts'
import { shiftStore, type StoredShift } from './store.ts'

/** Who has which drawer, what should lie in it, and what was found (features §3.5). */
export interface Shifts {
  /** the id of the open shift of an operator */
  openShiftOf(operator: string): string | null
  /** whether the money of this sale was counted when that shift was closed: it lies with what was handed in */
  counted(shiftId: string, intentId: string): boolean
  readonly handlers: AreaHandlers<'shifts'>
}

interface Options {
  readonly ledger: Ledger
  /** a difference above this must be explained; none is ever refused */
  readonly reasonAboveFen: () => Fen
}

export interface ShiftParts extends ReportParts {
  readonly ctx: CoreContext
  readonly reasonAboveFen: () => Fen
}

export function createShifts(ctx: CoreContext, { ledger, reasonAboveFen }: Options): Shifts {
  const store = shiftStore(ctx.store.site)
  const parts: ShiftParts = { ctx, store, ledger, reasonAboveFen }
  return {
    openShiftOf: (operator) => store.openOf(operator)?.id ?? null,
    counted: (shiftId, intentId) => countedAtClose(store.get(shiftId), intentId),
    handlers: {
      'shifts.current': (call) => {
        const shift = store.openOf(signedIn(call).name)
        return { shift: shift && rowOf(shift, null) }
      },
      'shifts.open': (call, input) => open(parts, call, input.cashFloatFen),
      'shifts.cash': (call, input) => moveCash(parts, call, input),
      'shifts.report': (call, { id }) => report(parts, call, id),
      'shifts.close': (call, input) => close(parts, call, input),
      'shifts.sign': (call, { id }) => sign(parts, call, id),
      'shifts.list': (call, input) => {
        const me = signedIn(call)
        const { total, rows } = store.list(isSupervisor(me) ? input : { ...input, operator: me.name })
        return { total, rows: rows.map((shift) => rowOf(shift, null)) }
      },
    },
  }
}

async function open({ ctx, store }: ShiftParts, call: Call, cashFloatFen: Fen) {
  const operator = signedIn(call).name
  const shift = await call.commit(() => {
    const before = store.openOf(operator)
    if (before)
      throw new SitedeskError('SHIFT_OPEN', `Shift ${before.number} of ${operator} is still open.`, {
        id: before.id,
        number: before.number,
      })
    const row: StoredShift = {
      ...NEW_SHIFT,
      id: ctx.ports.random.uuid(),
      number: store.nextNumber(),
      operator,
      opened_at: ctx.ports.clock.now(),
      cash_float_fen: cashFloatFen,
    }
    store.insert(row)
    call.note({ target: row.id, after: { number: row.number, cashFloatFen } })
    return row
  })
  changed(ctx, shift.id)
  return rowOf(shift, null)
}

const NEW_SHIFT = {
  state: 'open',
  closed_at: null,
  expected_fen: null,
  counted_fen: null,
  counted: null,
  difference_fen: null,
  difference_reason: null,
  signed_by: null,
  signed_at: null,
  report: null,
} as const

async function moveCash({ ctx, store }: ShiftParts, call: Call, input: Checked<'shifts.cash'>) {
  const operator = signedIn(call).name
  const movement = await call.commit(() => {
    const shift = store.openOf(operator)
    if (!shift) throw notOpen(operator)
    const row = {
      id: ctx.ports.random.uuid(),
      shift_id: shift.id,
      at: ctx.ports.clock.now(),
      operator,
      amount_fen: input.direction === 'in' ? input.amountFen : -input.amountFen,
      reason: input.reason,
    }
    store.addMovement(row)
    call.note({ target: shift.id })
    return row
  })
  changed(ctx, movement.shift_id)
  const { id, at, amount_fen, reason } = movement
  return { id, at, operator, amountFen: amount_fen, reason }
}

function report(parts: ShiftParts, call: Call, id: string | undefined): ShiftReport {
  const me = signedIn(call)
  const shift = findFor(parts, me, id)
  const blind = shift.state === 'open' && shift.counted === null && !isSupervisor(me)
  return reportOf(parts, shift, { now: parts.ctx.ports.clock.now(), blind })
}

async function close(parts: ShiftParts, call: Call, input: Checked<'shifts.close'>): Promise<ShiftReport> {
  const { ctx } = parts
  const me = signedIn(call)
  const closed: Closed = await call.commit(() => closeShift(parts, call, findFor(parts, me, input.id), input))
  changed(ctx, closed.shiftId)
  if (closed.explain)
    throw new SitedeskError(
      'NOT_ALLOWED_NOW',
      'The count differs from what is expected; say why, then the shift closes.',
      { why: 'differenceReason', ...closed.explain },
    )
  return reportOf(parts, parts.store.get(closed.shiftId), { now: ctx.ports.clock.now(), blind: false })
}

async function sign(parts: ShiftParts, call: Call, id: string): Promise<ShiftReport> {
  const { ctx, store } = parts
  const signed_by = signedIn(call).name
  const now = ctx.ports.clock.now()
  await call.commit(() => {
    const { state, number } = store.get(id)
    if (state === 'signed')
      throw new SitedeskError('SIGNED_OFF', `Shift ${number} is signed off already.`, { id })
    if (state === 'open')
      throw new SitedeskError('NOT_ALLOWED_NOW', `Shift ${number} is still open.`, { why: 'shiftOpen', id })
    store.update(id, { state: 'signed', signed_by, signed_at: now })
    call.note({ target: id })
  })
  changed(ctx, id)
  return reportOf(parts, store.get(id), { now, blind: false })
}

/** One's own open shift, or a named one; a cashier finds only his own. */
function findFor({ store }: ShiftParts, me: SignedIn, id: string | undefined): StoredShift {
  const shift = id === undefined ? store.openOf(me.name) : store.get(id)
  if (!shift) throw notOpen(me.name)
  if (shift.operator !== me.name && !isSupervisor(me)) throw notFound('shift', shift.id)
  return shift
}

const notOpen = (operator: string) =>
  new SitedeskError('SHIFT_NOT_OPEN', `${operator} has no open shift.`, { operator })

const isSupervisor = ({ roles }: SignedIn) => roles.includes('supervisor') || roles.includes('admin')

function signedIn({ operator }: Call): SignedIn {
  if (!operator) throw new SitedeskError('SESSION_REQUIRED', 'Sign in first.')
  return operator
}

const changed = (ctx: CoreContext, id: string) =>
  ctx.events.emit({ type: 'changed', area: 'shifts', ids: [id] })
