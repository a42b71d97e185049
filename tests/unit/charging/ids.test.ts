import { afterEach, beforeEach, expect, it } from 'vitest'
import { beginCharge, gift, moveCoins } from '#core/charging/coins.ts'
import { ID_FORMS } from '#core/charging/ids.ts'
import { cancelOrder } from '#core/charging/orders.ts'
import { Refusal } from '#core/charging/refusal.ts'
import { Sessions } from '#core/charging/sessions.ts'
import { openBooks, orderAt, USERS, type TestBooks } from '../../fixtures/charging-books.ts'

let site: TestBooks
beforeEach(async () => {
  site = await openBooks()
})
afterEach(() => site.close())

/** 1 772 294 400 s: 2026-03-01 00:00 at the site */
const now = () => site.test.clock.now()
const FIFTY = Array.from({ length: 50 }, (_, i) => i)

it('are the documented formulas (D-03, D-04, M-23, U-02)', () => {
  expect(ID_FORMS.order('13800001234')(1_772_294_400)).toBe('91234772294400')
  expect(ID_FORMS.pay('13800001234')(1_772_294_400)).toBe('P1234294400')
  expect(ID_FORMS.gift('13800001234', '13800005678')(1_772_294_400)).toBe('G3478294400')
  expect(ID_FORMS.cashOut('13800001234')(1_772_294_400)).toBe('C1234294400')
  expect(ID_FORMS.session('oABCDEFGH-_12345')(1_772_294_400)).toBe('H-_12345294400')
  expect(ID_FORMS.session('abc')(7)).toBe('00000abc000007')
})

it('are fifty where a clock stands still and tails are the same (R-24)', async () => {
  const { books, run } = site
  const [user, other] = USERS
  const ids = await run(
    () => moveCoins(books, user, 50),
    ...FIFTY.map(() => () => gift(books, { from: user, to: other, coins: 1 }, now()).giftId),
    ...FIFTY.map(() => () => beginCharge(books, { user, coins: 1 }, now()).payId),
    ...FIFTY.map(() => () => {
      const orderId = orderAt(books, { user, deviceCode: 'A1' }, now())
      cancelOrder(books, orderId, now())
      return orderId
    }),
  )
  const made = ids.slice(1).map(String)
  expect(new Set(made).size).toBe(150)
  expect(made.filter((id) => id.length !== (id.startsWith('9') ? 14 : 11))).toEqual([])
})

it('are refused with 999 after a thousand that are taken (R-24)', async () => {
  const { books, run } = site
  const [user] = USERS
  const insert = books.db.statement(
    "INSERT INTO pmoney_charge_pay (payId, user, pmoney, createTime) VALUES (?, ?, 1, 'x')",
  )
  const form = ID_FORMS.pay(user)
  const seconds = Math.floor(now() / 1000)
  const begin = () => beginCharge(books, { user, coins: 1 }, now()).payId
  const taken = Array.from({ length: 1000 }, (_, i) => form(seconds + i))
  const [, end] = await run<unknown>(() => {
    for (const id of taken) insert.run(id, user)
  }, begin)
  expect(end).toBeInstanceOf(Refusal)
  expect(end).toMatchObject({ code: 999 })
  const [, id] = await run<unknown>(
    () => books.db.statement('DELETE FROM pmoney_charge_pay WHERE payId = ?').run(taken[999] ?? ''),
    begin,
  )
  expect(id).toBe(taken[999])
})

it('of two log-ins with one tail in one second are two sessions (U-02)', async () => {
  const sessions = new Sessions(site.books)
  const made = await site.run(
    () => sessions.open('user', 'one-12345678', 'k', now()),
    () => sessions.open('user', 'two-12345678', 'k', now()),
    () => sessions.open('manager', 'one-12345678', 'k', now()),
    () => sessions.open('user', 'one-12345678', 'k', now()),
  )
  expect(new Set(made).size).toBe(4)
  expect(site.books.db.statement('SELECT count(*) AS n FROM wx_info').get()).toEqual({ n: 3 })
})
