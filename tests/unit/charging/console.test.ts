import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCharging, type Charging } from '#core/charging/index.ts'
import { newOrder } from '#core/charging/orders.ts'
import { beginPayment } from '#core/charging/payments.ts'
import { beginCharge, gift } from '#core/charging/coins.ts'
import { cashOut } from '#core/charging/withdrawals.ts'
import type { PaymentProvider } from '#core/charging/providers.ts'
import { createDevices } from '#core/devices/index.ts'
import { defaults } from '#core/settings/defaults.ts'
import { contract, type Input, type OperationName, type Output, type Role } from '#shared/contract/index.ts'
import { HOUR, MINUTE } from '#shared/time.ts'
import { FakeClock } from '../../fixtures/fake-clock.ts'
import { callOf } from '../../fixtures/ledger-rows.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'
import { operators, SECOND_PIN } from '../../fixtures/second-person.ts'

/** 2026-03-02 10:00 at the site */
const NOW = Date.UTC(2026, 2, 2, 2)
const ZONE = 8 * HOUR
const USER = '13800001234'
const OTHER = '13800005555'
const BOSS = '13900005678'
const BANK = { bankName: '农行', bankUser: '王', bankCode: '6228480000000000001' }

const offline: PaymentProvider = {
  kind: 'offline',
  merchant: null,
  begin: () => Promise.resolve({ prepayId: null, package: '', extra: {} }),
  query: () => Promise.resolve({ state: 'pending', transactionId: null, paidAt: null }),
  close: () => Promise.resolve(true),
}

let test: TestStore
let charging: Charging
let clock: FakeClock

beforeEach(async () => {
  test = await openTestStore()
  clock = new FakeClock(NOW)
  const ctx = testContext(test, { ports: { clock } })
  const settings = {
    zone: () => ZONE,
    values: () => ({ lan: { ...defaults(false).lan, cashOutServiceBp: 60 } }),
  } as never
  const devices = createDevices(ctx, { settings })
  charging = createCharging(ctx, { settings, devices, operators, provider: () => offline })
  await write(() => {
    const { sql } = test.store.site
    sql.exec(`INSERT INTO user_info (user, userName, pmoney, setupTime) VALUES
      ('${USER}', '张三', 5, '2026-01-01 08:00:00'), ('${OTHER}', '李四', 0, '2026-01-02 08:00:00')`)
    sql.exec(
      `INSERT INTO pmoney_charge_info (payId, user, pmoney, payTime) VALUES ('P1', '${USER}', 5, '2026-01-01 09:00:00')`,
    )
    sql.exec(
      `INSERT INTO manager_info (manager, managerName, setupTime) VALUES ('${BOSS}', '老王', '2026-01-01 08:00:00')`,
    )
    devices.enrol({ deviceCode: 'A1', btName: 'BUC_1A2B3C4D5E6F', alias: '东门' }, NOW)
    sql.exec(`UPDATE device_info SET manager = '${BOSS}', unitPrice = 50`)
  })
})
afterEach(() => test.close())

const pass = (ms: number) => clock.setWall(clock.now() + ms)
const write = <R>(work: () => R) => test.store.site.write(work)

type Area = 'orders' | 'users' | 'coins' | 'blacklist' | 'professions' | 'cashouts'
async function ask<N extends Extract<OperationName, `${Area}.${string}`>>(
  name: N,
  input: Input<N>,
  who = 'lin',
  roles: readonly Role[] = ['supervisor'],
): Promise<Output<N>> {
  const { input: accepts, output } = contract[name]
  const handler = charging.handlers[name] as (call: unknown, checked: unknown) => unknown
  return output.parse(await handler(callOf(test, who, roles), accepts.parse(input))) as Output<N>
}

const order = (user = USER, port = 1, unit = 2, at = clock.now()) =>
  write(() => {
    const wanted = { user, deviceCode: 'A1', port, unit, unitPriceFen: 50, moneyFen: 50 * unit }
    return newOrder(charging.books, wanted, at).orderId
  })
const pay = (orderId: string, coins: number, cashFen: number) =>
  write(() =>
    beginPayment(charging.books, { user: USER, orderId, moneyFen: 100, coins, cashFen }, clock.now()),
  )
const report = (packed: string) =>
  write(() =>
    test.store.site.sql.exec(
      `UPDATE device_info SET portState = '${packed}', portStateTime = '${new Date(clock.now() + ZONE).toISOString().slice(0, 19).replace('T', ' ')}'`,
    ),
  )
const fixesOf = async () =>
  (await ask('orders.zombies', {})).rows.map(({ kind, port, fixes }) => [kind, port, ...fixes])

describe('orders at the desk', () => {
  it('staff take the money once: coins that are held stay in, the rest is cash', async () => {
    const orderId = await order()
    expect((await ask('orders.get', { orderId })).state).toBe('unpaid')
    await pay(orderId, 1, 0)
    const paid = await ask('orders.get', { orderId })
    expect(paid).toMatchObject({ state: 'settled', coins: 1, cashFen: 0, cashOut: 'done' })
    const next = await order(USER, 2)
    const settled = await ask('orders.confirmPayment', { orderId: next })
    expect(settled).toMatchObject({ state: 'settled', coins: 0, cashFen: 100, cashOut: 'open', paidAt: NOW })
    const again = await ask('orders.confirmPayment', { orderId: next })
    expect(again.paidAt).toBe(NOW)
    const { payments } = await ask('orders.get', { orderId: next })
    expect(payments).toMatchObject([{ state: 'success', cashFen: 100 }])
    expect(payments[0]?.providerId).toMatch(/^OFFLINE-/)
  })

  it('a cancelled order gives held coins back, and is in no total', async () => {
    const orderId = await order()
    await write(() =>
      test.store.site.sql.exec(`INSERT INTO order_pay_info
        (orderId, user, deviceCode, port, unitPrice, unit, money, orderTime, pmoney, cash, state, createTime)
        VALUES ('${orderId}', '${USER}', 'A1', 1, 50, 2, 100, 'x', 0, 100, 0, '2026-03-02 10:00:00')`),
    )
    expect((await ask('orders.get', { orderId })).state).toBe('pending')
    const cancelled = await ask('orders.cancel', { orderId, reason: '端口坏了' })
    expect(cancelled).toMatchObject({ state: 'cancelled', cancelledAt: NOW })
    expect(await ask('orders.list', {})).toMatchObject({ total: 1, totals: { count: 0, moneyFen: 0 } })
    const refused = { code: 'NOT_ALLOWED_NOW', data: { reason: 'orderCancelled' } }
    await expect(ask('orders.confirmPayment', { orderId })).rejects.toMatchObject(refused)
    await expect(ask('orders.cancel', { orderId, reason: '再一次' })).rejects.toMatchObject(refused)
  })

  it('lists by state, words and time', async () => {
    const first = await order(USER, 1)
    await ask('orders.confirmPayment', { orderId: first })
    pass(HOUR)
    const second = await order(OTHER, 2)
    const ids = async (input: Input<'orders.list'>) =>
      (await ask('orders.list', input)).rows.map((row) => row.orderId)
    expect(await ids({})).toEqual([second, first])
    expect(await ids({ state: ['unpaid'] })).toEqual([second])
    expect(await ids({ query: '李四 东门' })).toEqual([second])
    expect(await ids({ to: NOW + MINUTE })).toEqual([first])
    await expect(ask('orders.get', { orderId: 'no' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('zombies', () => {
  it('an order whose port says free minutes later', async () => {
    await order()
    pass(MINUTE)
    await report('1000200030004000')
    expect(await fixesOf()).toEqual([])
    pass(4 * MINUTE)
    await report('1000200030004000')
    expect(await fixesOf()).toEqual([['portFree', 1, 'readPorts', 'confirmPayment', 'cancelOrder']])
    expect((await ask('orders.zombies', {})).rows[0]).toMatchObject({
      btName: expect.stringMatching(/^BUC_/) as string,
    })
  })

  it('a port that runs without an order, and one that runs on long after its end', async () => {
    await order(USER, 2, 1)
    pass(MINUTE)
    await report('1045202830004999')
    expect(await fixesOf()).toEqual([['noOrder', 1, 'readPorts', 'powerOff']])
    await report('1000204530004999')
    expect(await fixesOf()).toEqual([['afterEnd', 2, 'readPorts', 'powerOff']])
  })

  it('an unpaid order of yesterday of which no port ever ran', async () => {
    await order()
    pass(26 * HOUR)
    expect(await fixesOf()).toEqual([['neverStarted', 1, 'confirmPayment', 'cancelOrder']])
  })
})

describe('figures', () => {
  it('of today and the days before, by charger and hour; an order over midnight goes on at hour 0', async () => {
    const late = Date.UTC(2026, 2, 1, 15, 30)
    const one = await order(USER, 1, 2, late)
    await ask('orders.confirmPayment', { orderId: one })
    await ask('orders.confirmPayment', { orderId: await order(USER, 2, 1) })
    const { totals, before, byDay, byHour, heat, byDevice } = await ask('orders.dashboard', { days: 2 })
    expect(totals).toEqual({ count: 2, units: 3, moneyFen: 150, coins: 0, cashFen: 150 })
    expect(before.count).toBe(0)
    expect(byDay.map(({ count }) => count)).toEqual([1, 1])
    expect([byHour[23], byHour[10]]).toEqual([1, 1])
    expect(byDevice).toMatchObject([{ deviceCode: 'A1', alias: '东门', moneyFen: 150 }])
    const night = heat.find(({ port }) => port === 1)?.minutes
    expect(night?.reduce((sum, minutes) => sum + minutes, 0)).toBe(60)
    await ask('orders.confirmPayment', { orderId: await order(OTHER, 4, 1) })
    await order(OTHER, 3, 1)
    const month = await ask('orders.dashboard', { days: 30 })
    expect(month.heat.map(({ port }) => port)).toEqual([1, 2, 3, 4])
    const today = await ask('orders.dashboard', { days: 1 })
    expect([today.totals.count, today.before.count]).toEqual([3, 1])
  })
})

describe('coins', () => {
  it('a purchase is credited once by staff, and the ledger agrees with the balance', async () => {
    const { payId } = await write(() => beginCharge(charging.books, { user: USER, coins: 10 }, NOW))
    expect(await ask('coins.charges', {})).toMatchObject({
      rows: [{ payId, state: 'pending', priceFen: 1000 }],
    })
    expect(await ask('coins.confirmPayment', { payId })).toMatchObject({ coins: 10, balance: 15 })
    expect(await ask('coins.confirmPayment', { payId })).toMatchObject({ balance: 15 })
    await write(() => gift(charging.books, { from: USER, to: OTHER, coins: 4 }, NOW + MINUTE))
    pass(2 * MINUTE)
    const orderId = await order()
    await pay(orderId, 1, 0)
    const ledger = await ask('coins.ledger', { user: USER })
    expect(ledger).toMatchObject({ balance: 10, agrees: true, total: 4 })
    expect(ledger.rows.map(({ kind, coins }) => [kind, coins])).toEqual([
      ['order', -1],
      ['giftOut', -4],
      ['charge', 10],
      ['charge', 5],
    ])
    await expect(ask('coins.ledger', { user: '13000000000' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('people', () => {
  it('users and managers with what belongs to them', async () => {
    const orderId = await order()
    expect(await ask('users.get', { user: USER })).toMatchObject({ userName: '张三', coins: 5, unpaid: true })
    await ask('orders.confirmPayment', { orderId })
    expect(await ask('users.managers', { query: '王' })).toMatchObject({
      total: 1,
      rows: [{ manager: BOSS, devices: 1, withdrawableFen: 100, paidOutFen: 0 }],
    })
    expect((await ask('users.list', { query: '李' })).rows.map(({ user }) => user)).toEqual([OTHER])
  })

  it('the blacklist needs a use record (R-31), twice is once, absent is fine (R-32)', async () => {
    const bar = { user: USER, manager: BOSS }
    const refusedFor = (reason: string) => ({ code: 'NOT_ALLOWED_NOW', data: { reason } })
    await expect(ask('blacklist.add', bar)).rejects.toMatchObject(refusedFor('noUseRecord'))
    await expect(ask('blacklist.add', { ...bar, user: '13000000000' })).rejects.toMatchObject(
      refusedFor('userUnknown'),
    )
    for (const name of ['blacklist.add', 'blacklist.remove'] as const)
      await expect(ask(name, { ...bar, manager: OTHER })).rejects.toMatchObject(refusedFor('managerUnknown'))
    await order()
    await ask('blacklist.add', bar)
    await ask('blacklist.add', bar)
    expect(await ask('blacklist.list', { manager: BOSS })).toMatchObject({
      total: 1,
      rows: [{ userName: '张三', managerName: '老王', since: NOW }],
    })
    expect((await ask('users.list', { blacklisted: true })).total).toBe(1)
    await ask('blacklist.remove', bar)
    await ask('blacklist.remove', bar)
    expect((await ask('blacklist.list', {})).total).toBe(0)
  })

  it('professions are renamed, and one in use stays', async () => {
    await ask('professions.save', { professionId: 3, professionName: '学生' })
    await ask('professions.save', { professionId: 3, professionName: '教师' })
    await write(() =>
      test.store.site.sql.exec(`UPDATE user_info SET professionId = 3 WHERE user = '${USER}'`),
    )
    expect(await ask('professions.list', {})).toEqual({
      total: 1,
      rows: [{ professionId: 3, professionName: '教师', users: 1 }],
    })
    expect(await ask('professions.list', { offset: 1, limit: 5 })).toEqual({ total: 1, rows: [] })
    await expect(ask('professions.remove', { professionId: 3 })).rejects.toMatchObject({
      data: { reason: 'professionInUse' },
    })
    await expect(ask('professions.remove', { professionId: 9 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('withdrawals', () => {
  const withdraw = async (bank = BANK) => {
    await ask('orders.confirmPayment', { orderId: await order() })
    pass(2 * HOUR)
    return (await write(() => cashOut(charging.books, BOSS, bank, clock.now()))).cashOutId
  }

  it('is decided once, with the figures it was made with (R-36, R-37)', async () => {
    const cashOutId = await withdraw()
    expect(await ask('cashouts.get', { cashOutId })).toMatchObject({
      state: 'waiting',
      moneyFen: 100,
      serviceFen: 1,
      cashFen: 99,
      orders: 1,
      bankCode: '****0001',
      accountChanged: false,
    })
    await expect(ask('cashouts.decide', { cashOutId, decision: 'failure' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    expect(await ask('cashouts.decide', { cashOutId, decision: 'success' })).toMatchObject({
      state: 'paid',
      bankCode: '****0001',
    })
    await expect(
      ask('cashouts.decide', { cashOutId, decision: 'failure', reason: '退回' }),
    ).rejects.toMatchObject({ code: 'NOT_ALLOWED_NOW', data: { reason: 'cashoutDecided' } })
  })

  it('a failed one frees its orders for the next', async () => {
    const cashOutId = await withdraw()
    await ask('cashouts.decide', { cashOutId, decision: 'failure', reason: '账号不符' })
    expect((await ask('users.managers', {})).rows[0]?.withdrawableFen).toBe(100)
    expect((await ask('cashouts.list', { state: 'failed' })).rows[0]).toMatchObject({
      reason: '账号不符',
      orders: 0,
    })
  })

  it('to another account is paid at once when both are there', async () => {
    await ask('cashouts.decide', { cashOutId: await withdraw(), decision: 'success' })
    const cashOutId = await withdraw({ ...BANK, bankCode: '6228480000000000999' })
    const both = (name: string, pin = SECOND_PIN) =>
      ask('cashouts.decide', { cashOutId, decision: 'success', second: { name, pin } }, 'lin')
    await expect(both('mei', '1111')).rejects.toMatchObject({ code: 'PIN_WRONG' })
    await expect(both('lin')).rejects.toMatchObject({ data: { reason: 'samePerson' } })
    expect(await ask('cashouts.get', { cashOutId })).toMatchObject({ state: 'waiting', firstBy: null })
    expect(await both('mei')).toMatchObject({ state: 'paid', firstBy: 'lin' })
  })

  it('to another account than the last paid one, said by one, is paid at his screen by the other', async () => {
    await ask('cashouts.decide', { cashOutId: await withdraw(), decision: 'success' })
    const cashOutId = await withdraw({ ...BANK, bankCode: '6228480000000000999' })
    await ask('cashouts.decide', { cashOutId, decision: 'success' }, 'lin')
    const second = { name: 'mei', pin: SECOND_PIN }
    expect(await ask('cashouts.decide', { cashOutId, decision: 'success', second }, 'lin')).toMatchObject({
      state: 'paid',
    })
  })

  it('to another account than the last paid one needs two people', async () => {
    await ask('cashouts.decide', { cashOutId: await withdraw(), decision: 'success' })
    const cashOutId = await withdraw({ ...BANK, bankCode: '6228480000000000999' })
    const marked = await ask('cashouts.get', { cashOutId })
    expect(marked).toMatchObject({
      accountChanged: true,
      firstBy: null,
      lastPaidAccount: { ...BANK, bankCode: '****0001' },
    })
    expect(await ask('cashouts.reveal', { cashOutId })).toEqual({
      bankCode: '6228480000000000999',
      lastPaidBankCode: BANK.bankCode,
    })
    expect(await ask('cashouts.decide', { cashOutId, decision: 'success' }, 'lin')).toMatchObject({
      state: 'waiting',
      firstBy: 'lin',
    })
    await expect(ask('cashouts.decide', { cashOutId, decision: 'success' }, 'lin')).rejects.toMatchObject({
      data: { reason: 'secondPerson', firstBy: 'lin' },
    })
    expect(await ask('cashouts.decide', { cashOutId, decision: 'success' }, 'mei')).toMatchObject({
      state: 'paid',
    })
    expect((await ask('cashouts.list', {})).rows.map(({ state }) => state)).toEqual(['paid', 'paid'])
  })
})

describe('phones and accounts, for who is no supervisor (D-17)', () => {
  const MASKED = '138****1234'
  const cashier = <N extends Extract<OperationName, `${Area}.${string}`>>(name: N, input: Input<N>) =>
    ask(name, input, 'cas', ['cashier'])

  it('are masked in every list, and what is shown is understood as a filter', async () => {
    await ask('orders.confirmPayment', { orderId: await order() })
    await ask('blacklist.add', { user: USER, manager: BOSS })
    const { payId } = await write(() => beginCharge(charging.books, { user: USER, coins: 10 }, NOW))
    await write(() => gift(charging.books, { from: USER, to: OTHER, coins: 1 }, NOW))
    await write(() => cashOut(charging.books, BOSS, BANK, NOW))
    const one = { user: MASKED, manager: '139****5678' }
    expect((await cashier('orders.list', one)).rows).toMatchObject([one])
    expect((await cashier('blacklist.list', one)).rows).toMatchObject([one])
    expect((await cashier('coins.charges', { user: MASKED })).rows).toMatchObject([{ payId, user: MASKED }])
    expect((await cashier('coins.ledger', { user: MASKED })).rows).toContainEqual(
      expect.objectContaining({ kind: 'giftOut', other: '138****5555' }),
    )
    expect(await cashier('users.get', { user: MASKED })).toMatchObject({ user: MASKED, userName: '张三' })
    expect((await cashier('users.managers', {})).rows).toMatchObject([{ manager: one.manager }])
    expect((await cashier('cashouts.list', { manager: one.manager })).rows).toMatchObject([
      { manager: one.manager, bankCode: '****0001' },
    ])
    expect(await cashier('coins.confirmPayment', { payId })).toMatchObject({ user: MASKED })
    expect((await ask('orders.list', one)).rows).toMatchObject([{ user: USER, manager: BOSS }])
  })

  it('that look the same are told apart', async () => {
    await write(() =>
      test.store.site.sql.exec(
        `INSERT INTO user_info (user, userName, setupTime) VALUES ('13899991234', '王五', '2026-01-03 08:00:00')`,
      ),
    )
    const rows = (await cashier('users.list', {})).rows.map(({ user, userName }) => [user, userName])
    expect(rows).toEqual([
      ['138****1234~2', '王五'],
      ['138****5555', '李四'],
      [MASKED, '张三'],
    ])
    expect(await cashier('users.get', { user: '138****1234~2' })).toMatchObject({ userName: '王五' })
    await expect(cashier('users.get', { user: '138****1234~3' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('are not found out digit by digit', async () => {
    await order()
    const found = async (query: string) => [
      (await cashier('users.list', { query })).total,
      (await cashier('orders.list', { query })).total,
    ]
    expect(await found('1380000')).toEqual([0, 0])
    expect(await found('1234')).toEqual([1, 1])
    expect(await found(USER)).toEqual([1, 1])
    expect(await found('张')).toEqual([1, 1])
    expect((await ask('users.list', { query: '1380000' })).total).toBe(2)
  })

  it('are revealed one at a time, which is noted', async () => {
    const call = callOf(test, 'cas', ['cashier'])
    const reveal = (phone: string) => charging.handlers['users.reveal'](call, { whose: 'user', phone })
    expect(await reveal(MASKED)).toEqual({ phone: USER })
    expect(call.notes).toEqual([{ target: MASKED, after: { whose: 'user' } }])
    await expect(reveal('139****0000')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
