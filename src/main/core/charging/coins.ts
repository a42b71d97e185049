import type { Fen } from '#shared/money.ts'
import { requireUser, textOf, type Books } from './books.ts'
import { STAFF, type Payee } from './payees.ts'
import { freeId, ID_FORMS } from './ids.ts'
import { CODE, Refusal } from './refusal.ts'
import { refuseRestoring } from './unended.ts'

/** Adds to or takes from a balance; the table itself refuses less than nothing. Only inside `site.write`. */
export function moveCoins({ db }: Books, user: string, by: number): void {
  if (by !== 0) db.statement('UPDATE user_info SET pmoney = pmoney + ? WHERE user = ?').run(by, user)
}

/** debit, credit and record together. Only inside `site.write`. */
export function gift(
  books: Books,
  { from, to, coins }: { from: string; to: string; coins: number },
  now: number,
): { giftId: string } {
  const { db } = books
  const giver = requireUser(books, from)
  if (!db.statement('SELECT 1 FROM user_info WHERE user = ?').get(to))
    throw new Refusal(CODE.parameter, '被赠用户不存在')
  if (from === to) throw new Refusal(CODE.parameter, '不能赠送给自己')
  if (coins < 1) throw new Refusal(CODE.parameter, '赠送数量应为正整数')
  if (coins > giver.pmoney) throw new Refusal(CODE.success, '电币不足')
  moveCoins(books, from, -coins)
  moveCoins(books, to, coins)
  const giftId = freeId(db, 'gift', ID_FORMS.gift(from, to), now)
  db.statement(
    'INSERT INTO pmoney_gift_info (giftId, fromUser, toUser, pmoney, giftTime) VALUES (?, ?, ?, ?, ?)',
  ).run(giftId, from, to, coins, textOf(books, now))
  return { giftId }
}

/** U-28 */
export function checkCoins(coins: number, most: number): void {
  if (coins < 1 || coins > most) throw new Refusal(CODE.parameter, `充值数量应为 1–${most}`)
}

/** A purchase that is paid for later (U-28). Only inside `site.write`. */
export function beginCharge(
  books: Books,
  { user, coins }: { user: string; coins: number },
  now: number,
  payee: Payee = STAFF,
): { payId: string; priceFen: Fen } {
  refuseRestoring(books, CODE.unknown)
  requireUser(books, user)
  checkCoins(coins, books.rules().mostCoins)
  const payId = freeId(books.db, 'pay', ID_FORMS.pay(user), now)
  const priceFen = coins * books.rules().coinFen
  books.db
    .statement(
      `INSERT INTO pmoney_charge_pay (payId, user, pmoney, price, state, createTime, provider, mchId)
       VALUES (?, ?, ?, ?, 0, ?, ?, ?)`,
    )
    .run(payId, user, coins, priceFen, textOf(books, now), payee.provider, payee.mchId)
  return { payId, priceFen }
}

export interface StoredCharge extends Payee {
  readonly payId: string
  readonly user: string
  readonly pmoney: number
  readonly state: number
  readonly createTime: string
  readonly wxPayid: string | null
  /** null: begun before it was kept */
  readonly price: Fen | null
}

/** What was asked for it when it was begun; a purchase of before is priced as by now. */
export const priceOf = (books: Books, { price, pmoney }: StoredCharge): Fen =>
  price ?? pmoney * books.rules().coinFen

export function chargeOf({ db }: Books, payId: string): StoredCharge {
  const row = db.statement<StoredCharge>('SELECT * FROM pmoney_charge_pay WHERE payId = ?').get(payId)
  if (!row) throw new Refusal(CODE.parameter, '充值记录不存在')
  return row
}

/**
 * Credits once, with its record in the same transaction (R-23, D-14); again is no credit. Money that came after the
 * attempt was given up is credited too: the coins cost nobody else anything. Only inside `site.write`.
 */
export function settleCharge(books: Books, payId: string, transactionId: string, paidAt: number): boolean {
  const charge = chargeOf(books, payId)
  if (charge.state === 1) return false
  const at = textOf(books, paidAt)
  books.db
    .statement(
      'UPDATE pmoney_charge_pay SET state = 1, payTime = ?, wxPayid = ? WHERE payId = ? AND state <> 1',
    )
    .run(at, transactionId, payId)
  books.db
    .statement('INSERT INTO pmoney_charge_info (payId, user, pmoney, payTime) VALUES (?, ?, ?, ?)')
    .run(payId, charge.user, charge.pmoney, at)
  moveCoins(books, charge.user, charge.pmoney)
  return true
}

/** Only inside `site.write`. */
export function failCharge({ db }: Books, payId: string): void {
  db.statement('UPDATE pmoney_charge_pay SET state = 2 WHERE payId = ? AND state = 0').run(payId)
}

/** Staff ended it without its provider's word: it may still be paid there, and is asked about. Only inside `site.write`. */
export function markChargeOpenThere({ db }: Books, payId: string, open: boolean): void {
  db.statement('UPDATE pmoney_charge_pay SET openThere = ? WHERE payId = ?').run(open ? 1 : 0, payId)
}

export const chargesOpenThere = ({ db }: Books): StoredCharge[] =>
  db
    .statement<StoredCharge>('SELECT * FROM pmoney_charge_pay WHERE openThere = 1 ORDER BY id LIMIT 200')
    .all()
