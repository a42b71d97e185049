import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, MINUTE, SECOND } from '#shared/time.ts'
import { contradictions } from '../fixtures/lan-books.ts'
import { openLan, type LanSite, type Params } from '../fixtures/lan.ts'

const USER = '13800001234'
const OTHER = '13800005555'
const BOSS = '13900005678'
const RIVAL = '13700009999'

let site: LanSite
beforeEach(async () => {
  site = await openLan()
  await site.add.user(USER, { coins: 10 })
  await site.add.user(OTHER)
  await site.add.manager(BOSS)
  await site.add.manager(RIVAL)
  await site.add.charger('A1', { manager: BOSS, priceFen: 150 })
})
afterEach(() => {
  expect(contradictions(site.test.store.site)).toEqual([])
  return site.close()
})

const order = (more: Params = {}) => ({
  user: USER,
  deviceCode: 'A1',
  port: 1,
  unitPrice: 1.5,
  unit: 2,
  money: 3,
  ...more,
})
const place = (more: Params = {}) => site.call<{ orderId: string }[]>('newPowerOrder', order(more))
const codeOf = async (more: Params = {}) => (await place(more)).code
async function placed(more: Params = {}): Promise<string> {
  const { code, data } = await place(more)
  expect(code).toBe(0)
  return data[0]?.orderId ?? ''
}
const pay = (orderId: string, more: Params = {}) =>
  site.call('payPowerOrder', { user: USER, orderId, money: 3, pmoney: 3, cash: 0, ...more })
const orders = () => site.count('SELECT count(*) FROM order_info')
const report = (portState: string, deviceCode = 'A1') =>
  site.call('reportDevicePort', { deviceCode, portState })
const at = (ms: number) => site.clock.advance(ms)

describe('a new order (§5.1)', () => {
  it('answers its number and keeps what the desk computed (R-12)', async () => {
    const orderId = await placed()
    expect(site.get('SELECT * FROM order_info')).toEqual({
      id: 1,
      orderId,
      user: USER,
      deviceCode: 'A1',
      port: 1,
      unitPrice: 150,
      unit: 2,
      money: 300,
      orderTime: '2026-03-01 00:00:00',
      pmoney: 0,
      cash: 0,
      payTime: null,
      cashOutFlag: 0,
      cashOutId: null,
      manager: BOSS,
      cancelTime: null,
    })
  })

  it('is refused with 5 while another one is unpaid, not after it is paid or cancelled (R-01)', async () => {
    const first = await placed()
    expect(await place({ port: 2 })).toMatchObject({ code: 5, message: '有待支付账单', data: [] })
    await pay(first)
    const second = await placed({ port: 2 })
    await site.call('cancelPowerOrder', { orderId: second })
    expect(await codeOf({ port: 3 })).toBe(0)
  })

  it('is refused on every charger of a manager who bars the user, wherever the charger goes (R-02)', async () => {
    await site.add.charger('B1', { manager: RIVAL, priceFen: 150 })
    await site.write(
      'INSERT INTO black_user_info (user, manager, setupTime) VALUES (?, ?, ?)',
      USER,
      BOSS,
      'x',
    )
    expect(await codeOf()).toBe(5)
    expect(await codeOf({ user: OTHER })).toBe(0)
    await site.call('transferDevice', { manager: BOSS, transfer: RIVAL, deviceCodeList: 'A1' })
    await site.call('transferDevice', { manager: RIVAL, transfer: BOSS, deviceCodeList: 'B1' })
    expect(await codeOf({ deviceCode: 'B1' })).toBe(5)
    expect(await codeOf({ port: 2 })).toBe(0)
  })

  it('is refused on a disabled charger; what runs there goes on (R-03)', async () => {
    await placed({ user: OTHER })
    await site.call('setDeviceValue', { manager: BOSS, deviceCode: 'A1', state: 1 })
    expect(await place({ port: 2 })).toMatchObject({ code: 5, message: '设备已禁用' })
    expect(await site.call('getOrderPay', { user: OTHER })).toMatchObject({ data: [{ deviceCode: 'A1' }] })
  })

  it('is refused on a charger of nobody, until somebody adds it (R-04)', async () => {
    await site.call('deleteDevice', { manager: BOSS, deviceCodeList: 'A1' })
    expect(await place()).toMatchObject({ code: 5, message: '设备尚未绑定管理员' })
    await site.call('addDevice', { manager: RIVAL, deviceCode: 'A1' })
    expect(await codeOf()).toBe(0)
    expect(site.get('SELECT manager FROM order_info')).toEqual({ manager: RIVAL })
  })

  it.each<[Params, string]>([
    [{ deviceCode: 'A9' }, 'R-05'],
    [{ deviceCode: 'a1' }, 'D-02: case counts'],
    [{ deviceCode: 'A23456789' }, 'D-02'],
    [{ port: 0 }, 'R-06'],
    [{ port: 5 }, 'R-06'],
    [{ port: 'a' }, 'R-06'],
    [{ port: 1.5 }, 'R-06'],
    [{ port: null }, 'H-06'],
    [{ unit: 0, money: 0 }, 'R-08'],
    [{ unit: 13, money: 19.5 }, 'R-08'],
    [{ unit: 1.5, money: 2.25 }, 'R-08'],
    [{ unit: -1, money: -1.5 }, 'R-08'],
    [{ unitPrice: 1.49, money: 2.98 }, 'R-09'],
    [{ money: 0.01 }, 'U-19'],
    [{ money: 2.99 }, 'U-24'],
    [{ money: 3.01 }, 'U-24'],
    [{ money: 3.004 }, 'U-24'],
    [{ money: 'drei' }, 'format'],
    [{ money: true }, 'format'],
    [{ money: '' }, 'H-06'],
  ])('is refused with 3: %j (%s)', async (wrong) => {
    expect(await place(wrong)).toMatchObject({ status: 200, code: 3, data: [] })
    expect(orders()).toBe(0)
  })

  it.each([
    [1, 12, 0],
    [3, 3, 0],
    [3, 4, 3],
    [12, 12, 0],
    [12, 13, 3],
  ])('of a charger with maxUnit %i for %i units answers %i (R-08)', async (maxUnit, unit, code) => {
    await site.write('UPDATE device_info SET maxUnit = ?', maxUnit)
    const expected = unit > maxUnit ? 3 : code
    expect(await codeOf({ unit, money: unit * 1.5 })).toBe(expected)
  })

  it('takes numbers as text, and sums as phones compute them (§6.1)', async () => {
    await site.write('UPDATE device_info SET unitPrice = 820')
    expect(await codeOf({ port: '2', unit: '3', unitPrice: '8.20', money: 8.2 * 3 })).toBe(0)
    expect(site.get('SELECT money FROM order_info')).toEqual({ money: 2460 })
  })

  it('is priced by the charger as it is now (R-09, R-30)', async () => {
    await site.call('setDeviceValue', { manager: BOSS, deviceCode: 'A1', unitPrice: 2 })
    expect(await place()).toMatchObject({ code: 3, message: '价格已变化，请刷新后重试' })
    expect(await codeOf({ unitPrice: 2, money: 4 })).toBe(0)
  })
})

describe('a free charger (R-10)', () => {
  it('settles at once, whatever price the phone says, and blocks nothing', async () => {
    await site.write('UPDATE device_info SET chargeFlag = 0')
    const orderId = await placed({ unitPrice: 99, money: 1.005 })
    expect(
      site.get('SELECT unitPrice, money, pmoney, cash, payTime, orderTime, cashOutFlag FROM order_info'),
    ).toEqual({
      unitPrice: 0,
      money: 0,
      pmoney: 0,
      cash: 0,
      payTime: '2026-03-01 00:00:00',
      orderTime: '2026-03-01 00:00:00',
      cashOutFlag: 2,
    })
    expect(await site.call('getOrderPay', { user: USER })).toMatchObject({ code: 0, data: [] })
    expect(await site.call('queryOrderPay', { orderId })).toMatchObject({ data: [{ result: 0, reason: '' }] })
    expect(await codeOf({ port: 2 })).toBe(0)
    expect(await pay(orderId, { money: 0, pmoney: 0 })).toMatchObject({ code: 3 })
  })

  it('is one that costs nothing, too', async () => {
    await site.write('UPDATE device_info SET unitPrice = 0')
    expect(await codeOf()).toBe(3)
    expect(await codeOf({ unitPrice: 0, money: 0 })).toBe(0)
    expect(await codeOf({ port: 2, unitPrice: 0, money: 0 })).toBe(0)
  })
})

describe('a port is free or not (R-07)', () => {
  beforeEach(() => site.write('UPDATE device_info SET chargeFlag = 0'))

  it('is busy while an order runs, and free when it is over', async () => {
    await placed()
    expect(await codeOf()).toBe(6)
    expect(await codeOf({ port: 2 })).toBe(0)
    await at(HOUR - SECOND)
    expect(await codeOf()).toBe(6)
    await at(SECOND)
    expect(await codeOf()).toBe(0)
  })

  it('is free when a fresh report says so, whatever an older order says', async () => {
    await placed()
    await at(10 * SECOND)
    await report('1000')
    expect(await codeOf()).toBe(0)
  })

  it('is busy when an order is newer than the report', async () => {
    await report('1000')
    await at(10 * SECOND)
    await placed()
    await at(10 * SECOND)
    expect(await codeOf()).toBe(6)
  })

  it('is busy when it is broken, or has minutes left since a fresh report', async () => {
    await report('1999200130004000')
    expect([await codeOf({ port: 1 }), await codeOf({ port: 2 }), await codeOf({ port: 3 })]).toEqual([
      6, 6, 0,
    ])
    await at(MINUTE)
    expect(await codeOf({ port: 2 })).toBe(0)
    expect(await codeOf({ port: 1 })).toBe(6)
  })

  it('does not go by a report older than two minutes', async () => {
    await report('1999')
    await at(120 * SECOND)
    expect(await codeOf()).toBe(6)
    await at(SECOND)
    expect(await codeOf()).toBe(0)
  })

  it('goes by orders where the report says nothing of the port, and counts each that still runs', async () => {
    await placed({ unit: 12 })
    await at(MINUTE)
    await report('1000')
    await placed({ unit: 1 })
    await at(31 * MINUTE)
    await report('2000')
    expect(await codeOf()).toBe(6)
    await report('1000')
    expect(await codeOf()).toBe(0)
  })

  it('is freed by a cancelled order (R-14)', async () => {
    const orderId = await placed()
    await site.call('cancelPowerOrder', { orderId })
    expect(await codeOf()).toBe(0)
  })
})

describe('the order of the checks: each wins over the next (§5.1)', () => {
  /** What is wrong, from first to last; a charger of nobody cannot be blacklisted by its manager. */
  const wrongs = {
    format: { code: 3, message: '参数 port 格式错误' },
    user: { code: 4, message: '用户尚未登录' },
    device: { code: 3, message: '设备不存在' },
    unpaid: { code: 5, message: '有待支付账单' },
    unbound: { code: 5, message: '设备尚未绑定管理员' },
    disabled: { code: 5, message: '设备已禁用' },
    blacklist: { code: 5, message: '用户已被管理员限制使用' },
    port: { code: 3, message: '端口号应为 1–4' },
    unit: { code: 3, message: '充电时长应为 1–12 个单元' },
    price: { code: 3, message: '价格已变化，请刷新后重试' },
    busy: { code: 6, message: '设备端口已占用' },
  } as const
  type Wrong = keyof typeof wrongs

  const set = (column: string, value: number | null) =>
    site.write(`UPDATE device_info SET ${column} = ?`, value)
  /** brings it about and says what to ask */
  const bring: Readonly<Record<Wrong, () => Promise<unknown> | Params>> = {
    format: () => ({ port: 'x' }),
    user: () => ({ user: '13000000000' }),
    device: () => ({ deviceCode: 'Z1' }),
    unpaid: () => placed({ port: 4 }),
    unbound: () => set('manager', null),
    disabled: () => set('state', 1),
    blacklist: () =>
      site.write('INSERT INTO black_user_info (user, manager, setupTime) VALUES (?, ?, ?)', USER, BOSS, 'x'),
    port: () => ({ port: 9 }),
    unit: () => ({ unit: 13 }),
    price: () => ({ money: 7 }),
    busy: () => placed({ user: OTHER }),
  }

  const both = async (first: Wrong, second: Wrong) => {
    const params: Params[] = []
    // what makes an order comes before what forbids one
    for (const one of [...new Set([second, first])].toSorted((a) =>
      a === 'busy' || a === 'unpaid' ? -1 : 1,
    )) {
      const made = bring[one]()
      if (made instanceof Promise) await made
      else params.push(made)
    }
    const { code, message } = await place(Object.assign({}, ...params.toReversed()))
    return { code, message }
  }

  it.each([
    ['format', 'user'],
    ['user', 'device'],
    ['device', 'unpaid'],
    ['unpaid', 'unbound'],
    ['unbound', 'disabled'],
    ['disabled', 'blacklist'],
    ['blacklist', 'port'],
    ['port', 'unit'],
    ['unit', 'price'],
    ['price', 'busy'],
  ] as const)('%s before %s', async (first, second) => {
    expect(await both(first, second)).toEqual(wrongs[first])
  })

  it.each(Object.keys(wrongs) as Wrong[])('%s alone', async (wrong) => {
    expect(await both(wrong, wrong)).toEqual(wrongs[wrong])
  })
})

describe('cancelling (U-23, R-13)', () => {
  const cancel = (orderId: string) => site.call('cancelPowerOrder', { orderId })
  const not = (reason: string) => ({ status: 200, code: 0, message: '成功', data: [{ result: 1, reason }] })

  it('is done within three minutes, softly; the order is in no list and no total (R-14)', async () => {
    const orderId = await placed()
    await at(180 * SECOND)
    expect(await cancel(orderId)).toEqual({
      status: 200,
      code: 0,
      message: '成功',
      data: [{ result: 0, reason: '' }],
    })
    expect(site.get('SELECT cancelTime FROM order_info')).toEqual({ cancelTime: '2026-03-01 00:03:00' })
    expect(await site.call('getUserOrder', { user: USER })).toMatchObject({
      data: { totalCount: 0, totalUnit: 0, totalMoney: 0, abstractList: [] },
    })
    expect(await site.call('getOrderPay', { user: USER })).toMatchObject({ data: [] })
    expect(await site.call('getUserInfo', { user: USER })).toMatchObject({ data: [{ order: 0 }] })
    expect(await cancel(orderId)).toEqual(not('账单已取消'))
    expect(await pay(orderId)).toMatchObject({ code: 3, message: '账单已取消' })
  })

  it('is refused: unknown, old, paid, being paid, running', async () => {
    expect(await cancel('90000000000000')).toMatchObject({
      code: 3,
      data: [{ result: 1, reason: '账单不存在' }],
    })
    const first = await placed()
    await at(180 * SECOND + SECOND)
    expect(await cancel(first)).toEqual(not('超过可取消时间'))
    await pay(first, { pmoney: 0, cash: 3 })
    expect(await cancel(first)).toEqual(not('账单正在支付'))
    await pay(first)
    expect(await cancel(first)).toEqual(not('账单已支付'))
    const second = await placed({ port: 2 })
    await at(SECOND)
    await report('2001')
    await at(2 * MINUTE)
    expect(await cancel(second)).toEqual(not('端口正在充电'))
    expect(site.count('SELECT count(*) FROM order_info WHERE cancelTime IS NOT NULL')).toBe(0)
  })

  it('looks only at reports that are newer, and only at its port', async () => {
    await report('1060')
    await at(3 * MINUTE)
    expect(await cancel(await placed())).toMatchObject({ data: [{ result: 0 }] })
    const orderId = await placed({ port: 2 })
    await at(SECOND)
    await report('1060200030994999')
    expect(await cancel(orderId)).toMatchObject({ data: [{ result: 0 }] })
  })

  it('is done for a free order, once', async () => {
    await site.write('UPDATE device_info SET chargeFlag = 0')
    const orderId = await placed()
    expect(await cancel(orderId)).toMatchObject({ data: [{ result: 0 }] })
    expect(await cancel(orderId)).toEqual(not('账单已取消'))
    expect(await site.call('getUserOrder', { user: USER })).toMatchObject({ data: { totalCount: 0 } })
  })
})
