import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settleCharge } from '#core/charging/coins.ts'
import { MINUTE, SECOND } from '#shared/time.ts'
import { userEndpoints } from '#main/lan/user/index.ts'
import { openLan, type LanSite } from '../fixtures/lan.ts'
import { encryptData, IV, phoneContent } from '../fixtures/wechat.ts'

const USER = '13800001234'
const OTHER = '13800005555'
const BOSS = '13900005678'

let site: LanSite
beforeEach(async () => {
  site = await openLan()
  await site.add.user(USER, { name: '张三', coins: 5 })
  await site.add.user(OTHER, { name: '李四' })
  await site.add.manager(BOSS, '老王')
  await site.add.charger('A1', { manager: BOSS, name: '东门', priceFen: 150 })
})
afterEach(() => site.close())

const OK = { status: 200, code: 0, message: '成功' }
const order = (more = {}) => ({
  user: USER,
  deviceCode: 'A1',
  port: 1,
  unitPrice: 1.5,
  unit: 2,
  money: 3,
  ...more,
})

async function ordered(more = {}): Promise<string> {
  const { data } = await site.call<{ orderId: string }[]>('newPowerOrder', order(more))
  return data[0]?.orderId ?? ''
}

it('has the 20 documented names', () => {
  expect(userEndpoints.map(({ name }) => name).toSorted()).toEqual(
    [
      'userLogin',
      'getUserPhone',
      'getUserInfo',
      'reportUserName',
      'reportUserProfession',
      'getOrderPay',
      'getUserOrder',
      'getProfessionList',
      'getDeviceInfo',
      'reportDevicePort',
      'getSystemTime',
      'newPowerOrder',
      'cancelPowerOrder',
      'payPowerOrder',
      'queryOrderPay',
      'newPmoneyCharge',
      'queryPmoneyPay',
      'getPmoneyCharge',
      'newPmoneyGift',
      'getPmoneyGift',
    ].toSorted(),
  )
})

describe('logging in (UE-1, UE-2)', () => {
  const phoneOf = (session: string, more = {}) =>
    site.call<{ phone: string }[]>('getUserPhone', {
      encryptData: encryptData('open-id-0001', phoneContent('13700000001', 'wx-user')),
      iv: IV,
      session,
      ...more,
    })
  const login = async () => {
    const { data } = await site.call<{ session: string }[]>('userLogin', { jsCode: 'js-open-id-0001' })
    return data[0]?.session ?? ''
  }

  it('gives a session of the documented form, and the phone that WeChat encrypted for it', async () => {
    const answer = await site.call('userLogin', { jsCode: 'js-open-id-0001' })
    const seconds = String(Math.floor(site.clock.now() / SECOND))
    expect(answer).toEqual({ ...OK, data: [{ session: `-id-0001${seconds.slice(-6)}` }] })
    expect(await phoneOf(await login())).toEqual({ ...OK, data: [{ phone: '13700000001' }] })
    expect(site.get('SELECT user, pmoney FROM user_info WHERE user = ?', '13700000001')).toEqual({
      user: '13700000001',
      pmoney: 0,
    })
  })

  it('keeps the time of the first log-in (U-04), and a new log-in ends the session before (U-02)', async () => {
    const first = await login()
    await phoneOf(first)
    const before = site.get('SELECT setupTime FROM user_info WHERE user = ?', '13700000001')
    await site.clock.advance(10 * MINUTE)
    const second = await login()
    expect(await phoneOf(first)).toMatchObject({ code: 4, data: [] })
    expect(await phoneOf(second)).toMatchObject({ code: 0 })
    expect(site.get('SELECT setupTime FROM user_info WHERE user = ?', '13700000001')).toEqual(before)
  })

  it('refuses a code that WeChat does not know with 4, an empty one with 3', async () => {
    expect(await site.call('userLogin', { jsCode: 'nobody' })).toMatchObject({ code: 4, data: [] })
    expect(await site.call('userLogin', { jsCode: '' })).toMatchObject({ code: 3, data: [] })
    expect(await site.call('userLogin')).toMatchObject({ code: 3 })
  })

  it.each(['notConfigured', 'unreachable'] as const)('says 999 where WeChat is %s', async (failure) => {
    site.wx.failure = failure
    expect(await site.call('userLogin', { jsCode: 'js-a' })).toMatchObject({
      status: 200,
      code: 999,
      data: [],
    })
  })

  it('refuses with 4 what it cannot decrypt, and with 3 what is no base64 (U-01)', async () => {
    const session = await login()
    const other = encryptData('another-one-0002', phoneContent('13700000001', 'wx-user'))
    expect(await phoneOf(session, { encryptData: other })).toMatchObject({ code: 4 })
    const foreign = encryptData('open-id-0001', phoneContent('13700000001', 'wx-of-somebody'))
    expect(await phoneOf(session, { encryptData: foreign })).toMatchObject({ code: 4 })
    const abroad = encryptData('open-id-0001', phoneContent('5551234567', 'wx-user'))
    expect(await phoneOf(session, { encryptData: abroad })).toMatchObject({ code: 4 })
    expect(await phoneOf(session, { encryptData: '%%%' })).toMatchObject({ code: 3 })
    expect(await phoneOf(session, { iv: 'short' })).toMatchObject({ code: 3 })
    expect(await phoneOf('nobodys-session')).toMatchObject({ code: 4 })
    expect(site.count('SELECT count(*) FROM user_info')).toBe(2)
  })

  it('ends after a day, and belongs to its side (R-42)', async () => {
    const session = await login()
    const managers = await site.call('getManagerPhone', {
      encryptData: encryptData('open-id-0001', phoneContent('13700000001', 'wx-manager')),
      iv: IV,
      session,
    })
    expect(managers).toMatchObject({ code: 4 })
    site.clock.setWall(site.clock.now() + 24 * 60 * MINUTE)
    expect(await phoneOf(session)).toMatchObject({ code: 0 })
    site.clock.setWall(site.clock.now() + 24 * 60 * MINUTE + SECOND)
    expect(await phoneOf(session)).toMatchObject({ code: 4 })
  })
})

describe('a user (UE-3, UE-4, UE-5, UE-8)', () => {
  it('is told with name, profession, coins and whether something is owed', async () => {
    await site.add.profession(3, '电工')
    await site.add.profession(12, '木工')
    expect(await site.call('getProfessionList')).toEqual({
      ...OK,
      data: [
        { professionId: 3, professionName: '电工' },
        { professionId: 12, professionName: '木工' },
      ],
    })
    expect(await site.call('getUserInfo', { user: OTHER })).toEqual({
      ...OK,
      data: [{ userName: '李四', professionName: '', pmoney: 0, order: 0 }],
    })
    expect(await site.call('reportUserProfession', { user: USER, professionId: '12' })).toEqual({
      ...OK,
      data: [{ result: 0, reason: '' }],
    })
    await ordered()
    expect(await site.call('getUserInfo', { user: USER })).toEqual({
      ...OK,
      data: [{ userName: '张三', professionName: '木工', pmoney: 5, order: 1 }],
    })
  })

  it('says its name, and is answered with cause and reason (U-05)', async () => {
    expect(await site.call('reportUserName', { user: USER, userName: ' 王小明 ' })).toEqual({
      ...OK,
      data: [{ result: 0, reason: '', cause: '' }],
    })
    expect(await site.call('getUserInfo', { user: USER })).toMatchObject({ data: [{ userName: '王小明' }] })
    const refused = await site.call('reportUserName', { user: '13000000000', userName: 'x' })
    expect(refused).toEqual({
      status: 200,
      code: 4,
      message: '用户尚未登录',
      data: [{ result: 1, reason: '用户尚未登录', cause: '用户尚未登录' }],
    })
  })

  it.each([['   '], ['x'.repeat(61)], ['a\u0000b'], ['a\nb'], [true], ['\ud800']])(
    'cannot be called %j',
    async (userName) => {
      expect(await site.call('reportUserName', { user: USER, userName })).toMatchObject({ code: 3 })
      expect(site.get('SELECT userName FROM user_info WHERE user = ?', USER)).toEqual({ userName: '张三' })
    },
  )

  it.each([0, 7, 100, 1.5, 'x'])('has no profession %j (R-43)', async (professionId) => {
    const { code, data } = await site.call('reportUserProfession', { user: USER, professionId })
    expect({ code, data }).toMatchObject({ code: 3, data: [{ result: 1 }] })
  })
})

describe('orders of a user (UE-6, UE-7)', () => {
  it('are told with every documented field, unpaid ones with an empty payTime', async () => {
    const orderId = await ordered()
    const told = {
      orderId,
      deviceCode: 'A1',
      deviceName: '东门',
      port: 1,
      unitPrice: 1.5,
      unit: 2,
      money: 3,
      orderTime: '2026-03-01 00:00:00',
    }
    expect(orderId).toMatch(/^91234\d{9}$/)
    expect(await site.call('getOrderPay', { user: USER })).toEqual({ ...OK, data: [told] })
    expect(await site.call('getUserOrder', { user: USER })).toEqual({
      ...OK,
      data: {
        totalCount: 1,
        totalUnit: 2,
        totalMoney: 3,
        abstractList: [{ ...told, pmoney: 0, cash: 0, payTime: '' }],
      },
    })
    await site.clock.advance(MINUTE)
    await site.call('payPowerOrder', { user: USER, orderId, money: 3, pmoney: 3, cash: 0 })
    expect(await site.call('getOrderPay', { user: USER })).toEqual({ ...OK, data: [] })
    expect(await site.call('getUserOrder', { user: USER })).toMatchObject({
      data: { abstractList: [{ pmoney: 3, cash: 0, payTime: '2026-03-01 00:01:00' }] },
    })
  })

  describe('in pages and spans', () => {
    beforeEach(async () => {
      await site.add.charger('F1', { manager: BOSS, free: true })
      for (let i = 0; i < 5; i += 1) {
        await ordered({ deviceCode: 'F1', port: (i % 4) + 1, unit: 1 })
        await site.clock.advance(60 * MINUTE)
      }
    })
    const times = async (params = {}) => {
      const { code, data } = await site.call<{ totalCount: number; abstractList: { orderTime: string }[] }>(
        'getUserOrder',
        { user: USER, ...params },
      )
      return code === 0
        ? [data.totalCount, ...data.abstractList.map(({ orderTime }) => orderTime.slice(11, 13)).map(Number)]
        : code
    }

    it('are counted by rows, newest first; past the end the totals stand (U-12, U-13)', async () => {
      expect(await times()).toEqual([5, 4, 3, 2, 1, 0])
      expect(await times({ startIndex: 1, pageSize: 2 })).toEqual([5, 3, 2])
      expect(await times({ startIndex: '3' })).toEqual([5, 1, 0])
      expect(await times({ pageSize: 1 })).toEqual([5, 4])
      expect(await times({ startIndex: 9, pageSize: 5 })).toEqual([5])
      expect(await times({ startIndex: 0, pageSize: 100_000 })).toEqual([5, 4, 3, 2, 1, 0])
    })

    it.each([{ startIndex: -1 }, { pageSize: 0 }, { pageSize: -1 }, { startIndex: 1.5 }, { pageSize: 'x' }])(
      'refuse %j with 3',
      async (paging) => {
        expect(await times(paging)).toBe(3)
      },
    )

    it.each([
      ['20260301010000', '20260301030000', [3, 3, 2, 1]],
      ['20260301010001', '20260301025959', [1, 2]],
      ['2026-03-01 01:00:00', '2026-03-01 01:00:00', [1, 1]],
      ['20260301', '20260301', [5, 4, 3, 2, 1, 0]],
      ['2026-03-01', '2026-03-01', [5, 4, 3, 2, 1, 0]],
      [20_260_301, undefined, [5, 4, 3, 2, 1, 0]],
      [undefined, '20260301005959', [1, 0]],
      ['20260302', undefined, [0]],
      ['', '99991231235959', [5, 4, 3, 2, 1, 0]],
    ])('lie between %j and %j, both ends in (U-11)', async (startDate, endDate, expected) => {
      expect(await times({ startDate, endDate })).toEqual(expected)
    })

    it.each([
      ['20260302', '20260301'],
      ['20260301000001', '20260301000000'],
      ['20260230', undefined],
      ['20260301240000', undefined],
      ['2026-3-1', undefined],
      ['gestern', undefined],
      [undefined, '202603'],
    ])('are not asked for from %j to %j: 3', async (startDate, endDate) => {
      expect(await times({ startDate, endDate })).toBe(3)
    })

    it('come alone by their number, whatever the paging says (U-11, M-14)', async () => {
      const orderId = String(site.get('SELECT orderId FROM order_info ORDER BY id LIMIT 1')?.orderId)
      expect(await times({ orderId, startIndex: 4, pageSize: 1 })).toEqual([1, 0])
      expect(await times({ orderId: '90000000000000' })).toEqual([0])
      const foreign = await site.call('getUserOrder', { user: OTHER, orderId })
      expect(foreign).toMatchObject({ code: 0, data: { totalCount: 0, totalMoney: 0, abstractList: [] } })
    })
  })
})

describe('a charger (UE-9, UE-10, UE-11)', () => {
  it('is told, disabled ones too (R-03)', async () => {
    const told = {
      deviceName: '东门',
      state: 0,
      btName: 'BUC_000000000001',
      maxUnit: 12,
      chargeFlag: 1,
      unitPrice: 1.5,
    }
    const { data, ...rest } = await site.call<Record<string, unknown>[]>('getDeviceInfo', {
      deviceCode: 'A1',
    })
    expect({ rest, data }).toEqual({
      rest: OK,
      data: [{ ...told, jamCode: expect.stringMatching(/^.{6}$/) }],
    })
    await site.write('UPDATE device_info SET state = 1')
    expect(await site.call('getDeviceInfo', { deviceCode: 'A1' })).toMatchObject({
      code: 0,
      data: [{ state: 1 }],
    })
    expect(await site.call('getDeviceInfo', { deviceCode: 'A2' })).toMatchObject({ code: 3, data: [] })
    expect(await site.call('getDeviceInfo', { deviceCode: 'A23456789' })).toMatchObject({ code: 3 })
    expect(await site.call('getDeviceInfo')).toMatchObject({ code: 3 })
  })

  it.each([
    ['1020201030004999', '1020201030004999'],
    ['4999|3000|2010|1020', '1020201030004999'],
    ['2010,1020', '10202010'],
    ['3000', '3000'],
  ])('is reported as %s, kept as %s (U-17)', async (portState, kept) => {
    await site.clock.advance(MINUTE)
    expect(await site.call('reportDevicePort', { deviceCode: 'A1', portState })).toEqual({
      ...OK,
      data: [{ result: 0, reason: '' }],
    })
    expect(site.get('SELECT portState, portStateTime FROM device_info')).toEqual({
      portState: kept,
      portStateTime: '2026-03-01 00:01:00',
    })
  })

  it.each(['', '10202010300049990', '102', '50001000', '10201030', 'abcd', '1020||2010'])(
    'is not reported as %j: 3',
    async (portState) => {
      const answer = await site.call('reportDevicePort', { deviceCode: 'A1', portState })
      expect(answer).toMatchObject({ code: 3, data: [{ result: 1 }] })
      expect(site.get('SELECT portState FROM device_info')).toEqual({ portState: null })
    },
  )

  it('is reported only where it is known', async () => {
    const answer = await site.call('reportDevicePort', { deviceCode: 'A9', portState: '1000' })
    expect(answer).toMatchObject({ code: 3, data: [{ result: 1, reason: '设备不存在' }] })
  })

  it('can be set to the time of the site (U-18)', async () => {
    expect(await site.call('getSystemTime')).toEqual({ ...OK, data: [{ time: '20260301000000' }] })
  })
})

describe('coins (UE-16 … UE-20)', () => {
  it('are bought, credited once staff confirm, and listed only then (R-23)', async () => {
    const bought = await site.call<{ payId: string }[]>('newPmoneyCharge', { user: OTHER, pmoney: 20 })
    const payId = bought.data[0]?.payId ?? ''
    expect(bought).toEqual({ ...OK, data: [{ payId, package: '' }] })
    expect(payId).toMatch(/^P5555\d{6}$/)
    expect(await site.call('queryPmoneyPay', { payId })).toEqual({
      ...OK,
      data: [{ result: 1, reason: '待支付', state: 0 }],
    })
    const page = { user: OTHER, startIndex: 0, pageSize: 10 }
    expect(await site.call('getPmoneyCharge', page)).toEqual({
      ...OK,
      data: { totalCount: 0, abstractList: [] },
    })
    await site.clock.advance(MINUTE)
    const { books } = site.charging
    const confirm = () => books.db.write(() => settleCharge(books, payId, 'OFFLINE-1', site.clock.now()))
    expect([await confirm(), await confirm()]).toEqual([true, false])
    expect(await site.call('queryPmoneyPay', { payId })).toEqual({
      ...OK,
      data: [{ result: 0, reason: '', state: 1 }],
    })
    expect(await site.call('getPmoneyCharge', page)).toEqual({
      ...OK,
      data: { totalCount: 1, abstractList: [{ payId, pmoney: 20, payTime: '2026-03-01 00:01:00' }] },
    })
    expect(await site.call('getUserInfo', { user: OTHER })).toMatchObject({ data: [{ pmoney: 20 }] })
  })

  it.each([0, -1, 10_001, 1.5, 'x', undefined])('are not bought by %j: 3', async (pmoney) => {
    expect(await site.call('newPmoneyCharge', { user: USER, pmoney })).toMatchObject({ code: 3, data: [] })
    expect(site.count('SELECT count(*) FROM pmoney_charge_pay WHERE state = 0')).toBe(0)
  })

  it('are not bought where no provider takes money: 999', async () => {
    site.payments.failure = 'notConfigured'
    expect(await site.call('newPmoneyCharge', { user: USER, pmoney: 1 })).toMatchObject({
      status: 200,
      code: 999,
      data: [],
    })
    expect(site.count('SELECT count(*) FROM pmoney_charge_pay WHERE state = 0')).toBe(0)
  })

  it('know no purchase of nobody', async () => {
    expect(await site.call('queryPmoneyPay', { payId: 'P0000000000' })).toMatchObject({
      code: 3,
      data: [{ result: 1 }],
    })
  })

  it('are given, and both see it from their side (U-30, U-31)', async () => {
    const given = await site.call('newPmoneyGift', { userFrom: USER, userTo: OTHER, pmoney: 2 })
    expect(given).toEqual({ ...OK, data: [{ result: 0, reason: '' }] })
    const seen = async (user: string) =>
      (await site.call('getPmoneyGift', { user, startIndex: 0, pageSize: 10 })).data
    const giftId = String(site.get('SELECT giftId FROM pmoney_gift_info')?.giftId)
    expect(giftId).toMatch(/^G3455\d{6}$/)
    const gift = { giftId, pmoney: 2, giftTime: '2026-03-01 00:00:00' }
    expect(await seen(USER)).toEqual({
      totalCount: 1,
      abstractList: [{ ...gift, fromTo: 0, user: OTHER, name: '李四' }],
    })
    expect(await seen(OTHER)).toEqual({
      totalCount: 1,
      abstractList: [{ ...gift, fromTo: 1, user: USER, name: '张三' }],
    })
    expect(site.all('SELECT pmoney FROM user_info ORDER BY id')).toEqual([{ pmoney: 3 }, { pmoney: 2 }])
  })

  it.each([
    [{ userFrom: '13000000000' }, 4],
    [{ userTo: '13000000000' }, 3],
    [{ userTo: USER }, 3],
    [{ pmoney: 0 }, 3],
    [{ pmoney: -1 }, 3],
    [{ pmoney: 1.5 }, 3],
    [{ pmoney: 6 }, 0],
  ])('are not given: %j → %i (R-22)', async (wrong, code) => {
    const answer = await site.call('newPmoneyGift', { userFrom: USER, userTo: OTHER, pmoney: 2, ...wrong })
    expect(answer).toMatchObject({ code, data: [{ result: 1 }] })
    expect(site.count('SELECT count(*) FROM pmoney_gift_info')).toBe(0)
    expect(site.all('SELECT pmoney FROM user_info ORDER BY id')).toEqual([{ pmoney: 5 }, { pmoney: 0 }])
  })

  it.each(['getPmoneyCharge', 'getPmoneyGift'])('%s wants both of its paging', async (name) => {
    expect(await site.call(name, { user: USER, startIndex: 0 })).toMatchObject({ code: 3, data: [] })
    expect(await site.call(name, { user: USER, pageSize: 1 })).toMatchObject({ code: 3 })
    expect(await site.call(name, { user: USER, startIndex: 0, pageSize: 0 })).toMatchObject({ code: 3 })
  })
})

describe('somebody who never logged in (R-11)', () => {
  const page = { startIndex: 0, pageSize: 1 }
  it.each([
    ['getUserInfo', {}],
    ['reportUserName', { userName: 'x' }],
    ['reportUserProfession', { professionId: 1 }],
    ['getOrderPay', {}],
    ['getUserOrder', {}],
    ['newPowerOrder', { deviceCode: 'A1', port: 1, unitPrice: 1.5, unit: 1, money: 1.5 }],
    ['payPowerOrder', { orderId: '90000000000000', money: 1, pmoney: 0, cash: 1 }],
    ['newPmoneyCharge', { pmoney: 1 }],
    ['getPmoneyCharge', page],
    ['getPmoneyGift', page],
  ])('%s answers 4', async (name, params) => {
    expect(await site.call(name, { user: '13000000000', ...params })).toMatchObject({ status: 200, code: 4 })
    expect(await site.call(name, { user: '1300000000', ...params })).toMatchObject({ code: 3 })
    expect(await site.call(name, params)).toMatchObject({ code: 3 })
  })
})
