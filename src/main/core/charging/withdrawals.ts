import type { Fen } from '#shared/money.ts'
import { requireManager, textOf, type Books } from './books.ts'
import { freeId, ID_FORMS } from './ids.ts'
import { CODE, Refusal } from './refusal.ts'

/** D-11, R-34: the one predicate of what a manager can withdraw; ME-15, ME-16 and ME-17 all use it. */
export const WITHDRAWABLE =
  'manager = ? AND cashOutFlag = 0 AND cash > 0 AND payTime IS NOT NULL AND cancelTime IS NULL'

export interface Withdrawable {
  readonly count: number
  readonly moneyFen: Fen
  readonly serviceFen: Fen
  readonly cashFen: Fen
}

/** Half up to the fen on the whole (M-15, spec §6.1). */
export const serviceOf = (moneyFen: Fen, serviceBp: number): Fen =>
  Math.floor((moneyFen * serviceBp + 5000) / 10_000)

export function withdrawable(books: Books, manager: string): Withdrawable {
  const sql = `SELECT count(*) AS count, coalesce(sum(cash), 0) AS moneyFen FROM order_info WHERE ${WITHDRAWABLE}`
  const { count, moneyFen } = books.db.statement<{ count: number; moneyFen: Fen }>(sql).get(manager) ?? {
    count: 0,
    moneyFen: 0,
  }
  const serviceFen = serviceOf(moneyFen, books.rules().serviceBp)
  return { count, moneyFen, serviceFen, cashFen: moneyFen - serviceFen }
}

export interface Bank {
  readonly bankName: string
  readonly bankUser: string
  readonly bankCode: string
}

/** R-35, M-17: all of it, 0 → 1, with one batch; nothing is refused. Only inside `site.write`. */
export function cashOut(books: Books, manager: string, bank: Bank, now: number): { cashOutId: string } {
  requireManager(books, manager)
  const { count, moneyFen, serviceFen, cashFen } = withdrawable(books, manager)
  if (count === 0) throw new Refusal(CODE.success, '没有可提现的账单')
  const cashOutId = freeId(books.db, 'cashOut', ID_FORMS.cashOut(manager), now)
  books.db
    .statement(
      `INSERT INTO cashout_info (cashOutId, manager, state, bankName, bankUser, bankCode, money, service, cash, cashOutTime)
       VALUES (?, ?, 2, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      cashOutId,
      manager,
      bank.bankName,
      bank.bankUser,
      bank.bankCode,
      moneyFen,
      serviceFen,
      cashFen,
      textOf(books, now),
    )
  books.db
    .statement(`UPDATE order_info SET cashOutFlag = 1, cashOutId = ? WHERE ${WITHDRAWABLE}`)
    .run(cashOutId, manager)
  return { cashOutId }
}

export interface StoredCashOut extends Bank {
  readonly cashOutId: string
  readonly manager: string
  readonly state: number
  readonly money: Fen
  readonly service: Fen
  readonly cash: Fen
  readonly reason: string
  readonly cashOutTime: string
  readonly processTime: string | null
}

/** once; success 1 → 2, failure 1 → 0 with the orders free again. Only inside `site.write`. */
export function decideCashOut(
  books: Books,
  cashOutId: string,
  { success, reason }: { success: boolean; reason: string },
  now: number,
): void {
  const { changes } = books.db
    .statement(
      'UPDATE cashout_info SET state = ?, reason = ?, processTime = ? WHERE cashOutId = ? AND state = 2',
    )
    .run(success ? 0 : 1, reason, textOf(books, now), cashOutId)
  if (changes !== 1) throw new Refusal(CODE.success, '提现已处理', 'cashoutDecided')
  books.db
    .statement(
      success
        ? 'UPDATE order_info SET cashOutFlag = 2 WHERE cashOutId = ? AND cashOutFlag = 1'
        : 'UPDATE order_info SET cashOutFlag = 0, cashOutId = NULL WHERE cashOutId = ? AND cashOutFlag = 1',
    )
    .run(cashOutId)
}
