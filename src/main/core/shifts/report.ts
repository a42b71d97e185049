import type { IntentState } from '#shared/contract/values.ts'
import type { ShiftReport, ShiftRow } from '#shared/contract/shifts.ts'
import type { Fen } from '#shared/money.ts'
import type { Ledger, TenderSum } from '../recharge/index.ts'
import { expectedCash, salesOf } from './figures.ts'
import type { ShiftStore, StoredShift } from './store.ts'

/** What the sales and the drawer add up to; of a closed shift as it was at the close. */
interface Figures extends Pick<
  ShiftReport,
  'movements' | 'refundsFen' | 'sales' | 'firstReceipt' | 'lastReceipt'
> {
  readonly tenders: TenderSum[]
  readonly salesFen: Fen
}

/** The column `report`: fixed at the close. */
interface Fixed {
  readonly figures: Figures
  readonly firstCountedFen: Fen | null
  /** every sale with its state at the close, so that what ended later can be told */
  readonly states: readonly (readonly [intentId: string, state: IntentState])[]
}

export interface ReportParts {
  readonly store: ShiftStore
  readonly ledger: Ledger
}

/** The figures of this moment. */
export function figuresNow({ store, ledger }: ReportParts, shift: StoredShift): Figures {
  const tenders = ledger.tendersOf(shift.id)
  const numbers = store.receiptNumbers(shift.id)
  return {
    movements: store.movements(shift.id).map(({ id, at, operator, amount_fen, reason }) => ({
      id,
      at,
      operator,
      amountFen: amount_fen,
      reason,
    })),
    tenders,
    refundsFen: ledger.cashRefundsOf(shift.id),
    ...salesOf(tenders),
    firstReceipt: numbers[0] ?? null,
    lastReceipt: numbers.at(-1) ?? null,
  }
}

export const expectedOf = (shift: StoredShift, { movements, tenders, refundsFen }: Figures): Fen =>
  expectedCash({ floatFen: shift.cash_float_fen, movements, tenders, cashRefundsFen: refundsFen })

/** What is kept for ever when a shift is closed. */
export const fix = (parts: ReportParts, shift: StoredShift, figures: Figures): Fixed => ({
  figures,
  firstCountedFen: shift.counted_fen,
  states: parts.ledger.ofShift(shift.id).map(({ id, state }) => [id, state]),
})

/** States whose money was given back: it was not in the drawer. */
const GIVEN_BACK: ReadonlySet<IntentState> = new Set(['REJECTED', 'NOT_APPLIED'])

export function countedAtClose({ report }: StoredShift, intentId: string): boolean {
  if (report === null) return false
  const at = (JSON.parse(report) as Fixed).states.find(([id]) => id === intentId)
  return at !== undefined && !GIVEN_BACK.has(at[1])
}

/** What must not be said before the count: with the sum of the cash sales the rest is adding up. */
const withoutCash = ({ tenders, ...rest }: Figures) => ({
  ...rest,
  salesFen: null,
  tenders: tenders.map((sum) =>
    sum.tender === 'cash' ? { ...sum, amountFen: null, waitingFen: null } : sum,
  ),
})

/** `sayableFen`: what may be said to be expected of an open shift. */
export function rowOf(shift: StoredShift, sayableFen: Fen | null): ShiftRow {
  const expectedFen = shift.expected_fen ?? sayableFen
  const { counted_fen: countedFen } = shift
  // of an open shift that was counted once: against what should lie there now
  const sinceFen = expectedFen === null || countedFen === null ? null : countedFen - expectedFen
  return {
    id: shift.id,
    number: shift.number,
    operator: shift.operator,
    state: shift.state as ShiftRow['state'],
    openedAt: shift.opened_at,
    closedAt: shift.closed_at,
    cashFloatFen: shift.cash_float_fen,
    expectedFen,
    countedFen,
    differenceFen: shift.difference_fen ?? sinceFen,
    differenceReason: shift.difference_reason,
    signedBy: shift.signed_by,
    signedAt: shift.signed_at,
  }
}

/**
 * The X report of an open shift, or the fixed one with what came after it. `blind`: before the drawer was counted,
 * what should lie in it stays unsaid, and what it could be added up from.
 */
export function reportOf(
  parts: ReportParts,
  shift: StoredShift,
  { now, blind }: { now: number; blind: boolean },
): ShiftReport {
  const fixed = shift.report === null ? null : (JSON.parse(shift.report) as Fixed)
  const figures = fixed?.figures ?? figuresNow(parts, shift)
  return {
    ...rowOf(shift, blind ? null : expectedOf(shift, figures)),
    ...(blind ? withoutCash(figures) : figures),
    at: shift.closed_at ?? now,
    counted: shift.counted === null ? null : (JSON.parse(shift.counted) as Record<string, number>),
    firstCountedFen: fixed ? fixed.firstCountedFen : null,
    late: fixed ? lateChanges(parts.ledger, fixed) : [],
  }
}

function lateChanges(ledger: Ledger, { states }: Fixed): ShiftReport['late'] {
  return states.flatMap(([id, stateAtClose]) => {
    const now = ledger.find(id)
    if (!now || now.state === stateAtClose) return []
    const { outTradeNo, tender, amountFen, state, endedAt } = now
    return [{ intentId: id, outTradeNo, tender, amountFen, stateAtClose, state, at: endedAt }]
  })
}
