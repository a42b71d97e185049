import { copyFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE, SECOND } from '#shared/time.ts'
import { FakeClock } from '../fixtures/fake-clock.ts'
import { contradictions } from '../fixtures/lan-books.ts'
import { callOf } from '../fixtures/ledger-rows.ts'
import { openPaySite, PAYER, TEN_O_CLOCK, type PaySite } from '../fixtures/pay-site.ts'
import { API_V3_KEY, MERCHANT, WechatPayServer } from '../fixtures/wechat-pay.ts'

/** The settings name somebody else while payments are under way. */

const OTHER = { mchId: '1900000002', serialNo: '7A5B0000000000000000000000000000000000EE' }

let clock = new FakeClock(TEN_O_CLOCK)
let first: WechatPayServer
let second: WechatPayServer
let site: PaySite
beforeAll(async () => {
  first = await WechatPayServer.start(() => clock.now())
  second = await WechatPayServer.start(() => clock.now(), OTHER)
})
afterAll(() => Promise.all([first.close(), second.close()]))
beforeEach(async () => {
  clock = new FakeClock(TEN_O_CLOCK)
  for (const server of [first, second]) {
    server.fault = null
    server.before = () => undefined
    server.orders.clear()
    server.requests.length = 0
  }
  site = await openPaySite(clock)
})
afterEach(async () => {
  expect(contradictions(site.test.store.site)).toEqual([])
  await site.close()
})

const settingsOf = (server: WechatPayServer, more: object = {}) => ({
  ...server.settings,
  apiV3Key: API_V3_KEY,
  ...more,
})
const OFFLINE = { kind: 'offline' as const }
const parts = { money: 4, pmoney: 2, cash: 2 }
const pay = (orderId: string, more: object = {}) =>
  site.phone.call('payPowerOrder', { user: PAYER, orderId, ...parts, ...more })

/** An order of ¥4.00 of which two coins are held and ¥2.00 are being paid. */
async function beginOrder(): Promise<string> {
  const wanted = { user: PAYER, deviceCode: 'A1', port: 1, unitPrice: 1, unit: 4, money: 4 }
  const { data } = await site.phone.call<{ orderId: string }[]>('newPowerOrder', wanted)
  const orderId = data[0]?.orderId ?? ''
  expect(await pay(orderId)).toMatchObject({ code: 0 })
  return orderId
}

/** Ten coins for ¥10.00. */
async function beginCoins(): Promise<string> {
  const { data } = await site.phone.call<{ payId: string }[]>('newPmoneyCharge', { user: PAYER, pmoney: 10 })
  return data[0]?.payId ?? ''
}

const referenceOf = (orderId: string) =>
  String(site.one(`SELECT orderId || '-' || max(id) FROM order_pay_info WHERE orderId = '${orderId}'`))
const coins = () => site.one('SELECT pmoney FROM user_info')
const attempts = () => site.all('SELECT state, provider, mchId FROM order_pay_info ORDER BY id')
const paidAt = () => site.one('SELECT payTime FROM order_info')
const refunds = () => site.all('SELECT orderId, wxPayid, amountFen, reason FROM order_refund_task')
const round = async (after: number) => {
  await clock.advance(after)
  await site.charging.payments.round()
}
const staff = (role: 'cashier' | 'supervisor' = 'cashier') => callOf(site.test, 'Cas', [role])
const confirm = (orderId: string) =>
  Promise.resolve(site.charging.handlers['orders.confirmPayment'](staff(), { orderId }))
const SUCCESS = { code: 0, data: [{ result: 0, state: 1 }] }

/** What the settings become; the program is started anew after one of the changes. */
const CHANGES: [string, () => Promise<void>][] = [
  ['staff', () => site.set(OFFLINE)],
  ['another merchant, before a restart', () => site.set(settingsOf(second)).then(() => site.restart())],
]

describe.each(CHANGES)('payments under way at a merchant when the settings change to %s', (_, change) => {
  it('settle by what was paid there, once', async () => {
    await site.set(settingsOf(first))
    const [orderId, payId] = [await beginOrder(), await beginCoins()]
    first.pay(referenceOf(orderId))
    first.pay(payId)
    await change()
    await round(20 * SECOND)
    await round(20 * MINUTE)
    expect([paidAt(), coins(), refunds()]).toEqual(['2026-03-02 10:00:00', 11, []])
    expect(await site.phone.call('queryOrderPay', { orderId })).toMatchObject(SUCCESS)
    expect(await site.phone.call('queryPmoneyPay', { payId })).toMatchObject(SUCCESS)
    expect(second.requests).toEqual([])
  })

  it('settle by what is paid there in the last moment', async () => {
    await site.set(settingsOf(first))
    const [orderId, payId] = [await beginOrder(), await beginCoins()]
    await change()
    await clock.advance(15 * MINUTE)
    first.pay(referenceOf(orderId))
    first.pay(payId)
    await site.charging.payments.round()
    expect([paidAt(), coins(), refunds()]).toEqual(['2026-03-02 10:15:00', 11, []])
  })

  it('are closed there when their time is over, and never while it does not answer', async () => {
    await site.set(settingsOf(first))
    const [orderId, payId] = [await beginOrder(), await beginCoins()]
    const reference = referenceOf(orderId)
    await change()
    first.fault = 'requestLost'
    await round(16 * MINUTE)
    expect([attempts()[0]?.['state'], coins()]).toEqual([0, 1])
    first.fault = null
    await round(2 * MINUTE)
    expect([first.orders.get(reference)?.state, first.orders.get(payId)?.state]).toEqual(['CLOSED', 'CLOSED'])
    expect([attempts()[0]?.['state'], coins(), paidAt()]).toEqual([2, 3, null])
  })

  it('are not paid to staff a second time', async () => {
    await site.set(settingsOf(first))
    const [orderId, payId] = [await beginOrder(), await beginCoins()]
    const providerId = first.pay(referenceOf(orderId))
    first.pay(payId)
    await change()
    await expect(confirm(orderId)).rejects.toMatchObject({ code: 'ALREADY_PAID', data: { providerId } })
    const credit = Promise.resolve(site.charging.handlers['coins.confirmPayment'](staff(), { payId }))
    await expect(credit).rejects.toMatchObject({ code: 'ALREADY_PAID', data: { by: 'provider' } })
    expect([coins(), refunds()]).toEqual([11, []])
  })

  it('are closed there before staff take the money', async () => {
    await site.set(settingsOf(first))
    const orderId = await beginOrder()
    const reference = referenceOf(orderId)
    await change()
    expect(await confirm(orderId)).toMatchObject({ state: 'settled', coins: 2, cashFen: 200 })
    expect(first.orders.get(reference)?.state).toBe('CLOSED')
  })

  it('are closed there before the phone pays elsewhere with the same parts', async () => {
    await site.set(settingsOf(first))
    const orderId = await beginOrder()
    const reference = referenceOf(orderId)
    await change()
    expect(await pay(orderId)).toMatchObject({ code: 0 })
    expect(first.orders.get(reference)?.state).toBe('CLOSED')
    expect(attempts().map(({ state }) => state)).toEqual([2, 0])
    expect(attempts()[0]).toMatchObject({ provider: 'wechatpay', mchId: MERCHANT.mchId })
    expect(coins()).toBe(1)
    expect(referenceOf(orderId)).not.toBe(reference)
  })

  it('are not begun elsewhere where they were paid', async () => {
    await site.set(settingsOf(first))
    const orderId = await beginOrder()
    first.pay(referenceOf(orderId))
    await change()
    expect(await pay(orderId)).toMatchObject({ code: 3, message: '账单已支付' })
    expect([attempts().length, second.orders.size, coins()]).toEqual([1, 0, 1])
  })
})

describe('payments that staff are to be paid for when the settings change to WeChat Pay', () => {
  beforeEach(() => site.set(OFFLINE))

  it('stay with staff: WeChat Pay is never asked about them', async () => {
    const [orderId, payId] = [await beginOrder(), await beginCoins()]
    await site.set(settingsOf(first))
    await site.phone.call('queryOrderPay', { orderId })
    await round(14 * MINUTE)
    expect(await confirm(orderId)).toMatchObject({ state: 'settled', cashFen: 200 })
    // coins wait a day for staff, not a quarter of an hour
    await round(2 * 60 * MINUTE)
    expect(await site.charging.handlers['coins.confirmPayment'](staff(), { payId })).toMatchObject({
      balance: 11,
    })
    expect(first.requests).toEqual([])
  })

  it('are begun anew there where the phone pays again', async () => {
    const orderId = await beginOrder()
    await site.set(settingsOf(first))
    expect(await pay(orderId)).toMatchObject({ code: 0 })
    expect(attempts()).toEqual([
      { state: 2, provider: 'offline', mchId: null },
      { state: 0, provider: 'wechatpay', mchId: MERCHANT.mchId },
    ])
    first.pay(referenceOf(orderId))
    await round(20 * SECOND)
    expect([paidAt(), coins()]).toEqual(['2026-03-02 10:00:00', 1])
  })
})

describe('a merchant that the settings do not name any more', () => {
  it('is asked with the key file that it had last', async () => {
    const moved = join(first.directory, 'moved.pem')
    const old = join(first.directory, 'old.pem')
    copyFileSync(first.privateKeyFile, old)
    copyFileSync(first.privateKeyFile, moved)
    await site.set(settingsOf(first, { privateKeyFile: old }))
    const orderId = await beginOrder()
    first.pay(referenceOf(orderId))
    await site.set(settingsOf(first, { privateKeyFile: moved }))
    rmSync(old)
    await site.set(OFFLINE)
    await round(20 * SECOND)
    expect(paidAt()).toBe('2026-03-02 10:00:00')
  })

  it('whose key file is gone leaves payments waiting, which a supervisor ends; money there is given back', async () => {
    await site.set(settingsOf(first))
    const orderId = await beginOrder()
    const reference = referenceOf(orderId)
    await site.set(settingsOf(second))
    const aside = join(first.directory, 'aside.pem')
    renameSync(first.privateKeyFile, aside)
    await round(20 * MINUTE)
    expect([attempts()[0]?.['state'], coins()]).toEqual([0, 1])
    await expect(confirm(orderId)).rejects.toMatchObject({
      code: 'PAYMENT_UNKNOWN',
      data: { kind: 'notConfigured' },
    })
    const withoutProvider = '旧商户的密钥文件已删除，顾客付了现金'
    const { 'orders.confirmPayment': confirmPayment } = site.charging.handlers
    await confirmPayment(staff('supervisor'), { orderId, withoutProvider })
    expect(paidAt()).toBe('2026-03-02 10:20:00')
    const wxPayid = first.pay(reference)
    renameSync(aside, first.privateKeyFile)
    await round(2 * MINUTE)
    await round(2 * MINUTE)
    expect(refunds()).toMatchObject([{ orderId, wxPayid, amountFen: 200 }])
    expect(refunds()[0]?.['reason']).toContain(`商户 ${MERCHANT.mchId}`)
  })

  it('keeps what was begun with it in the moment in which the settings changed', async () => {
    await site.set(settingsOf(first))
    let changed: Promise<void> | null = null
    first.before = (path) => {
      if (path.endsWith('/jsapi')) changed ??= site.set(settingsOf(second))
      return changed ?? undefined
    }
    const orderId = await beginOrder()
    expect(attempts()).toEqual([{ state: 0, provider: 'wechatpay', mchId: MERCHANT.mchId }])
    first.pay(referenceOf(orderId))
    await round(20 * SECOND)
    expect([paidAt(), refunds()]).toEqual(['2026-03-02 10:00:00', []])
  })

  it('is named by no secret', async () => {
    await site.set(settingsOf(first))
    await beginOrder()
    const { serialNo, privateKeyFile, platformKeyFile, baseUrl } = first.settings
    const [row] = site.all('SELECT * FROM payment_merchant')
    expect(JSON.parse(String(row?.['settings']))).toEqual({
      serialNo,
      privateKeyFile,
      platformKeyFile,
      baseUrl,
    })
  })
})

describe('a provider that says paid, and then that it is not', () => {
  it('lets nothing take the place of that payment', async () => {
    await site.set(settingsOf(first))
    const orderId = await beginOrder()
    const reference = referenceOf(orderId)
    first.pay(reference)
    first.before = (path) => {
      const order = first.orders.get(reference)
      if (order) order.state = path.endsWith('/close') ? 'SUCCESS' : 'NOTPAY'
    }
    expect(await pay(orderId, { pmoney: 1, cash: 3 })).toMatchObject({ code: 5 })
    expect(attempts().map(({ state }) => state)).toEqual([0])
  })
})
