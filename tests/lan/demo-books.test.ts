import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSqlDriver } from '#main/adapters/sqlite.ts'
import { demoBooks } from '#main/demo/charging/index.ts'
import { HOUR } from '#shared/time.ts'
import { openDemoConsole, type DemoConsole } from '../fixtures/console.ts'

/** What the demo's charging business has to be: the sums of real ones, and something for everybody to do. */
describe('the demo’s charging business', () => {
  let console: DemoConsole
  beforeAll(async () => {
    console = await openDemoConsole()
  })
  afterAll(() => console.close())

  const query = <R>(sql: string): R[] => {
    const file = join(console.directory, 'site.db')
    const db = createSqlDriver().open(file, { durable: false, readonly: true })
    const rows = db.statement<Record<string, never>>(sql).all()
    db.close()
    return rows as R[]
  }

  it('has weeks of orders of every kind', async () => {
    const of = (state: 'unpaid' | 'pending' | 'settled' | 'cancelled') =>
      console.call('orders.list', { state: [state], limit: 500 })
    const settled = await of('settled')
    expect(settled.total).toBeGreaterThan(200)
    expect(settled.rows.filter(({ coins }) => coins > 0).length).toBeGreaterThan(20)
    expect(settled.rows.filter(({ cashFen }) => cashFen > 0).length).toBeGreaterThan(100)
    expect(settled.rows.filter(({ coins, cashFen }) => coins > 0 && cashFen > 0).length).toBeGreaterThan(3)
    expect(settled.rows.filter(({ moneyFen }) => moneyFen === 0).length).toBeGreaterThan(10)
    expect((await of('cancelled')).total).toBeGreaterThan(10)
    expect((await of('unpaid')).total).toBe(2)
    expect((await of('pending')).total).toBe(1)
    const days = new Set(settled.rows.map(({ orderedAt }) => Math.floor(orderedAt / (24 * HOUR))))
    expect(days.size).toBeGreaterThan(14)
  })

  it('has a withdrawal of each state, one of them to another account than was paid last', async () => {
    const { rows } = await console.call('cashouts.list', {})
    expect(rows.map(({ state }) => state).toSorted()).toEqual([
      'failed',
      'paid',
      'paid',
      'waiting',
      'waiting',
    ])
    expect(rows.filter(({ accountChanged }) => accountChanged).map(({ state }) => state)).toEqual(['waiting'])
  })

  it('adds up: coins to their ledger, batches to their orders', () => {
    const wrong = query(`
      SELECT user, pmoney FROM user_info u WHERE pmoney <>
        coalesce((SELECT sum(pmoney) FROM pmoney_charge_info WHERE user = u.user), 0)
        + coalesce((SELECT sum(pmoney) FROM pmoney_gift_info WHERE toUser = u.user), 0)
        - coalesce((SELECT sum(pmoney) FROM pmoney_gift_info WHERE fromUser = u.user), 0)
        - coalesce((SELECT sum(pmoney) FROM order_pay_info WHERE user = u.user AND state IN (0, 1)), 0)`)
    expect(wrong).toEqual([])
    expect(query('SELECT 1 AS one FROM user_info WHERE pmoney > 0').length).toBeGreaterThan(3)
    const batches = query(`
      SELECT c.cashOutId FROM cashout_info c WHERE state <> 1
        AND money <> (SELECT sum(cash) FROM order_info o WHERE o.cashOutId = c.cashOutId)`)
    expect(batches).toEqual([])
    const parts = query(`
      SELECT orderId FROM order_info WHERE payTime IS NOT NULL AND money <> pmoney * 100 + cash`)
    expect(parts).toEqual([])
  })

  it('has ports that do not fit their orders, and ports that do', async () => {
    const { rows } = await console.call('orders.zombies', {})
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['noOrder', 'afterEnd', 'portFree']))
    const { ports } = await console.call('devices.get', { deviceCode: '60010017' })
    expect(ports[0]).toMatchObject({ state: 'charging', minutes: 96 })
    expect(rows.filter(({ deviceCode, port }) => deviceCode === '60010017' && port === 1)).toEqual([])
  })

  it('is written once, and not again by the next start', async () => {
    const before = query<{ n: number }>('SELECT count(*) AS n FROM order_info')
    await console.reopen()
    expect(query('SELECT count(*) AS n FROM order_info')).toEqual(before)
    expect(query('SELECT 1 AS one FROM black_user_info')).toHaveLength(1)
    expect(query('SELECT 1 AS one FROM profession_info')).toHaveLength(6)
  })

  it('is the same every time', () => {
    const now = Date.UTC(2026, 2, 20, 4)
    expect(demoBooks(now, 8 * HOUR)).toEqual(demoBooks(now, 8 * HOUR))
  })

  it.each([0, 3, 7, 12, 18, 23])('never begins anything later than it is, at %i o’clock', (hour) => {
    const now = Date.UTC(2026, 2, 20, hour) - 8 * HOUR
    const books = demoBooks(now, 8 * HOUR)
    const text = '2026-03-20 ' + String(hour).padStart(2, '0') + ':00:00'
    const times = [
      ...books.orders.flatMap(({ orderTime, payTime, cancelTime }) => [orderTime, payTime, cancelTime]),
      ...books.purchases.flatMap(({ createTime, payTime }) => [createTime, payTime]),
      ...books.gifts.map(({ giftTime }) => giftTime),
      ...books.cashOuts.flatMap(({ cashOutTime, processTime }) => [cashOutTime, processTime]),
    ]
    expect(times.filter((time) => time !== null && time > text)).toEqual([])
    const open = books.orders.filter(({ payTime, cancelTime }) => payTime === null && cancelTime === null)
    expect(new Set(open.map(({ user }) => user)).size).toBe(open.length)
  })
})
