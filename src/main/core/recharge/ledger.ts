import type { IntentRow } from '#shared/contract/recharge.ts'
import type { Tender } from '#shared/contract/values.ts'
import type { Fen } from '#shared/money.ts'
import type { CoreContext } from '../context.ts'
import { inParts, intentRows, OPEN_STATES, type StoredIntent } from './rows.ts'

export interface TenderSum {
  readonly tender: Tender
  /** applied */
  readonly count: number
  readonly amountFen: Fen
  /** taken, and not known yet to be applied */
  readonly waiting: number
  readonly waitingFen: Fen
}

/** Sales of one cashier by one tender, and what was paid back of them. */
export interface CashierSum extends TenderSum {
  readonly operator: string
  /** refunds posted in the same time, whenever the sale was */
  readonly refunds: number
  readonly refundsFen: Fen
}

/** What was taken and what became of it; reads only. */
export interface Ledger {
  find(id: string): IntentRow | null
  /** by the time they were made; `to` exclusive; oldest first */
  between(from: number, to: number): IntentRow[]
  byNumbers(outTradeNos: readonly string[]): Map<string, IntentRow>
  tendersOf(shiftId: string): TenderSum[]
  /** by the time sales were made and refunds were posted; `to` exclusive; by cashier, then tender */
  cashiersOf(from: number, to: number): CashierSum[]
  /** all sales of a shift, whatever the clock said when they were made */
  ofShift(shiftId: string): IntentRow[]
  /** cash paid back out of the drawer of this shift */
  cashRefundsOf(shiftId: string): Fen
  /** oldest first */
  openIntents(): IntentRow[]
}

const TENDERS = `
  SELECT tender, sum(state = 'APPLIED') AS count, sum(CASE WHEN state = 'APPLIED' THEN amount_fen ELSE 0 END) AS amountFen,
    sum(state <> 'APPLIED') AS waiting, sum(CASE WHEN state <> 'APPLIED' THEN amount_fen ELSE 0 END) AS waitingFen
  FROM recharge_intent
  WHERE shift_id = ? AND state IN ('APPLIED', 'DRAFT', 'SENT', 'ACCEPTED', 'UNKNOWN', 'DISPUTED')
  GROUP BY tender ORDER BY tender`

const CASH_REFUNDS = `
  SELECT coalesce(sum(i.amount_fen), 0) AS fen FROM refund r JOIN recharge_intent i ON i.id = r.intent_id
  WHERE r.shift_id = ? AND r.state = 'posted' AND i.tender = 'cash'`

/** Both halves go by an index or through the few refunds there are. */
const CASHIERS = `
  SELECT operator, tender, sum(count) AS count, sum(amountFen) AS amountFen, sum(waiting) AS waiting,
    sum(waitingFen) AS waitingFen, sum(refunds) AS refunds, sum(refundsFen) AS refundsFen
  FROM (
    SELECT operator, tender, state = 'APPLIED' AS count, iif(state = 'APPLIED', amount_fen, 0) AS amountFen,
      state <> 'APPLIED' AS waiting, iif(state = 'APPLIED', 0, amount_fen) AS waitingFen, 0 AS refunds,
      0 AS refundsFen
    FROM recharge_intent WHERE created_at >= ? AND created_at < ?
      AND state IN ('APPLIED', 'DRAFT', 'SENT', 'ACCEPTED', 'UNKNOWN', 'DISPUTED')
    UNION ALL
    SELECT i.operator, i.tender, 0, 0, 0, 0, 1, i.amount_fen
    FROM refund r JOIN recharge_intent i ON i.id = r.intent_id
    WHERE r.state = 'posted' AND r.posted_at >= ? AND r.posted_at < ?
  ) GROUP BY operator, tender ORDER BY operator, tender`

export function createLedger({ store: { site } }: CoreContext): Ledger {
  const intents = () => site.query.selectFrom('recharge_intent').selectAll()
  const rowsOf = (stored: readonly StoredIntent[]) => intentRows(site, stored)
  return {
    find: (id) => rowsOf(site.all(intents().where('id', '=', id)))[0] ?? null,
    between: (from, to) =>
      rowsOf(
        site.all(
          intents()
            .where('created_at', '>=', from)
            .where('created_at', '<', to)
            .orderBy('created_at')
            .orderBy('id'),
        ),
      ),
    byNumbers: (numbers) =>
      inParts(numbers, (part) => {
        const rows = rowsOf(site.all(intents().where('out_trade_no', 'in', part)))
        return new Map(rows.map((row) => [row.outTradeNo, row]))
      }),
    ofShift: (shiftId) =>
      rowsOf(site.all(intents().where('shift_id', '=', shiftId).orderBy('created_at').orderBy('id'))),
    tendersOf: (shiftId) => site.statement<TenderSum>(TENDERS).all(shiftId),
    cashiersOf: (from, to) => site.statement<CashierSum>(CASHIERS).all(from, to, from, to),
    cashRefundsOf: (shiftId) => site.statement<{ fen: number }>(CASH_REFUNDS).get(shiftId)?.fen ?? 0,
    openIntents: () => rowsOf(site.all(intents().where('state', 'in', OPEN_STATES).orderBy('created_at'))),
  }
}
