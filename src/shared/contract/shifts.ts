import { z } from '../z.ts'
import { id, instant, nothing, page, paging, read, write } from './define.ts'
import { fen, intentState, tender } from './values.ts'

const positiveFen = z.int().min(1).max(100_000_000)

/** Counted pieces per denomination in fen: `{"10000": 3}` is three hundred-yuan notes. */
export const counted = z.record(
  z.string().regex(/^(10000|5000|2000|1000|500|100|50|10)$/),
  z.int().min(0).max(100_000),
)

const movement = z.object({
  id,
  at: instant,
  operator: z.string(),
  /** into the drawer positive, out of it negative */
  amountFen: fen,
  reason: z.string(),
})

const shiftState = z.enum(['open', 'closed', 'signed'])

export const shiftRow = z.object({
  id,
  number: z.int(),
  operator: z.string(),
  state: shiftState,
  openedAt: instant,
  closedAt: instant.nullable(),
  cashFloatFen: fen,
  /**
   * Float + cash sales − cash refunds + in − out; null before the drawer was counted (the count is blind), but for a
   * supervisor in `shifts.report`.
   */
  expectedFen: fen.nullable(),
  /** of an open shift: the first count, when it asked for a reason */
  countedFen: fen.nullable(),
  differenceFen: fen.nullable(),
  differenceReason: z.string().nullable(),
  signedBy: z.string().nullable(),
  signedAt: instant.nullable(),
})
export type ShiftRow = z.infer<typeof shiftRow>

/** A sale that had another state when the shift was closed: shown beside the closed figures, never in them. */
const lateChange = z.object({
  intentId: id,
  outTradeNo: z.string(),
  tender,
  amountFen: fen,
  stateAtClose: intentState,
  state: intentState,
  at: instant.nullable(),
})

const shiftReport = shiftRow.extend({
  at: instant,
  /** null before the count: the count is blind */
  counted: counted.nullable(),
  movements: z.array(movement),
  /** sums of cash are null to a cashier before the count: they would say what is expected */
  tenders: z.array(
    z.object({
      tender,
      count: z.int(),
      amountFen: fen.nullable(),
      waiting: z.int(),
      waitingFen: fen.nullable(),
    }),
  ),
  refundsFen: fen,
  sales: z.int(),
  /** null where a sum of `tenders` is */
  salesFen: fen.nullable(),
  firstReceipt: z.string().nullable(),
  lastReceipt: z.string().nullable(),
  /** the first count, where a later one was handed in with the reason */
  firstCountedFen: fen.nullable(),
  late: z.array(lateChange),
})
export type ShiftReport = z.infer<typeof shiftReport>

export const shifts = {
  'shifts.current': read({
    access: 'operator',
    summary: 'The open shift of this operator, if any.',
    input: nothing,
    output: z.object({ shift: shiftRow.nullable() }),
  }),
  'shifts.open': write({
    access: ['cashier', 'supervisor'],
    summary: 'Opens a shift with the cash in the drawer.',
    input: z.strictObject({ cashFloatFen: z.int().min(0).max(100_000_000) }),
    output: shiftRow,
  }),
  'shifts.cash': write({
    access: ['cashier', 'supervisor'],
    summary: 'Puts cash into the drawer or takes it out, with a reason.',
    input: z.strictObject({
      direction: z.enum(['in', 'out']),
      amountFen: positiveFen,
      reason: z.string().trim().min(2).max(200),
    }),
    output: movement,
  }),
  'shifts.report': read({
    access: ['cashier', 'supervisor'],
    summary:
      'The figures of a shift at any time (X report), or of the closed one. Before the count a cashier sees how many ' +
      'cash sales there are, not their sums.',
    input: z.strictObject({ id: id.optional() }),
    output: shiftReport,
  }),
  'shifts.close': write({
    access: ['cashier', 'supervisor'],
    summary:
      'Closes the shift with the blind count. A difference needs a reason: without one the count is kept and the ' +
      'answer is NOT_ALLOWED_NOW with the figures; the same call with a reason closes.',
    input: z.strictObject({
      counted,
      reason: z.string().trim().max(400).optional(),
      /** another operator's shift, for a supervisor; absent: one's own */
      id: id.optional(),
    }),
    output: shiftReport,
  }),
  'shifts.sign': write({
    access: ['supervisor'],
    summary: 'A supervisor signs a closed shift off; nothing of it changes afterwards.',
    input: z.strictObject({ id }),
    output: shiftReport,
  }),
  'shifts.list': read({
    access: ['cashier', 'supervisor'],
    summary: 'Shifts, newest first; a cashier sees his own.',
    input: z.strictObject({
      ...paging,
      operator: z.string().max(40).optional(),
      state: shiftState.optional(),
    }),
    output: page(shiftRow),
  }),
}
