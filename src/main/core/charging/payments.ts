import type { Fen } from '#shared/money.ts'
import { orderOf, requireUser, textOf, timeOf, type Books, type StoredOrder } from './books.ts'
import { moveCoins } from './coins.ts'
import { samePayee, STAFF, type Payee } from './payees.ts'
import { CODE, Refusal } from './refusal.ts'
import { refuseRestoring } from './unended.ts'

/** One attempt to pay an order; `state` 0 pending, 1 success, 2 failed (U-27). */
export interface StoredPayment extends Payee {
  readonly id: number
  readonly orderId: string
  readonly user: string
  readonly pmoney: number
  readonly cash: Fen
  readonly state: number
  readonly wxPayid: string | null
  readonly createTime: string
}

export interface PayParts {
  readonly user: string
  readonly orderId: string
  /** null: more than two decimals */
  readonly moneyFen: Fen | null
  readonly coins: number
  readonly cashFen: Fen | null
}

/** What is to be asked of the provider; `settled`: nothing, coins paid all of it. */
export type Begun =
  | { readonly settled: true }
  | {
      readonly settled: false
      readonly payment: StoredPayment
      readonly reference: string
      readonly fresh: boolean
    }

/** The number that the provider knows an attempt by: one of its own for every attempt. */
export const referenceOf = ({ orderId, id }: StoredPayment): string => `${orderId}-${id}`

export const attemptOf = ({ db }: Books, id: number): StoredPayment | undefined =>
  db.statement<StoredPayment>('SELECT * FROM order_pay_info WHERE id = ?').get(id)

/** The one attempt of an order whose end is not known. */
export const pendingOf = ({ db }: Books, orderId: string): StoredPayment | undefined =>
  db.statement<StoredPayment>('SELECT * FROM order_pay_info WHERE orderId = ? AND state = 0').get(orderId)

const samePay = (payment: StoredPayment, { coins, cashFen }: PayParts, payee: Payee) =>
  payment.pmoney === coins && payment.cash === cashFen && samePayee(payment, payee)

/**
 * R-15 in its order. `replaces`: what was begun with other parts, or with somebody else than `payee`, and has to be
 * closed there first; coins that it holds count as the payer's.
 */
export function checkPayment(
  books: Books,
  parts: PayParts,
  payee: Payee,
): { order: StoredOrder; cashFen: Fen; same: StoredPayment | null; replaces: StoredPayment | null } {
  requireUser(books, parts.user)
  const order = orderOf(books, parts.orderId)
  if (order.user !== parts.user) throw new Refusal(CODE.notAllowed, '不是本人的账单')
  if (order.cancelTime !== null) throw new Refusal(CODE.parameter, '账单已取消')
  if (order.payTime !== null) throw new Refusal(CODE.parameter, '账单已支付')
  if (parts.moneyFen !== order.money) throw new Refusal(CODE.parameter, '金额与账单不一致')
  const { coins, cashFen } = parts
  if (coins < 0 || cashFen === null || cashFen < 0 || coins * books.rules().coinFen + cashFen !== order.money)
    throw new Refusal(CODE.parameter, '电币与现金之和应等于账单金额')
  const pending = pendingOf(books, order.orderId)
  if (coins > balanceOf(books, parts.user) + (pending?.pmoney ?? 0))
    throw new Refusal(CODE.parameter, '电币不足')
  const same = pending !== undefined && samePay(pending, parts, payee)
  return { order, cashFen, same: same ? pending : null, replaces: same ? null : (pending ?? null) }
}

/**
 * R-16 and the hold of U-25: coins leave the balance with the row that holds them. The same parts again give the
 * same attempt. Only inside `site.write`.
 */
export function beginPayment(books: Books, parts: PayParts, now: number, payee: Payee = STAFF): Begun {
  refuseRestoring(books, CODE.notAllowed)
  const { order, cashFen, same, replaces } = checkPayment(books, parts, payee)
  if (same) return { settled: false, payment: same, reference: referenceOf(same), fresh: false }
  if (replaces) failAttempt(books, replaces)
  const payment = openAttempt(books, order, { coins: parts.coins, cashFen, payee }, now)
  if (cashFen > 0) return { settled: false, payment, reference: referenceOf(payment), fresh: true }
  settleAttempt(books, payment, { transactionId: `COINS-${referenceOf(payment)}`, paidAt: now })
  return { settled: true }
}

const balanceOf = ({ db }: Books, user: string): number =>
  db.statement<{ pmoney: number }>('SELECT pmoney FROM user_info WHERE user = ?').get(user)?.pmoney ?? 0

function openAttempt(
  books: Books,
  order: StoredOrder,
  { coins, cashFen, payee }: { coins: number; cashFen: Fen; payee: Payee },
  now: number,
): StoredPayment {
  moveCoins(books, order.user, -coins)
  const createTime = textOf(books, now)
  const { orderId, user, deviceCode, port, unitPrice, unit, money, orderTime } = order
  const { lastInsertRowid } = books.db
    .statement(
      `INSERT INTO order_pay_info
         (orderId, user, deviceCode, port, unitPrice, unit, money, orderTime, pmoney, cash, state, createTime,
          provider, mchId)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`,
    )
    .run(
      orderId,
      user,
      deviceCode,
      port,
      unitPrice,
      unit,
      money,
      orderTime,
      coins,
      cashFen,
      createTime,
      payee.provider,
      payee.mchId,
    )
  return {
    id: lastInsertRowid,
    orderId,
    user,
    pmoney: coins,
    cash: cashFen,
    state: 0,
    wxPayid: null,
    createTime,
    ...payee,
  }
}

/** Ends an attempt that came to nothing; its coins go back (U-25). Only inside `site.write`. */
export function failAttempt(books: Books, payment: StoredPayment): void {
  const sql = 'UPDATE order_pay_info SET state = 2 WHERE id = ? AND state = 0'
  if (books.db.statement(sql).run(payment.id).changes === 1) moveCoins(books, payment.user, payment.pmoney)
}

export interface Paid {
  readonly transactionId: string
  readonly paidAt: number
}

/** `refund`: the money came, but the order is not to be paid any more. */
export type Settlement = 'settled' | 'again' | 'refund'

/**
 * exactly once, and all of it in one transaction. Money for an attempt that was given up pays its order if that
 * is still open and its coins are there; else it has to be given back. Only inside `site.write`.
 */
export function settleAttempt(books: Books, { id }: { id: number }, paid: Paid): Settlement {
  const payment = attemptOf(books, id)
  if (!payment) throw new Refusal(CODE.parameter, '支付记录不存在')
  // staff took cash for it, and then the provider was paid too
  if (payment.state === 1) return payment.wxPayid === paid.transactionId ? 'again' : 'refund'
  const order = orderOf(books, payment.orderId)
  const open = order.payTime === null && order.cancelTime === null
  if (payment.state === 2) {
    const other = pendingOf(books, order.orderId)
    const balance = balanceOf(books, payment.user) + (other?.pmoney ?? 0)
    if (!open || payment.pmoney > balance) return 'refund'
    if (other) failAttempt(books, other)
    moveCoins(books, payment.user, -payment.pmoney)
  } else if (!open) {
    failAttempt(books, payment)
    return 'refund'
  }
  const at = textOf(books, paid.paidAt)
  books.db
    .statement('UPDATE order_pay_info SET state = 1, payTime = ?, wxPayid = ? WHERE id = ?')
    .run(at, paid.transactionId, id)
  books.db
    .statement(
      `UPDATE order_info SET payTime = ?, pmoney = ?, cash = ?, cashOutFlag = ?
       WHERE orderId = ? AND payTime IS NULL AND cancelTime IS NULL`,
    )
    .run(at, payment.pmoney, payment.cash, payment.cash > 0 ? 0 : 2, order.orderId)
  return 'settled'
}

/** Staff took the money: what an attempt holds in coins stays, the rest is cash. Only inside `site.write`. */
export function settleByStaff(books: Books, orderId: string, receipt: string, now: number): Settlement {
  const order = orderOf(books, orderId)
  if (order.cancelTime !== null) throw new Refusal(CODE.parameter, '账单已取消', 'orderCancelled')
  if (order.payTime !== null) return 'again'
  const payment =
    pendingOf(books, orderId) ??
    openAttempt(books, order, { coins: 0, cashFen: order.money, payee: STAFF }, now)
  return settleAttempt(books, payment, { transactionId: `OFFLINE-${receipt}`, paidAt: now })
}

/** What staff are to be paid for an order by now: all of it but the coins that are held. */
export const owedOf = (books: Books, order: StoredOrder): Fen =>
  pendingOf(books, order.orderId)?.cash ?? order.money

/** Who was paid: the transaction id of what settled an order; null: nothing did, or it cost nothing. */
export const paidByOf = ({ db }: Books, orderId: string): string | null =>
  db
    .statement<{ wxPayid: string | null }>(
      'SELECT wxPayid FROM order_pay_info WHERE orderId = ? AND state = 1',
    )
    .get(orderId)?.wxPayid ?? null

/** Staff ended it without its provider's word: it may still be paid there, and is asked about. Only inside `site.write`. */
export function markOpenThere({ db }: Books, id: number, open: boolean): void {
  db.statement('UPDATE order_pay_info SET openThere = ? WHERE id = ?').run(open ? 1 : 0, id)
}

export const openThere = ({ db }: Books): StoredPayment[] =>
  db.statement<StoredPayment>('SELECT * FROM order_pay_info WHERE openThere = 1 ORDER BY id LIMIT 200').all()

/** Attempts that wait for their end, oldest first. */
export const waitingAttempts = ({ db }: Books): StoredPayment[] =>
  db.statement<StoredPayment>('SELECT * FROM order_pay_info WHERE state = 0 ORDER BY id LIMIT 200').all()

/** How an order stands for its payer (U-27): the newest attempt decides. */
export function paymentState(books: Books, orderId: string): 'none' | 'pending' | 'success' | 'failed' {
  const order = orderOf(books, orderId)
  if (order.payTime !== null) return 'success'
  const sql = 'SELECT state FROM order_pay_info WHERE orderId = ? ORDER BY state = 0 DESC, id DESC LIMIT 1'
  const last = books.db.statement<{ state: number }>(sql).get(orderId)
  if (!last) return 'none'
  return last.state === 0 ? 'pending' : 'failed'
}

/** Money to be given back by hand. Only inside `site.write`. */
export function raiseRefund(
  { db }: Books,
  task: { id: string; orderId: string; transactionId: string; amountFen: Fen; reason: string },
  now: number,
): void {
  db.statement(
    `INSERT INTO order_refund_task (id, orderId, wxPayid, amountFen, reason, raisedAt) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (wxPayid) DO NOTHING`,
  ).run(task.id, task.orderId, task.transactionId, task.amountFen, task.reason, now)
}

export const ageOf = (books: Books, payment: StoredPayment, now: number): number =>
  now - timeOf(books, payment.createTime)
