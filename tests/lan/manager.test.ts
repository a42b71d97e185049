import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE } from '#shared/time.ts'
import { managerEndpoints } from '#main/lan/manager/index.ts'
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
import type { LanSite, Params } from '../fixtures/lan.ts'
import { encryptData, IV, phoneContent } from '../fixtures/wechat.ts'

let site: LanSite
beforeEach(async () => {
  site = await openManagers()
  await site.add.charger('C1', { name: '仓库' })
})
afterEach(() => {
  expect(contradictions(site.test.store.site)).toEqual([])
  return site.close()
})

const ask = (name: string, params: Params = {}) => askAsBoss(site, name, params)
const ownerOf = (code: string) =>
  site.get('SELECT manager FROM device_info WHERE deviceCode = ?', code)?.manager
const paid = (user: string, deviceCode: string, money: number) =>
  paidInCash(site, { user, deviceCode, money })

it('has the 18 documented names', () => {
  expect(managerEndpoints.map(({ name }) => name).toSorted()).toEqual(
    [
      'managerLogin',
      'getManagerPhone',
      'getManagerInfo',
      'reportManagerName',
      'addDevice',
      'reportDeviceName',
      'deleteDevice',
      'getDeviceList',
      'setDeviceValue',
      'transferDevice',
      'addBlackUser',
      'deleteBlackUser',
      'getBlackUser',
      'getOrderAll',
      'getOrderCash',
      'getOrderCashList',
      'CashOut',
      'getCashOutList',
    ].toSorted(),
  )
})

describe('a manager (ME-1 … ME-4)', () => {
  it('logs in with a phone of WeChat, apart from the users (M-24)', async () => {
    const { data } = await site.call<{ session: string }[]>('managerLogin', { jsCode: 'js-open-id-0001' })
    const session = data[0]?.session ?? ''
    expect(session).toMatch(/^-id-0001\d{6}$/)
    const answer = await site.call('getManagerPhone', {
      encryptData: encryptData('open-id-0001', phoneContent(USER, 'wx-manager')),
      iv: IV,
      session,
    })
    expect(answer).toEqual({ ...OK, data: [{ phone: USER }] })
    expect(await site.call('getManagerInfo', { manager: USER })).toEqual({
      ...OK,
      data: [{ managerName: '' }],
    })
    expect(await site.call('getUserInfo', { user: USER })).toMatchObject({ data: [{ userName: '张三' }] })
  })

  it('says its name (M-01)', async () => {
    expect(await ask('getManagerInfo')).toEqual({ ...OK, data: [{ managerName: '老王' }] })
    expect(await ask('reportManagerName', { managerName: '王总' })).toEqual(DONE)
    expect(await ask('getManagerInfo')).toEqual({ ...OK, data: [{ managerName: '王总' }] })
    expect(await ask('reportManagerName', { managerName: ' ' })).toMatchObject(refused(3))
  })
})

describe('binding a charger (ME-5, R-25, M-02)', () => {
  it('takes one that is free, again without a change, and not another one’s', async () => {
    await site.clock.advance(MINUTE)
    expect(await ask('addDevice', { deviceCode: 'C1' })).toEqual(DONE)
    const bound = () => site.get("SELECT manager, addTime FROM device_info WHERE deviceCode = 'C1'")
    expect(bound()).toEqual({ manager: BOSS, addTime: '2026-03-01 00:01:00' })
    await site.clock.advance(MINUTE)
    expect(await ask('addDevice', { deviceCode: 'C1' })).toEqual(DONE)
    expect(bound()).toEqual({ manager: BOSS, addTime: '2026-03-01 00:01:00' })
    expect(await ask('addDevice', { deviceCode: 'B1' })).toMatchObject(refused(6))
    expect(await ask('addDevice', { deviceCode: 'Z9' })).toMatchObject(refused(3))
  })

  it('gives it to one of two who ask at once', async () => {
    const answers = await Promise.all(
      [BOSS, RIVAL].map((manager) => site.call('addDevice', { manager, deviceCode: 'C1' })),
    )
    expect(answers.map(({ code }) => code).toSorted((a, b) => a - b)).toEqual([0, 6])
  })
})

describe('one’s own chargers (ME-6 … ME-10)', () => {
  it('get names, which others cannot give (R-26)', async () => {
    expect(await ask('reportDeviceName', { deviceCode: 'A1', deviceName: '一号楼' })).toEqual(DONE)
    expect(site.get("SELECT deviceName FROM device_info WHERE deviceCode = 'A1'")).toEqual({
      deviceName: '一号楼',
    })
    expect(await ask('reportDeviceName', { deviceCode: 'B1', deviceName: 'x' })).toMatchObject(refused(5))
    expect(await ask('reportDeviceName', { deviceCode: 'C1', deviceName: 'x' })).toMatchObject(refused(5))
    expect(await ask('reportDeviceName', { deviceCode: 'Z1', deviceName: 'x' })).toMatchObject(refused(3))
    expect(await ask('reportDeviceName', { deviceCode: 'A1', deviceName: '' })).toMatchObject(refused(3))
  })

  it('are listed in pages', async () => {
    await ask('addDevice', { deviceCode: 'C1' })
    const device = { state: 0, maxUnit: 12, chargeFlag: 1 }
    const C1 = {
      ...device,
      deviceCode: 'C1',
      deviceName: '仓库',
      unitPrice: 0.5,
      addTime: '2026-03-01 00:00:00',
    }
    const A1 = {
      ...device,
      deviceCode: 'A1',
      deviceName: '东门',
      unitPrice: 1.5,
      addTime: '2026-01-01 08:00:00',
    }
    expect(await ask('getDeviceList', { startIndex: 0, pageSize: 10 })).toEqual({
      ...OK,
      data: { totalCount: 2, abstractList: [C1, A1] },
    })
    expect(await ask('getDeviceList', { startIndex: 1, pageSize: 10 })).toEqual({
      ...OK,
      data: { totalCount: 2, abstractList: [A1] },
    })
    expect(await ask('getDeviceList')).toMatchObject({ code: 3, data: [] })
  })

  it('are given up all together, and with both spellings of the result (M-03, M-04, M-05)', async () => {
    await ask('addDevice', { deviceCode: 'C1' })
    const both = (result: number, reason = expect.any(String) as string) => [
      { result, Result: result, reason },
    ]
    const mixed = await ask('deleteDevice', { deviceCodeList: 'A1,B1' })
    expect(mixed).toEqual({
      status: 200,
      code: 5,
      message: '非设备管理员：B1',
      data: both(1, '非设备管理员：B1'),
    })
    const unknown = await ask('deleteDevice', { deviceCodeList: 'A1 Z1' })
    expect(unknown).toMatchObject({ code: 3, data: both(1, '设备不存在：Z1') })
    expect([ownerOf('A1'), ownerOf('B1')]).toEqual([BOSS, RIVAL])
    expect(await ask('deleteDevice', { deviceCodeList: '["A1", "C1", "A1"]' })).toEqual({
      ...OK,
      data: both(0, ''),
    })
    expect([ownerOf('A1'), ownerOf('C1')]).toEqual([null, null])
    expect(site.get("SELECT addTime FROM device_info WHERE deviceCode = 'A1'")).toEqual({ addTime: null })
    expect(await site.call('addDevice', { manager: RIVAL, deviceCode: 'A1' })).toEqual(DONE)
  })

  it.each(['A1,C1', 'A1，C1', 'A1; C1', '  A1   C1 ', '["A1","C1"]', 'A1,,C1,'])(
    'are named as %j (M-03)',
    async (deviceCodeList) => {
      await ask('addDevice', { deviceCode: 'C1' })
      expect(await ask('transferDevice', { transfer: RIVAL, deviceCodeList })).toEqual(DONE)
      expect([ownerOf('A1'), ownerOf('C1')]).toEqual([RIVAL, RIVAL])
    },
  )

  it.each([
    '',
    ',',
    '[]',
    '[1.5]',
    '["A1"',
    '[["A1"]]',
    '{"A1":1}',
    'A1,!',
    Array.from({ length: 101 }, (_, i) => `D${i}`).join(),
  ])('are not named as %j: 3', async (deviceCodeList) => {
    expect(await ask('transferDevice', { transfer: RIVAL, deviceCodeList })).toMatchObject(refused(3))
    expect(await ask('deleteDevice', { deviceCodeList })).toMatchObject(refused(3))
  })

  it('go to a manager who exists and is another one (R-27, M-09)', async () => {
    expect(await ask('transferDevice', { transfer: '13000000000', deviceCodeList: 'A1' })).toMatchObject(
      refused(3),
    )
    expect(await ask('transferDevice', { transfer: BOSS, deviceCodeList: 'A1' })).toMatchObject(refused(3))
    expect(await ask('transferDevice', { transfer: USER, deviceCodeList: 'A1' })).toMatchObject(refused(3))
    expect(await ask('transferDevice', { transfer: RIVAL, deviceCodeList: 'A1,B1' })).toMatchObject(
      refused(5),
    )
    expect(await ask('transferDevice', { transfer: RIVAL, deviceCodeList: 'A1,Z1' })).toMatchObject(
      refused(3),
    )
    expect([ownerOf('A1'), ownerOf('B1')]).toEqual([BOSS, RIVAL])
    await site.clock.advance(MINUTE)
    expect(await ask('transferDevice', { transfer: RIVAL, deviceCodeList: 'A1' })).toEqual(DONE)
    expect(site.get("SELECT manager, addTime FROM device_info WHERE deviceCode = 'A1'")).toEqual({
      manager: RIVAL,
      addTime: '2026-03-01 00:01:00',
    })
  })

  it.each([
    [{ state: 1 }, 0],
    [{ state: 2 }, 3],
    [{ state: -1 }, 3],
    [{ chargeFlag: 0 }, 0],
    [{ chargeFlag: 2 }, 3],
    [{ maxUnit: 1 }, 0],
    [{ maxUnit: 12 }, 0],
    [{ maxUnit: 0 }, 3],
    [{ maxUnit: 13 }, 3],
    [{ maxUnit: 1.5 }, 3],
    [{ unitPrice: 0 }, 0],
    [{ unitPrice: 0.29 }, 0],
    [{ unitPrice: '8.20' }, 0],
    [{ unitPrice: 0.505 }, 3],
    [{ unitPrice: -0.01 }, 3],
    [{ unitPrice: 100, maxUnit: 1 }, 3],
    [{ unitPrice: 99.99, maxUnit: 10 }, 0],
    [{ unitPrice: 99.99, maxUnit: 11 }, 3],
    [{ unitPrice: 83.33, maxUnit: 12 }, 0],
    [{ unitPrice: 83.34, maxUnit: 12 }, 3],
    [{ unitPrice: 83.34 }, 3],
    [{}, 3],
    [{ state: '' }, 3],
    [{ deviceCode: 'B1', state: 0 }, 5],
    [{ deviceCode: 'C1', state: 0 }, 5],
    [{ deviceCode: 'Z1', state: 0 }, 3],
  ])('are set: %j → %i (M-07, D-06)', async (values, code) => {
    const before = site.all('SELECT * FROM device_info ORDER BY id')
    const answer = await ask('setDeviceValue', { deviceCode: 'A1', ...values })
    expect(answer).toMatchObject({ code, data: [{ result: code === 0 ? 0 : 1 }] })
    if (code !== 0) expect(site.all('SELECT * FROM device_info ORDER BY id')).toEqual(before)
  })

  it('keep what was not named', async () => {
    await ask('setDeviceValue', { deviceCode: 'A1', unitPrice: 0.29, maxUnit: 3, state: 1 })
    await ask('setDeviceValue', { deviceCode: 'A1', chargeFlag: 0 })
    expect(
      site.get("SELECT state, maxUnit, chargeFlag, unitPrice FROM device_info WHERE deviceCode = 'A1'"),
    ).toEqual({ state: 1, maxUnit: 3, chargeFlag: 0, unitPrice: 29 })
  })
})

describe('the blacklist (ME-11 … ME-13)', () => {
  it('takes who used a charger of this manager, once (R-31, R-32, M-10, M-11)', async () => {
    expect(await ask('addBlackUser', { user: '13000000000' })).toMatchObject(refused(3))
    expect(await ask('addBlackUser', { user: USER })).toMatchObject(refused(0))
    await paid(USER, 'B1', 0.5)
    expect(await ask('addBlackUser', { user: USER })).toMatchObject({ ...refused(0), message: '成功' })
    await paid(USER, 'A1', 1.5)
    expect(await ask('addBlackUser', { user: USER })).toEqual(DONE)
    expect(await ask('addBlackUser', { user: USER })).toEqual(DONE)
    expect(await ask('getBlackUser', { startIndex: 0, pageSize: 5 })).toEqual({
      ...OK,
      data: {
        totalCount: 1,
        abstractList: [{ user: USER, userName: '张三', setupTime: '2026-03-01 00:00:00' }],
      },
    })
    expect(await ask('deleteBlackUser', { userList: `${USER},${OTHER}` })).toEqual(DONE)
    expect(await ask('deleteBlackUser', { userList: USER })).toEqual(DONE)
    expect(await ask('getBlackUser', { startIndex: 0, pageSize: 5 })).toMatchObject({
      data: { totalCount: 0 },
    })
    expect(await ask('deleteBlackUser', { userList: `${USER},12` })).toMatchObject(refused(3))
  })

  it('takes nobody for an order that was cancelled (R-14)', async () => {
    const order = { user: USER, deviceCode: 'A1', port: 1, unitPrice: 1.5, unit: 1, money: 1.5 }
    const { data } = await site.call<{ orderId: string }[]>('newPowerOrder', order)
    expect(await site.call('cancelPowerOrder', { orderId: data[0]?.orderId })).toEqual(DONE)
    expect(await ask('addBlackUser', { user: USER })).toMatchObject(refused(0))
    expect(await ask('getOrderAll')).toMatchObject({
      data: { totalCount: 0, totalMoney: 0, abstractList: [] },
    })
  })
})

describe('somebody who never logged in (R-11)', () => {
  const page = { startIndex: 0, pageSize: 1 }
  it.each([
    ['getManagerInfo', {}],
    ['reportManagerName', { managerName: 'x' }],
    ['addDevice', { deviceCode: 'A1' }],
    ['reportDeviceName', { deviceCode: 'A1', deviceName: 'x' }],
    ['deleteDevice', { deviceCodeList: 'A1' }],
    ['getDeviceList', page],
    ['setDeviceValue', { deviceCode: 'A1', state: 1 }],
    ['transferDevice', { transfer: BOSS, deviceCodeList: 'A1' }],
    ['addBlackUser', { user: USER }],
    ['deleteBlackUser', { userList: USER }],
    ['getBlackUser', page],
    ['getOrderAll', {}],
    ['getOrderCash', {}],
    ['getOrderCashList', {}],
    ['CashOut', { bankName: 'a', bankUser: 'b', bankCode: '123456789012' }],
    ['getCashOutList', {}],
  ])('%s answers 4', async (name, params) => {
    expect(await site.call(name, { manager: USER, ...params })).toMatchObject({ status: 200, code: 4 })
    expect(await site.call(name, { manager: 'x', ...params })).toMatchObject({ code: 3 })
    expect(await site.call(name, params)).toMatchObject({ code: 3 })
  })
})
