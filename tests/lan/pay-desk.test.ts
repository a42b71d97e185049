import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCharging, type Charging } from '#core/charging/index.ts'
import { cancelOrder, newOrder } from '#core/charging/orders.ts'
import { referenceOf, pendingOf } from '#core/charging/payments.ts'
import { createDevices } from '#core/devices/index.ts'
import { defaults } from '#core/settings/defaults.ts'
import { createHttp } from '#main/adapters/http.ts'
import { wechatPay } from '#main/lan/payment/wechatpay/index.ts'
import { readKeys } from '#main/lan/payment/wechatpay/keys.ts'
import { readNotification } from '#main/lan/payment/wechatpay/notification.ts'
import { HOUR, MINUTE, SECOND } from '#shared/time.ts'
import { FakeClock } from '../fixtures/fake-clock.ts'
import { callOf } from '../fixtures/ledger-rows.ts'
import { openTestStore, testContext, type TestStore } from '../fixtures/store.ts'
import { API_V3_KEY, APP_ID, MERCHANT, WechatPayServer } from '../fixtures/wechat-pay.ts'
import { operators } from '../fixtures/second-person.ts'

/** 2026-03-02 10:00 at the site */
const NOW = Date.UTC(2026, 2, 2, 2)
const USER = '13800001234'
const BOSS = '13900005678'

let server: WechatPayServer
let clock = new FakeClock(NOW)
beforeAll(async () => {
  server = await WechatPayServer.start(() => clock.now())
})
afterAll(() => server.close())

let test: TestStore
let charging: Charging
beforeEach(async () => {
  clock = new FakeClock(NOW)
  server.fault = null
  server.orders.clear()
  test = await openTestStore()
  const ctx = testContext(test, { ports: { clock, http: createHttp() } })
  const settings = {
    zone: () => 8 * HOUR,
    values: () => ({ lan: { ...defaults(false).lan, cashOutServiceBp: 0 } }),
  } as never
  const devices = createDevices(ctx, { settings })
  const provider = wechatPay({
    ...ctx.ports,
    ...server.settings,
    keys: readKeys(server.settings),
    appId: () => APP_ID,
  })
  charging = createCharging(ctx, { settings, devices, operators, provider: () => provider })
  await test.store.site.write(() => {
    const { sql } = test.store.site
    sql.exec(`INSERT INTO user_info (user, pmoney, setupTime) VALUES ('${USER}', 3, '2026-01-01 08:00:00')`)
    sql.exec(`INSERT INTO wx_info (side, openId, phone, insertTime, updateTime)
      VALUES ('user', 'openid-1', '${USER}', '2026-03-02 09:00:00', '2026-03-02 09:00:00')`)
    sql.exec(`INSERT INTO manager_info (manager, setupTime) VALUES ('${BOSS}', '2026-01-01 08:00:00')`)
    devices.enrol({ deviceCode: 'A1', btName: 'BUC_1A2B3C4D5E6F', alias: '东门' }, NOW)
    sql.exec(`UPDATE device_info SET manager = '${BOSS}', unitPrice = 100`)
  })
})
afterEach(async () => {
  await charging.close()
  await test.close()
})

/** An order of ¥4.00 of which two coins and ¥2.00 are being paid. */
async function beginPaying(): Promise<{ orderId: string; reference: string }> {
  const orderId = await order()
  await charging.payments.payOrder(
    { user: USER, orderId, moneyFen: 400, coins: 2, cashFen: 200 },
    clock.now(),
  )
  return { orderId, reference: referenceNow(orderId) }
}

const order = () =>
  test.store.site.write(
    () =>
      newOrder(
        charging.books,
        { user: USER, deviceCode: 'A1', port: 1, unit: 4, unitPriceFen: 100, moneyFen: 400 },
        clock.now(),
      ).orderId,
  )

function referenceNow(orderId: string): string {
  const pending = pendingOf(charging.books, orderId)
  if (!pending) throw new Error('nothing is pending')
  return referenceOf(pending)
}

const paidAt = (orderId: string) =>
  test.store.site
    .statement<{ payTime: string | null }>('SELECT payTime FROM order_info WHERE orderId = ?')
    .get(orderId)?.payTime
const coins = () =>
  test.store.site.statement<{ pmoney: number }>('SELECT pmoney FROM user_info').get()?.pmoney
const refunds = () =>
  test.store.site.statement<{ wxPayid: string; amountFen: number }>('SELECT * FROM order_refund_task').all()
const pass = (ms: number) => clock.setWall(clock.now() + ms)

describe('a desk that nobody notifies', () => {
  it('asks after a silence and settles the order once', async () => {
    const { orderId, reference } = await beginPaying()
    expect(coins()).toBe(1)
    await charging.payments.round()
    expect(paidAt(orderId)).toBeNull()
    server.pay(reference)
    pass(20 * SECOND)
    await charging.payments.round()
    expect(paidAt(orderId)).toBe('2026-03-02 10:00:00')
    pass(MINUTE)
    await charging.payments.round()
    expect([coins(), refunds()]).toEqual([1, []])
  })

  it('asks at once when the phone asks', async () => {
    const { orderId, reference } = await beginPaying()
    server.pay(reference)
    pass(2 * SECOND)
    await charging.payments.refreshOrder(orderId)
    expect(paidAt(orderId)).not.toBeNull()
  })

  it('asks by itself once it was started', async () => {
    const { orderId, reference } = await beginPaying()
    server.pay(reference)
    charging.start()
    const settled = new Promise<void>((resolve) => {
      const ask = setInterval(() => {
        if (paidAt(orderId) === null) return
        clearInterval(ask)
        resolve()
      }, 5)
    })
    await clock.advance(6 * SECOND)
    await settled
    expect(paidAt(orderId)).not.toBeNull()
  })

  it('learns of a payment whose beginning was answered by nobody', async () => {
    server.fault = 'answerLost'
    const orderId = await order()
    const parts = { user: USER, orderId, moneyFen: 400, coins: 2, cashFen: 200 }
    await expect(charging.payments.payOrder(parts, clock.now())).rejects.toMatchObject({ code: 5 })
    server.fault = null
    server.pay(referenceNow(orderId))
    pass(20 * SECOND)
    await charging.payments.round()
    expect(paidAt(orderId)).not.toBeNull()
  })

  it('keeps waiting while answers cannot be believed', async () => {
    const { orderId, reference } = await beginPaying()
    server.pay(reference)
    server.fault = 'tampered'
    pass(16 * MINUTE)
    await charging.payments.round()
    expect(paidAt(orderId)).toBeNull()
    expect(pendingOf(charging.books, orderId)).toBeDefined()
    server.fault = null
    await charging.payments.round()
    expect(paidAt(orderId)).not.toBeNull()
  })
})

describe('a payment whose time is over', () => {
  it('is closed there before its coins go back here', async () => {
    const { orderId, reference } = await beginPaying()
    pass(15 * MINUTE)
    await charging.payments.round()
    expect(server.orders.get(reference)?.state).toBe('CLOSED')
    expect([coins(), paidAt(orderId)]).toEqual([3, null])
    expect(pendingOf(charging.books, orderId)).toBeUndefined()
  })

  it('settles when it was paid at the last moment', async () => {
    const { orderId, reference } = await beginPaying()
    pass(15 * MINUTE)
    server.pay(reference)
    await charging.payments.round()
    expect([coins(), paidAt(orderId)]).toEqual([1, '2026-03-02 10:15:00'])
  })

  it('raises one refund task when money comes for an order that was given up', async () => {
    const { orderId, reference } = await beginPaying()
    // another desk restored an older backup: this one believes the attempt over, the platform does not
    const attempt = pendingOf(charging.books, orderId)
    if (!attempt) throw new Error('nothing is pending')
    await test.store.site.write(() => {
      test.store.site.sql.exec(`DELETE FROM order_pay_info WHERE id = ${attempt.id}`)
      test.store.site.sql.exec('UPDATE user_info SET pmoney = 3')
    })
    await test.store.site.write(() => cancelOrder(charging.books, orderId, clock.now()))
    await test.store.site.write(() => {
      test.store.site.sql.exec(`INSERT INTO order_pay_info
        (id, orderId, user, deviceCode, port, unitPrice, unit, money, orderTime, pmoney, cash, state, createTime)
        VALUES (${attempt.id}, '${orderId}', '${USER}', 'A1', 1, 100, 4, 400, '2026-03-02 10:00:00', 2, 200, 2,
          '2026-03-02 10:00:00')`)
    })
    const transactionId = server.pay(reference)
    const merchant = { mchId: MERCHANT.mchId, apiV3Key: API_V3_KEY, keys: readKeys(server.settings) }
    const told = readNotification(merchant, server.notification(reference), clock.now())
    expect(told).toMatchObject({ state: 'success', reference })
    const settle = () => charging.payments.settle(attempt.id, { transactionId, paidAt: told?.paidAt ?? 0 })
    await settle()
    await settle()
    expect(refunds()).toMatchObject([{ wxPayid: transactionId, amountFen: 200 }])
    expect([coins(), paidAt(orderId)]).toEqual([3, null])
  })
})

describe('coins bought by WeChat Pay', () => {
  it('come once the platform says that they are paid', async () => {
    const { payId, package: pack } = await charging.payments.buyCoins({ user: USER, coins: 10 }, clock.now())
    expect(pack).toBe(`prepay_id=wx-prepay-${payId}`)
    server.pay(payId)
    pass(20 * SECOND)
    await charging.payments.refreshCharge(payId)
    await charging.payments.refreshCharge(payId)
    expect(coins()).toBe(13)
  })

  it('do not come when nobody pays in time', async () => {
    const { payId } = await charging.payments.buyCoins({ user: USER, coins: 10 }, clock.now())
    pass(15 * MINUTE)
    await charging.payments.round()
    expect(server.orders.get(payId)?.state).toBe('CLOSED')
    expect(coins()).toBe(3)
  })
})

describe('what a supervisor ended while WeChat Pay was silent', () => {
  const sue = () => callOf(test, 'Sue', ['supervisor'])
  const withoutProvider = '店内网络中断，顾客已付现金'

  it('is given back where it is paid there as well, once', async () => {
    const { orderId, reference } = await beginPaying()
    server.fault = 'requestLost'
    await charging.handlers['orders.confirmPayment'](sue(), { orderId, withoutProvider })
    server.fault = null
    const transactionId = server.pay(reference)
    for (let i = 0; i < 2; i += 1) {
      pass(MINUTE)
      await charging.payments.round()
    }
    expect(refunds()).toMatchObject([{ orderId, wxPayid: transactionId, amountFen: 200 }])
    expect(coins()).toBe(1)
  })

  it('is closed there as soon as it answers, and its coins went back before', async () => {
    const { orderId, reference } = await beginPaying()
    server.fault = 'requestLost'
    await charging.handlers['orders.cancel'](sue(), { orderId, reason: '端口坏了', withoutProvider })
    expect(coins()).toBe(3)
    pass(MINUTE)
    await charging.payments.round()
    server.fault = null
    pass(MINUTE)
    await charging.payments.round()
    expect([server.orders.get(reference)?.state, refunds()]).toEqual(['CLOSED', []])
    const asked = server.requests.length
    pass(MINUTE)
    await charging.payments.round()
    expect(server.requests).toHaveLength(asked)
  })

  it('as coins that staff were paid for is given back too', async () => {
    const { payId } = await charging.payments.buyCoins({ user: USER, coins: 10 }, clock.now())
    server.fault = 'requestLost'
    await charging.handlers['coins.confirmPayment'](sue(), { payId, withoutProvider })
    server.fault = null
    const transactionId = server.pay(payId)
    pass(MINUTE)
    await charging.payments.round()
    expect(refunds()).toMatchObject([{ orderId: payId, wxPayid: transactionId, amountFen: 1000 }])
    expect(coins()).toBe(13)
  })
})
