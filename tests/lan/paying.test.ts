import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { giveUp } from '#core/charging/orders.ts'
import { failAttempt, pendingOf, settleByStaff } from '#core/charging/payments.ts'
import { MINUTE, SECOND } from '#shared/time.ts'
import { contradictions } from '../fixtures/lan-books.ts'
import { openLan, type LanSite, type Params } from '../fixtures/lan.ts'

const USER = '13800001234'
const OTHER = '13800005555'
const BOSS = '13900005678'

let site: LanSite
let orderId: string
beforeEach(async () => {
  site = await openLan()
  await site.add.user(USER, { coins: 5 })
  await site.add.user(OTHER)
  await site.add.manager(BOSS)
  await site.add.charger('A1', { manager: BOSS, priceFen: 150 })
  const order = { user: USER, deviceCode: 'A1', port: 1, unitPrice: 1.5, unit: 2, money: 3 }
  const { data } = await site.call<{ orderId: string }[]>('newPowerOrder', order)
  orderId = data[0]?.orderId ?? ''
})
afterEach(() => {
  expect(contradictions(site.test.store.site)).toEqual([])
  return site.close()
})

type Pay = { package: string }[]
const pay = (more: Params = {}) =>
  site.call<Pay>('payPowerOrder', { user: USER, orderId, money: 3, pmoney: 1, cash: 2, ...more })
const coins = () => site.count('SELECT pmoney FROM user_info WHERE user = ?', USER)
const attempts = () => site.all('SELECT pmoney, cash, state FROM order_pay_info ORDER BY id')
const state = async () => (await site.call('queryOrderPay', { orderId })).data
const staff = () => {
  const { books } = site.charging
  return books.db.write(() => settleByStaff(books, orderId, 'desk', site.clock.now()))
}
const SUCCESS = [{ result: 0, reason: '', state: 1 }]
const WAITS = [{ result: 1, reason: '待支付', state: 0 }]

describe('paying an order at the desk (UE-14, UE-15)', () => {
  it('holds the coins, waits for staff, and settles once (U-25, U-26, R-17)', async () => {
    expect(await state()).toEqual(WAITS)
    expect(await pay()).toEqual({ status: 200, code: 0, message: '成功', data: [{ package: '' }] })
    expect(coins()).toBe(4)
    expect(await state()).toEqual(WAITS)
    await site.clock.advance(MINUTE)
    expect([await staff(), await staff()]).toEqual(['settled', 'again'])
    expect(await state()).toEqual(SUCCESS)
    expect(coins()).toBe(4)
    expect(site.get('SELECT pmoney, cash, payTime, cashOutFlag FROM order_info')).toEqual({
      pmoney: 1,
      cash: 200,
      payTime: '2026-03-01 00:01:00',
      cashOutFlag: 0,
    })
    expect(site.get('SELECT state, wxPayid FROM order_pay_info')).toEqual({
      state: 1,
      wxPayid: 'OFFLINE-desk',
    })
    expect(await pay()).toMatchObject({ code: 3, message: '账单已支付' })
  })

  it('settles at once what coins pay whole', async () => {
    expect(await pay({ pmoney: 3, cash: 0 })).toMatchObject({ code: 0, data: [{ package: '' }] })
    expect(await state()).toEqual(SUCCESS)
    expect(coins()).toBe(2)
    expect(site.get('SELECT pmoney, cash, cashOutFlag FROM order_info')).toEqual({
      pmoney: 3,
      cash: 0,
      cashOutFlag: 2,
    })
  })

  it.each([
    [{ orderId: '90000000000000' }, 3, '账单不存在'],
    [{ user: OTHER }, 5, '不是本人的账单'],
    [{ money: 2.99 }, 3, '金额与账单不一致'],
    [{ money: 3.004 }, 3, '金额与账单不一致'],
    [{ cash: 1.99 }, 3, '电币与现金之和应等于账单金额'],
    [{ cash: 2.01 }, 3, '电币与现金之和应等于账单金额'],
    [{ pmoney: 4, cash: -1 }, 3, '电币与现金之和应等于账单金额'],
    [{ pmoney: -1, cash: 4 }, 3, '电币与现金之和应等于账单金额'],
    [{ pmoney: 1.5, cash: 1.5 }, 3, '参数 pmoney 格式错误'],
    [{ cash: undefined }, 3, '缺少参数 cash'],
  ])('is refused: %j → %i %s (R-15)', async (wrong, code, message) => {
    expect(await pay(wrong)).toMatchObject({ status: 200, code, message, data: [] })
    expect(attempts()).toEqual([])
    expect(coins()).toBe(5)
  })

  it('is refused with 3 for more coins than there are', async () => {
    await site.call('newPmoneyGift', { userFrom: USER, userTo: OTHER, pmoney: 3 })
    expect(await pay({ pmoney: 3, cash: 0 })).toMatchObject({ code: 3, message: '电币不足' })
    expect(await pay({ pmoney: 2, cash: 1 })).toMatchObject({ code: 0 })
  })

  it.each([
    ['unknown order before owner', { orderId: '9', user: OTHER }, 3],
    ['owner before sum', { user: OTHER, money: 1 }, 5],
    ['sum before parts', { money: 1, cash: 9 }, 3],
  ])('checks %s', async (_, wrong, code) => {
    expect(await pay(wrong)).toMatchObject({ code })
  })

  it('replaces what was begun with other parts, and holds coins once (R-16)', async () => {
    await site.call('newPmoneyGift', { userFrom: USER, userTo: OTHER, pmoney: 2 })
    await pay({ pmoney: 2, cash: 1 })
    await pay({ pmoney: 2, cash: 1 })
    expect([attempts(), coins()]).toEqual([[{ pmoney: 2, cash: 100, state: 0 }], 1])
    await pay({ pmoney: 0, cash: 3 })
    expect(coins()).toBe(3)
    await pay({ pmoney: 3, cash: 0 })
    expect(coins()).toBe(0)
    expect(attempts()).toEqual([
      { pmoney: 2, cash: 100, state: 2 },
      { pmoney: 0, cash: 300, state: 2 },
      { pmoney: 3, cash: 0, state: 1 },
    ])
  })

  it('gives held coins back after a quarter of an hour (U-25); staff may still be paid', async () => {
    await pay()
    await site.clock.advance(15 * MINUTE - SECOND)
    await site.charging.payments.round()
    expect(coins()).toBe(4)
    await site.clock.advance(SECOND)
    await site.charging.payments.round()
    expect(coins()).toBe(5)
    expect(await state()).toEqual([{ result: 1, reason: '支付失败', state: 2 }])
    expect(await staff()).toBe('settled')
    expect(site.get('SELECT pmoney, cash FROM order_info')).toEqual({ pmoney: 0, cash: 300 })
  })

  it('cannot be asked about for nobody’s order', async () => {
    expect(await site.call('queryOrderPay', { orderId: '9' })).toMatchObject({
      code: 3,
      data: [{ result: 1 }],
    })
    expect(await site.call('queryOrderPay')).toMatchObject({ code: 3, data: [{ result: 1 }] })
  })
})

describe('paying an order by a provider', () => {
  beforeEach(() => {
    site.payments.kind = 'wechatpay'
  })
  const reference = () => site.payments.begun.at(-1)?.reference ?? ''

  it('answers what wx.requestPayment needs, the same for the same parts (R-16)', async () => {
    const first = await pay()
    expect(first.data).toEqual([
      { package: `prepay_id=prepay-${orderId}-1`, signType: 'RSA', paySign: 'signed' },
    ])
    expect(await pay()).toEqual(first)
    expect(site.payments.begun.map(({ amountFen }) => amountFen)).toEqual([200, 200])
    expect(site.get('SELECT prepayId FROM order_pay_info')).toEqual({ prepayId: `prepay-${orderId}-1` })
  })

  it('is settled by asking, once (R-17)', async () => {
    await pay()
    site.payments.pay(reference(), site.clock.now())
    expect(await state()).toEqual(SUCCESS)
    await site.clock.advance(MINUTE)
    await site.charging.payments.round()
    expect(site.get('SELECT state, wxPayid FROM order_pay_info')).toEqual({
      state: 1,
      wxPayid: `WX-${orderId}-1`,
    })
  })

  it('tells what the books know while the provider cannot be reached', async () => {
    await pay()
    site.payments.failure = 'unreachable'
    expect(await site.call('queryOrderPay', { orderId })).toMatchObject({ code: 0, data: WAITS })
  })

  it('closes what it replaces, and does not replace what was paid meanwhile (R-16)', async () => {
    await pay()
    const first = reference()
    await pay({ pmoney: 0, cash: 3 })
    expect(site.payments.closed).toEqual([first])
    site.payments.pay(reference(), site.clock.now())
    expect(await pay({ pmoney: 3, cash: 0 })).toMatchObject({ code: 3, message: '账单已支付' })
    expect(await state()).toEqual(SUCCESS)
    expect(coins()).toBe(5)
    expect(site.get('SELECT cash FROM order_info')).toEqual({ cash: 300 })
  })

  it('keeps coins held where nobody knows what became of it; the same again goes on', async () => {
    site.payments.failure = 'unreachable'
    expect(await pay()).toMatchObject({ status: 200, code: 5, message: '支付服务暂时无法连接', data: [] })
    expect([coins(), attempts().length]).toEqual([4, 1])
    site.payments.failure = null
    expect(await pay()).toMatchObject({ code: 0 })
    expect([coins(), attempts().length]).toEqual([4, 1])
  })

  it('gives the coins back where the provider refuses', async () => {
    site.payments.failure = 'refused'
    expect(await pay()).toMatchObject({ status: 200, code: 5, message: '支付服务未受理', data: [] })
    expect([coins(), attempts()]).toEqual([5, [{ pmoney: 1, cash: 200, state: 2 }]])
  })

  it('ends one after the other what two phones begin at once', async () => {
    await Promise.all([pay(), pay({ pmoney: 0, cash: 3 }), pay({ pmoney: 2, cash: 1 }), pay()])
    const open = site.all("SELECT orderId || '-' || id AS ref FROM order_pay_info WHERE state = 0")
    expect(open).toHaveLength(1)
    const left = site.payments.begun
      .map((one) => one.reference)
      .filter((r) => !site.payments.closed.includes(r))
    expect(new Set(left)).toEqual(new Set(open.map(({ ref }) => ref)))
  })

  it('raises a task for money that came too late, and settles what is still open (R-17)', async () => {
    const { books, payments } = site.charging
    await pay()
    const first = pendingOf(books, orderId)
    if (!first) throw new Error('nothing was begun')
    await books.db.write(() => failAttempt(books, first))
    await payments.settle(first.id, { transactionId: 'late-1', paidAt: site.clock.now() })
    expect(await state()).toEqual(SUCCESS)
    expect(coins()).toBe(4)
    await payments.settle(first.id, { transactionId: 'late-1', paidAt: site.clock.now() })
    expect(site.count('SELECT count(*) FROM order_refund_task')).toBe(0)
    await payments.settle(first.id, { transactionId: 'late-2', paidAt: site.clock.now() })
    await payments.settle(first.id, { transactionId: 'late-2', paidAt: site.clock.now() })
    expect(site.all('SELECT orderId, wxPayid, amountFen FROM order_refund_task')).toEqual([
      { orderId, wxPayid: 'late-2', amountFen: 200 },
    ])
  })

  it('gives money back for an order that was cancelled', async () => {
    const { books, payments } = site.charging
    await pay()
    const first = pendingOf(books, orderId)
    if (!first) throw new Error('nothing was begun')
    await payments.byStaff(orderId, false, () =>
      books.db.write(() => giveUp(books, orderId, site.clock.now())),
    )
    expect(site.payments.closed).toEqual([`${orderId}-${first.id}`])
    expect(coins()).toBe(5)
    await payments.settle(first.id, { transactionId: 'late', paidAt: site.clock.now() })
    expect(site.all('SELECT wxPayid, amountFen FROM order_refund_task')).toEqual([
      { wxPayid: 'late', amountFen: 200 },
    ])
    expect(coins()).toBe(5)
  })
})
