import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PaymentDesk } from '#core/charging/payment-desk.ts'
import { Sessions } from '#core/charging/sessions.ts'
import { DAY, MINUTE, SECOND } from '#shared/time.ts'
import { openBooks, orderAt, USERS, type TestBooks } from '../../fixtures/charging-books.ts'
import { contradictions } from '../../fixtures/lan-books.ts'
import { FakePayments } from '../../fixtures/payments.ts'
import { testContext } from '../../fixtures/store.ts'

const [USER] = USERS

let site: TestBooks
let provider: FakePayments
let desk: PaymentDesk
beforeEach(async () => {
  site = await openBooks()
  provider = new FakePayments()
  provider.kind = 'wechatpay'
  const { books, test } = site
  desk = new PaymentDesk(testContext(test), {
    books,
    sessions: new Sessions(books),
    provider: () => provider,
  })
})
afterEach(async () => {
  await desk.close()
  expect(contradictions(site.books.db)).toEqual([])
  await site.close()
})

const now = () => site.test.clock.now()
const pass = (ms: number) => site.test.clock.advance(ms)
const one = (sql: string) =>
  Object.values(site.books.db.statement<Record<string, unknown>>(sql).get() ?? {})[0]
const chargeState = () => one('SELECT state FROM pmoney_charge_pay')
const balance = () => one(`SELECT pmoney FROM user_info WHERE user = '${USER}'`)

async function began(coins = 0): Promise<string> {
  const [orderId] = await site.run(() =>
    orderAt(site.books, { user: USER, deviceCode: 'A1', unit: 2 }, now()),
  )
  await desk.payOrder(
    { user: USER, orderId: String(orderId), moneyFen: 300, coins, cashFen: 300 - coins * 100 },
    now(),
  )
  return String(orderId)
}

describe('a payment under way, which an update waits for', () => {
  it('is one at a provider that is neither paid nor overdue', async () => {
    expect(desk.underway()).toBe(false)
    const { payId } = await desk.buyCoins({ user: USER, coins: 7 }, now())
    expect(desk.underway()).toBe(true)
    provider.pay(payId, now() + SECOND)
    await pass(MINUTE)
    await desk.round()
    expect(desk.underway()).toBe(false)
    await began()
    expect(desk.underway()).toBe(true)
    // nobody knows how it ended: the program may go all the same, and asks again afterwards
    provider.failure = 'unreachable'
    await pass(15 * MINUTE)
    await desk.round()
    expect(desk.underway()).toBe(false)
  })

  it('is none where staff take the money', async () => {
    provider.kind = 'offline'
    await began()
    expect(desk.underway()).toBe(false)
  })
})

describe('coins that are bought from a provider (R-23, D-14)', () => {
  it('are credited once it says so, at the time of the payment', async () => {
    const { payId } = await desk.buyCoins({ user: USER, coins: 7 }, now())
    expect(provider.begun).toEqual([
      { reference: payId, amountFen: 700, description: '电币 7', openId: null },
    ])
    await desk.round()
    expect([chargeState(), balance()]).toEqual([0, 0])
    provider.pay(payId, now() + SECOND)
    await pass(MINUTE)
    await desk.round()
    await desk.round()
    await desk.refreshCharge(payId)
    expect([chargeState(), balance()]).toEqual([1, 7])
    expect(one('SELECT payTime FROM pmoney_charge_info')).toBe('2026-03-01 00:00:01')
  })

  it('are closed after a quarter of an hour, and not where the provider does not answer', async () => {
    const { payId } = await desk.buyCoins({ user: USER, coins: 7 }, now())
    await pass(15 * MINUTE)
    provider.failure = 'unreachable'
    await desk.round()
    expect([chargeState(), provider.closed]).toEqual([0, []])
    provider.failure = null
    await desk.round()
    expect([chargeState(), provider.closed]).toEqual([2, [payId]])
  })

  it('are credited where they were paid in the last moment', async () => {
    const { payId } = await desk.buyCoins({ user: USER, coins: 7 }, now())
    await pass(15 * MINUTE)
    provider.pay(payId, now())
    await desk.round()
    expect([chargeState(), balance()]).toEqual([1, 7])
  })

  it('may be paid at the desk for a day', async () => {
    provider.kind = 'offline'
    await desk.buyCoins({ user: USER, coins: 7 }, now())
    await pass(DAY - SECOND)
    await desk.round()
    expect(chargeState()).toBe(0)
    await pass(SECOND)
    await desk.round()
    expect(chargeState()).toBe(2)
  })

  it('cannot be paid to a provider any more once staff take the money', async () => {
    const { payId } = await desk.buyCoins({ user: USER, coins: 7 }, now())
    const seen = await desk.chargeByStaff(payId, false, (open) => Promise.resolve([open, ...provider.closed]))
    expect(seen).toEqual([false, payId])
  })
})

describe('an order that is paid by a provider (R-17, U-25)', () => {
  it('is asked about more and more seldom, and ends with its time', async () => {
    await began()
    desk.start()
    for (let i = 0; i < 60; i += 1) await pass(15 * SECOND)
    expect(provider.asked.length).toBeGreaterThan(15)
    expect(provider.asked.length).toBeLessThan(60)
    expect(one('SELECT state FROM order_pay_info')).toBe(2)
    expect(provider.closed).toHaveLength(1)
  })

  it('is not failed while the provider cannot be asked; its coins stay held', async () => {
    await site.run(() =>
      site.books.db
        .statement(
          `INSERT INTO pmoney_charge_pay (payId, user, pmoney, state, payTime, createTime)
      VALUES ('P1', '${USER}', 2, 1, 'x', 'x')`,
        )
        .run(),
    )
    await site.run(() => {
      site.books.db
        .statement(
          `INSERT INTO pmoney_charge_info (payId, user, pmoney, payTime) VALUES ('P1', '${USER}', 2, 'x')`,
        )
        .run()
      site.books.db.statement(`UPDATE user_info SET pmoney = 2 WHERE user = '${USER}'`).run()
    })
    await began(2)
    expect(balance()).toBe(0)
    provider.failure = 'unreachable'
    await pass(20 * MINUTE)
    await desk.round()
    expect([one('SELECT state FROM order_pay_info'), balance()]).toEqual([0, 0])
    provider.failure = null
    await desk.round()
    expect([one('SELECT state FROM order_pay_info'), balance()]).toEqual([2, 2])
  })

  it('is settled where it was paid while staff wanted to close it', async () => {
    const orderId = await began()
    provider.pay(provider.begun[0]?.reference ?? '', now())
    const seen = await desk.byStaff(orderId, false, (open) =>
      Promise.resolve([open, one('SELECT payTime FROM order_info')]),
    )
    expect(seen).toEqual([false, '2026-03-01 00:00:00'])
  })

  it('is asked about at most once a second, however often a phone asks', async () => {
    const orderId = await began()
    await pass(2 * SECOND)
    await Promise.all(Array.from({ length: 30 }, () => desk.refreshOrder(orderId)))
    expect(provider.asked).toHaveLength(1)
  })
})
