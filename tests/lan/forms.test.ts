import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE } from '#shared/time.ts'
import { openLan, type LanSite } from '../fixtures/lan.ts'
import { encryptData, IV, phoneContent } from '../fixtures/wechat.ts'

/** What the documents leave open and a site may set (U-02, U-10, U-11, U-18, U-23, U-25, U-28, R-07). */

const USER = '13800001234'
const BOSS = '13900005678'
const ORDER = { user: USER, deviceCode: 'A1', port: 1, unitPrice: 0.5, unit: 2, money: 1 }

let site: LanSite
afterEach(() => site.close())

async function open(lan: Parameters<typeof openLan>[0] = {}): Promise<void> {
  site = await openLan(lan)
  await site.add.user(USER)
  await site.add.manager(BOSS)
  await site.add.charger('A1', { manager: BOSS })
}
const order = async () =>
  (await site.call<{ orderId: string }[]>('newPowerOrder', ORDER)).data[0]?.orderId ?? ''

describe('by default', () => {
  beforeEach(() => open())

  it('a page is left aside beside the number of an order, and an unpaid order has an empty time', async () => {
    const orderId = await order()
    for (const [name, who] of [
      ['getUserOrder', { user: USER }],
      ['getOrderAll', { manager: BOSS }],
    ] as const)
      expect(await site.call(name, { ...who, orderId, startIndex: 5, pageSize: 1 })).toMatchObject({
        code: 0,
        data: { totalCount: 1, abstractList: [{ orderId, payTime: '' }] },
      })
    const [time] = (await site.call<{ time: string }[]>('getSystemTime')).data
    // 2026-03-01 00:00 at the site
    expect(time?.time).toBe('20260301000000')
  })
})

describe('where the site says so', () => {
  beforeEach(() =>
    open({
      lan: {
        strictPaging: true,
        systemTimeFormat: 'ydm',
        missingTime: 'null',
        cancelWithinS: 10,
        paymentMinutes: 2,
        portReportS: 5,
        mostCoins: 3,
      },
    }),
  )

  it('a page beside the number of an order is refused with 3 (U-11)', async () => {
    const orderId = await order()
    for (const page of [{ startIndex: 0 }, { pageSize: 10 }, { startIndex: 0, pageSize: 10 }]) {
      expect(await site.call('getUserOrder', { user: USER, orderId, ...page })).toMatchObject({ code: 3 })
      expect(await site.call('getOrderAll', { manager: BOSS, orderId, ...page })).toMatchObject({ code: 3 })
      expect(await site.call('getUserOrder', { user: USER, ...page })).toMatchObject({ code: 0 })
    }
    expect(await site.call('getUserOrder', { user: USER, orderId })).toMatchObject({ code: 0 })
  })

  it('the time has its day before its month (U-18), and what has not happened has none (U-10)', async () => {
    await order()
    expect((await site.call('getSystemTime')).data).toEqual([{ time: '20260103000000' }])
    const list = await site.call<{ abstractList: unknown[] }>('getUserOrder', { user: USER })
    expect(list.data.abstractList).toMatchObject([{ payTime: null }])
  })

  it('an order is given up within another time (U-23)', async () => {
    const orderId = await order()
    await site.clock.advance(11_000)
    expect(await site.call('cancelPowerOrder', { orderId })).toMatchObject({
      code: 0,
      data: [{ result: 1, reason: '超过可取消时间' }],
    })
  })

  it('held coins go back after another time (U-25), a report counts another time (R-07)', async () => {
    const orderId = await order()
    await site.call('payPowerOrder', { user: USER, orderId, money: 1, pmoney: 0, cash: 1 })
    await site.clock.advance(2 * MINUTE)
    await site.charging.payments.round()
    expect(site.get('SELECT state FROM order_pay_info')).toEqual({ state: 2 })
    await site.call('reportDevicePort', { deviceCode: 'A1', portState: '1000200030004000' })
    await site.add.user('13800005555')
    const next = { ...ORDER, user: '13800005555' }
    await site.clock.advance(6000)
    // the report is too old, so the order counts
    expect(await site.call('newPowerOrder', next)).toMatchObject({ code: 6 })
  })

  it('a purchase has at most another number of coins (U-28)', async () => {
    expect(await site.call('newPmoneyCharge', { user: USER, pmoney: 4 })).toMatchObject({ code: 3 })
    expect(await site.call('newPmoneyCharge', { user: USER, pmoney: 3 })).toMatchObject({ code: 0 })
  })
})

describe('sessions that are guessed (U-02)', () => {
  const bind = (session: string) =>
    site.call('getUserPhone', {
      encryptData: encryptData('open-1', phoneContent(USER, 'wx-user')),
      iv: IV,
      session,
    })

  it('are refused with 429 after so many in a minute, right ones too; another minute begins anew', async () => {
    await open({ lan: { failedSessionsPerMinute: 3 } })
    const login = await site.call<{ session: string }[]>('userLogin', { jsCode: 'js-open-1' })
    const session = login.data[0]?.session ?? ''
    for (const guess of ['guess-1', 'guess-2', 'guess-3'])
      expect(await bind(guess)).toMatchObject({ status: 200, code: 4 })
    expect(await bind('guess-4')).toMatchObject({ status: 429, code: 3, data: [] })
    expect(await bind(session)).toMatchObject({ status: 429 })
    // what needs no session goes on
    expect(await site.call('getProfessionList')).toMatchObject({ code: 0 })
    await site.clock.advance(MINUTE)
    expect(await bind(session)).toMatchObject({ code: 0, data: [{ phone: USER }] })
  })

  it('are counted where every call needs one, and end after the hours that are set', async () => {
    await open({ lan: { failedSessionsPerMinute: 2, requireSession: true, sessionHours: 1 } })
    const login = await site.call<{ session: string }[]>('userLogin', { jsCode: 'js-open-1' })
    const session = login.data[0]?.session ?? ''
    expect(await bind(session)).toMatchObject({ code: 0 })
    expect(await site.call('getUserInfo', { user: USER, session })).toMatchObject({ code: 0 })
    await site.clock.advance(61 * MINUTE)
    for (const code of [4, 4, 3])
      expect(await site.call('getUserInfo', { user: USER, session })).toMatchObject({ code })
  })
})
