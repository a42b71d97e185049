import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decideCashOut } from '#core/charging/withdrawals.ts'
import { MINUTE } from '#shared/time.ts'
import { contradictions } from '../fixtures/lan-books.ts'
import {
  askAsBoss,
  BOSS,
  DONE,
  OK,
  OTHER,
  RIVAL,
  USER,
  refused,
  openManagers,
  paidInCash,
} from '../fixtures/lan-managers.ts'
import { openLan, type LanSite, type Params } from '../fixtures/lan.ts'

let site: LanSite
beforeEach(async () => {
  site = await openManagers()
})
afterEach(() => {
  expect(contradictions(site.test.store.site)).toEqual([])
  return site.close()
})

const ask = (name: string, params: Params = {}) => askAsBoss(site, name, params)
const paid = (user: string, deviceCode: string, money: number) =>
  paidInCash(site, { user, deviceCode, money })

describe('orders and income (ME-14 … ME-18)', () => {
  const BANK = { bankName: '农业银行', bankUser: '王', bankCode: '6228 4800 0000 0000 001' }

  it('are told with who it was, over every filter', async () => {
    const first = await paid(USER, 'A1', 3)
    await site.clock.advance(MINUTE)
    const second = await paid(OTHER, 'A1', 1.5)
    const row = (more: Params) => ({
      deviceCode: 'A1',
      deviceName: '东门',
      unitPrice: 1.5,
      pmoney: 0,
      ...more,
    })
    const told = [
      row({
        orderId: second,
        user: OTHER,
        userName: '李四',
        port: 2,
        unit: 1,
        money: 1.5,
        cash: 1.5,
        orderTime: '2026-03-01 00:01:00',
        payTime: '2026-03-01 00:01:00',
      }),
      row({
        orderId: first,
        user: USER,
        userName: '张三',
        port: 1,
        unit: 2,
        money: 3,
        cash: 3,
        orderTime: '2026-03-01 00:00:00',
        payTime: '2026-03-01 00:00:00',
      }),
    ]
    expect(await ask('getOrderAll')).toEqual({
      ...OK,
      data: { totalCount: 2, totalUnit: 3, totalMoney: 4.5, abstractList: told },
    })
    const only = async (params: Params) => {
      const { code, data } = await site.call<{ totalCount: number; abstractList: { orderId: string }[] }>(
        'getOrderAll',
        { manager: BOSS, ...params },
      )
      return code === 0 ? [data.totalCount, ...data.abstractList.map(({ orderId }) => orderId)] : code
    }
    expect(await only({ user: USER })).toEqual([1, first])
    expect(await only({ user: '13000000000' })).toEqual([0])
    expect(await only({ deviceCode: 'A1', pageSize: 1 })).toEqual([2, second])
    expect(await only({ deviceCode: 'B1' })).toEqual([0])
    expect(await only({ orderId: first, startIndex: 7 })).toEqual([1, first])
    expect(await only({ startDate: '20260301000100' })).toEqual([1, second])
    expect(await only({ manager: RIVAL, orderId: first })).toEqual([0])
    expect(await only({ user: '1' })).toBe(3)
    expect(await only({ startDate: 'x' })).toBe(3)
    expect(await ask('getOrderCashList')).toEqual({ ...OK, data: { totalCount: 2, abstractList: told } })
    expect(await ask('getOrderCashList', { startIndex: 1, pageSize: 1 })).toEqual({
      ...OK,
      data: { totalCount: 2, abstractList: told.slice(1) },
    })
  })

  it('are withdrawn all at once, paid once, and free again after a failure (R-34 … R-39)', async () => {
    expect(await ask('getOrderCash')).toEqual({ ...OK, data: [{ count: 0, money: 0, service: 0, cash: 0 }] })
    expect(await ask('CashOut', BANK)).toMatchObject(refused(0))
    await paid(USER, 'A1', 3)
    expect(await ask('getOrderCash')).toEqual({ ...OK, data: [{ count: 1, money: 3, service: 0, cash: 3 }] })
    expect(await ask('CashOut', BANK)).toEqual(DONE)
    expect(await ask('getOrderCash')).toMatchObject({ data: [{ count: 0 }] })
    expect(await ask('CashOut', BANK)).toMatchObject(refused(0))
    const batch = {
      cashOutId: String(site.get('SELECT cashOutId FROM cashout_info')?.cashOutId),
      bankCode: '6228480000000000001',
      money: 3,
      service: 0,
      cash: 3,
      reason: '',
      cashOutTime: '2026-03-01 00:00:00',
    }
    expect(batch.cashOutId).toMatch(/^C5678\d{6}$/)
    const list = async () => (await ask('getCashOutList')).data
    expect(await list()).toEqual({
      totalCount: 0,
      totalCash: 0,
      CashOutList: [{ ...batch, state: 2, processTime: '' }],
    })
    const decide = (success: boolean, reason: string) => {
      const { books } = site.charging
      return books.db.write(() =>
        decideCashOut(books, batch.cashOutId, { success, reason }, site.clock.now()),
      )
    }
    await site.clock.advance(MINUTE)
    await decide(false, '卡号有误')
    await expect(decide(true, '')).rejects.toThrow('提现已处理')
    const failed = { ...batch, state: 1, reason: '卡号有误', processTime: '2026-03-01 00:01:00' }
    expect(await list()).toEqual({ totalCount: 0, totalCash: 0, CashOutList: [failed] })
    expect(await ask('getOrderCash')).toMatchObject({ data: [{ count: 1, money: 3 }] })
    expect(await ask('CashOut', BANK)).toEqual(DONE)
    batch.cashOutId = String(site.get('SELECT cashOutId FROM cashout_info WHERE state = 2')?.cashOutId)
    await decide(true, '')
    expect(await list()).toMatchObject({
      totalCount: 1,
      totalCash: 3,
      CashOutList: [{ state: 0 }, { state: 1 }],
    })
    expect(await ask('CashOut', BANK)).toMatchObject(refused(0))
  })

  it.each(['12345678901', '12345678901234567890', '6228-4800-0000-0000', 'abcdefabcdefabcd', ''])(
    'are not paid to %j: 3 (M-22)',
    async (bankCode) => {
      await paid(USER, 'A1', 3)
      expect(await ask('CashOut', { ...BANK, bankCode })).toMatchObject(refused(3))
      expect(await ask('CashOut', { ...BANK, bankName: undefined })).toMatchObject(refused(3))
      expect(site.count('SELECT count(*) FROM cashout_info')).toBe(0)
    },
  )

  it('stay with who had the charger (R-12, R-28, M-08)', async () => {
    await paid(USER, 'A1', 3)
    await ask('transferDevice', { transfer: RIVAL, deviceCodeList: 'A1' })
    await ask('reportDeviceName', { deviceCode: 'A1', deviceName: 'nobody asked' })
    await site.call('reportDeviceName', { manager: RIVAL, deviceCode: 'A1', deviceName: '新门' })
    await site.call('setDeviceValue', { manager: RIVAL, deviceCode: 'A1', unitPrice: 9 })
    const cash = async (manager: string) => (await site.call('getOrderCash', { manager })).data
    expect(await cash(BOSS)).toMatchObject([{ count: 1, money: 3 }])
    expect(await cash(RIVAL)).toMatchObject([{ count: 0, money: 0 }])
    expect(await ask('getOrderAll')).toMatchObject({
      data: { totalMoney: 3, abstractList: [{ unitPrice: 1.5, deviceName: '新门' }] },
    })
    await site.call('deleteDevice', { manager: RIVAL, deviceCodeList: 'A1' })
    expect(await cash(BOSS)).toMatchObject([{ count: 1, money: 3 }])
  })

  it('are no income where coins paid (M-16)', async () => {
    const order = { user: USER, deviceCode: 'A1', port: 1, unitPrice: 1.5, unit: 2, money: 3 }
    const { data } = await site.call<{ orderId: string }[]>('newPowerOrder', order)
    const orderId = data[0]?.orderId
    expect(
      await site.call('payPowerOrder', { user: USER, orderId, money: 3, pmoney: 3, cash: 0 }),
    ).toMatchObject({
      code: 0,
    })
    expect(await ask('getOrderCash')).toMatchObject({ data: [{ count: 0, money: 0 }] })
    expect(site.get('SELECT cashOutFlag FROM order_info')).toEqual({ cashOutFlag: 2 })
  })
})

describe('the service fee (M-15, R-37)', () => {
  it('is half up to the fen on the whole, and a batch keeps its own', async () => {
    await site.close()
    site = await openLan({ lan: { cashOutServiceBp: 60 } })
    await site.add.manager(BOSS)
    await site.write(
      `INSERT INTO order_info (orderId, user, deviceCode, port, unitPrice, unit, money, orderTime, cash, payTime, manager)
       VALUES ('91', '13800000000', 'D0', 1, 10025, 1, 10025, '2026-02-01 08:00:00', 10025, '2026-02-01 08:00:00', ?)`,
      BOSS,
    )
    await site.write(
      `INSERT INTO order_pay_info (orderId, user, deviceCode, port, unitPrice, unit, money, orderTime, pmoney, cash, state, payTime, createTime)
       VALUES ('91', '13800000000', 'D0', 1, 10025, 1, 10025, '2026-02-01 08:00:00', 0, 10025, 1, '2026-02-01 08:00:00', '2026-02-01 08:00:00')`,
    )
    expect(await ask('getOrderCash')).toMatchObject({ data: [{ money: 100.25, service: 0.6, cash: 99.65 }] })
    await ask('CashOut', { bankName: 'a', bankUser: 'b', bankCode: '123456789012' })
    expect(await ask('getCashOutList')).toMatchObject({
      data: { CashOutList: [{ money: 100.25, service: 0.6, cash: 99.65 }] },
    })
  })
})
