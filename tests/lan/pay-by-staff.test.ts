import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '#core/context.ts'
import type { SqlDatabase } from '#core/ports.ts'
import type { Role } from '#shared/contract/index.ts'
import { createSqlDriver } from '#main/adapters/sqlite.ts'
import { openConsole, type TestConsole } from '../fixtures/console.ts'
import { contradictions } from '../fixtures/lan-books.ts'
import { lanSettings, Phone } from '../fixtures/lan.ts'
import { API_V3_KEY, APP_ID, WechatPayServer } from '../fixtures/wechat-pay.ts'

/** Staff at the console and phones at WeChat Pay, about the same money at the same time. */

/** somebody else at another charger in each test */
let USER = ''
let CHARGER = ''
let count = 0
const THEN = '2026-01-01 08:00:00'
const BOSS = '13900005678'
const CASHIER: Caller = { door: 'inproc', screen: 'till' }
const SUPERVISOR: Caller = { door: 'inproc', screen: 'office' }
const REASON = '店内网络中断，顾客已付现金'

let server: WechatPayServer
let console: TestConsole
let phone: Phone
/** the file beside the console that has it open */
let books: SqlDatabase

const operators = [
  { name: 'Ada', pin: '482913', roles: ['admin' as Role] },
  { name: 'Sue', pin: '482914', roles: ['supervisor' as Role] },
  { name: 'Cas', pin: '482915', roles: ['cashier' as Role] },
]

beforeAll(async () => {
  server = await WechatPayServer.start(() => Date.now())
  const lan = {
    payment: { ...server.settings, apiV3Key: API_V3_KEY },
    wechat: { kind: 'wechat' as const, user: { appId: APP_ID, secret: 'an-invented-secret' } },
  }
  console = await openConsole({ profile: { ...lanSettings(lan), operators } })
  await console.call('operators.signIn', { name: 'Cas', pin: '482915' }, CASHIER)
  await console.call('operators.signIn', { name: 'Sue', pin: '482914' }, SUPERVISOR)
  await console.core.lan.begin()
  phone = new Phone(console.core.lan.state().url ?? '', () => Date.now())
  books = createSqlDriver().open(join(console.directory, 'site.db'), { durable: true })
  books.exec(`INSERT INTO manager_info (manager, setupTime) VALUES ('${BOSS}', '${THEN}')`)
}, 30_000)
afterAll(async () => {
  books.close()
  await console.close()
  await server.close()
})

beforeEach(() => {
  server.fault = null
  server.before = () => undefined
  server.orders.clear()
  count += 1
  USER = `138000012${String(count).padStart(2, '0')}`
  CHARGER = `A${count}`
  books.exec(`
    INSERT INTO user_info (user, pmoney, setupTime) VALUES ('${USER}', 3, '${THEN}');
    INSERT INTO pmoney_charge_pay (payId, user, pmoney, state, payTime, createTime)
      VALUES ('P-${count}', '${USER}', 3, 1, '${THEN}', '${THEN}');
    INSERT INTO pmoney_charge_info (payId, user, pmoney, payTime) VALUES ('P-${count}', '${USER}', 3, '${THEN}');
    INSERT INTO wx_info (side, openId, phone, insertTime, updateTime)
      VALUES ('user', 'openid-${count}', '${USER}', '${THEN}', '${THEN}');
    INSERT INTO device_info (deviceCode, btName, jamCode, unitPrice, manager, setupTime, updateTime)
      VALUES ('${CHARGER}', 'BUC_${String(count).padStart(12, '0')}', 'ABCDEF', 100, '${BOSS}', '${THEN}', '${THEN}');`)
})
afterEach(() => {
  expect(contradictions(books)).toEqual([])
})

const wanted = () => ({ user: USER, deviceCode: CHARGER, port: 1, unitPrice: 1, unit: 4, money: 4 })
const parts = (orderId: string) => ({ user: USER, orderId, money: 4, pmoney: 2, cash: 2 })

/** An order of ¥4.00 of which two coins are held and ¥2.00 wait at WeChat Pay. */
async function beginPaying(): Promise<{ orderId: string; reference: string }> {
  const { data } = await phone.call<{ orderId: string }[]>('newPowerOrder', wanted())
  const orderId = data[0]?.orderId ?? ''
  expect(await phone.call('payPowerOrder', parts(orderId))).toMatchObject({ code: 0 })
  return { orderId, reference: [...server.orders.keys()].at(-1) ?? '' }
}

async function beginBuying(): Promise<string> {
  const { data } = await phone.call<{ payId: string }[]>('newPmoneyCharge', { user: USER, pmoney: 10 })
  return data[0]?.payId ?? ''
}

const confirm = (orderId: string, more: object = {}, who = CASHIER) =>
  console.call('orders.confirmPayment', { orderId, ...more }, who)
const cancel = (orderId: string, more: object = {}, who = SUPERVISOR) =>
  console.call('orders.cancel', { orderId, reason: '端口坏了', ...more }, who)
const credit = (payId: string, more: object = {}, who = CASHIER) =>
  console.call('coins.confirmPayment', { payId, ...more }, who)
const order = (orderId: string) => console.call('orders.get', { orderId }, SUPERVISOR)
const coins = () =>
  books.statement<{ pmoney: number }>('SELECT pmoney FROM user_info WHERE user = ?').get(USER)?.pmoney
const refunds = async () => (await console.call('orders.refundTasks', {}, SUPERVISOR)).rows
/** Every row of the tables that money stands in. */
const money = () =>
  ['order_info', 'order_pay_info', 'pmoney_charge_pay', 'user_info', 'order_refund_task'].map((table) =>
    books.statement(`SELECT * FROM ${table} ORDER BY 1`).all(),
  )
/** Somebody pays on the phone in the moment in which the desk closes it. */
const payWhileClosing = () => {
  server.before = (path) => {
    const reference = /out-trade-no\/([^/]+)\/close$/.exec(path)?.[1]
    if (reference !== undefined && server.orders.get(reference)?.state === 'NOTPAY') server.pay(reference)
  }
}

describe('an order that is being paid at WeChat Pay', () => {
  it('is closed there before staff take the money; held coins stay in', async () => {
    const { orderId, reference } = await beginPaying()
    const row = await confirm(orderId, { cashFen: 200 })
    expect(row).toMatchObject({ state: 'settled', coins: 2, cashFen: 200 })
    expect(server.orders.get(reference)?.state).toBe('CLOSED')
    expect(() => server.pay(reference)).toThrow('cannot be paid')
    expect([
      (await order(orderId)).payments.map(({ providerId }) => providerId?.slice(0, 8)),
      coins(),
    ]).toEqual([['OFFLINE-'], 1])
    expect((await confirm(orderId)).paidAt).toBe(row.paidAt)
  })

  it('is settled by what was paid there before, and staff are told so', async () => {
    const { orderId, reference } = await beginPaying()
    const providerId = server.pay(reference)
    await expect(confirm(orderId)).rejects.toMatchObject({
      code: 'ALREADY_PAID',
      data: { id: orderId, by: 'provider', providerId },
    })
    expect(await order(orderId)).toMatchObject({ state: 'settled', payments: [{ providerId }] })
    await expect(confirm(orderId)).rejects.toMatchObject({ code: 'ALREADY_PAID' })
    expect([coins(), await refunds()]).toEqual([1, []])
  })

  it('is settled once where it is paid in the moment in which staff close it', async () => {
    const { orderId } = await beginPaying()
    payWhileClosing()
    const [first, second] = await Promise.allSettled([confirm(orderId), confirm(orderId)])
    for (const end of [first, second])
      expect(end).toMatchObject({ status: 'rejected', reason: { code: 'ALREADY_PAID' } })
    expect((await order(orderId)).payments).toHaveLength(1)
    expect([coins(), await refunds()]).toEqual([1, []])
  })

  it('is settled once where staff confirm twice at once while the phone asks and pays again', async () => {
    const { orderId, reference } = await beginPaying()
    const ends = await Promise.all([
      confirm(orderId),
      phone.call('queryOrderPay', { orderId }),
      phone.call('payPowerOrder', { ...parts(orderId), pmoney: 1, cash: 3 }),
      confirm(orderId),
    ])
    expect(ends[2]).toMatchObject({ code: 3, message: '账单已支付' })
    expect(await order(orderId)).toMatchObject({ state: 'settled', coins: 2, cashFen: 200 })
    expect([...server.orders].map(([key, { state }]) => [key, state])).toEqual([[reference, 'CLOSED']])
  })

  it('stays as it is while WeChat Pay cannot be asked', async () => {
    const { orderId } = await beginPaying()
    const before = money()
    for (const fault of ['requestLost', 'serverError', 'unsigned', 'otherKey'] as const) {
      server.fault = fault
      await expect(confirm(orderId), fault).rejects.toMatchObject({ code: 'PAYMENT_UNKNOWN' })
      await expect(cancel(orderId), fault).rejects.toMatchObject({ code: 'PAYMENT_UNKNOWN' })
    }
    expect(money()).toEqual(before)
  })

  it('is ended without WeChat Pay by a supervisor who says why', async () => {
    const { orderId } = await beginPaying()
    server.fault = 'requestLost'
    await expect(confirm(orderId, { withoutProvider: REASON })).rejects.toMatchObject({
      code: 'ROLE_REQUIRED',
    })
    expect(await confirm(orderId, { withoutProvider: REASON }, SUPERVISOR)).toMatchObject({
      state: 'settled',
    })
    const { rows } = await console.call('audit.list', { operation: 'orders.confirmPayment' }, SUPERVISOR)
    expect(JSON.stringify(rows[0])).toContain(REASON)
  })

  it('is closed there before it is given up, and its coins go back', async () => {
    const { orderId, reference } = await beginPaying()
    expect(await cancel(orderId)).toMatchObject({ state: 'cancelled' })
    expect([server.orders.get(reference)?.state, coins()]).toEqual(['CLOSED', 3])
  })

  it('is not given up where it is paid in that moment', async () => {
    const { orderId } = await beginPaying()
    payWhileClosing()
    await expect(cancel(orderId)).rejects.toMatchObject({ code: 'ALREADY_PAID', data: { by: 'provider' } })
    expect([(await order(orderId)).state, coins()]).toEqual(['settled', 1])
  })

  it('is not booked with a sum that is not owed any more', async () => {
    const { orderId } = await beginPaying()
    await expect(confirm(orderId, { cashFen: 400 })).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'amountChanged', owedFen: 200 },
    })
    expect((await order(orderId)).state).toBe('pending')
  })
})

describe('coins that are being paid at WeChat Pay', () => {
  it('are closed there before staff take the money, and credited once', async () => {
    const payId = await beginBuying()
    expect(await credit(payId)).toMatchObject({ coins: 10, balance: 13 })
    expect(await credit(payId)).toMatchObject({ balance: 13 })
    expect(server.orders.get(payId)?.state).toBe('CLOSED')
  })

  it('are credited once where they are paid in that moment, and staff are told so', async () => {
    const payId = await beginBuying()
    payWhileClosing()
    const ends = await Promise.allSettled([credit(payId), credit(payId)])
    for (const end of ends)
      expect(end).toMatchObject({ reason: { code: 'ALREADY_PAID', data: { id: payId, by: 'provider' } } })
    expect(coins()).toBe(13)
  })

  it('stay unpaid while WeChat Pay cannot be asked; a supervisor may go on', async () => {
    const payId = await beginBuying()
    const before = money()
    server.fault = 'requestLost'
    await expect(credit(payId)).rejects.toMatchObject({ code: 'PAYMENT_UNKNOWN' })
    expect(money()).toEqual(before)
    expect(await credit(payId, { withoutProvider: REASON }, SUPERVISOR)).toMatchObject({ balance: 13 })
  })

  it('keep the price they were begun with', async () => {
    const payId = await beginBuying()
    expect(books.statement('SELECT price FROM pmoney_charge_pay WHERE payId = ?').get(payId)).toEqual({
      price: 1000,
    })
    const { rows } = await console.call('coins.charges', { user: USER, state: 'pending' }, CASHIER)
    expect(rows).toMatchObject([{ payId, priceFen: 1000 }])
    await expect(credit('P0000000000')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
