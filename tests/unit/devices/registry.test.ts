import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDevices, unpackPorts, type Devices } from '#core/devices/index.ts'
import { createWorkers } from '#main/adapters/workers.ts'
import { deriveJamCode, deviceCodeOf } from '#shared/chargers.ts'
import { contract, type Input, type OperationName, type Output, type Role } from '#shared/contract/index.ts'
import { callOf } from '../../fixtures/ledger-rows.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'

const NAME = 'BUC_1A2B3C4D5E6F'
const OTHER = 'BUC_AAAAAAAAAAA2'
const BOSS = '13900005678'
const ZONE = 8 * 3_600_000

const workers = createWorkers(new URL('../../../src/main/worker.ts', import.meta.url))
let test: TestStore
let devices: Devices
let told: string[]

beforeEach(async () => {
  test = await openTestStore()
  const ctx = testContext(test, { ports: { workers } })
  told = []
  ctx.events.on((event) => {
    if (event.type === 'changed' && event.area === 'devices') told.push(...(event.ids ?? []))
  })
  devices = createDevices(ctx, { settings: { zone: () => ZONE } })
})
afterEach(() => test.close())

async function ask<N extends Extract<OperationName, `devices.${string}`>>(
  name: N,
  input: Input<N>,
  roles: readonly Role[] = ['installer'],
): Promise<Output<N>> {
  const { input: accepts, output } = contract[name]
  const handler = devices.handlers[name] as (call: unknown, checked: unknown) => unknown
  return output.parse(await handler(callOf(test, 'lin', roles), accepts.parse(input))) as Output<N>
}

const sql = (text: string) => test.store.site.write(() => test.store.site.sql.exec(text))
const sheet = (text: string) => Buffer.from(`\uFEFF${text}`).toString('base64')
const addManager = () =>
  sql(`INSERT INTO manager_info (manager, setupTime) VALUES ('${BOSS}', '2026-01-01 00:00:00')`)

async function addOrder(deviceCode: string): Promise<void> {
  await sql(`INSERT INTO order_info (orderId, user, deviceCode, port, unitPrice, unit, money, orderTime, manager)
    VALUES ('91', '13800001234', '${deviceCode}', 1, 50, 2, 100, '2026-01-01 00:00:00', '${BOSS}')`)
}

describe('devices.register', () => {
  it('enters a charger from its label with the documented defaults', async () => {
    const row = await ask('devices.register', {
      deviceCode: '00000001',
      btName: '1a2b3c4d5e6f',
      alias: '东门 1',
    })
    expect(row).toMatchObject({
      deviceCode: '00000001',
      btName: NAME,
      alias: '东门 1',
      state: 0,
      chargeFlag: 1,
      unitPriceFen: 0,
      maxUnit: 12,
      version: 1,
      manager: null,
      noPrice: true,
      ports: [],
    })
    expect(devices.jamCodeOf(NAME, 'zero')).toBe('ABCDEF')
    expect(told).toEqual(['00000001'])
  })

  it('the same again changes nothing but what is given', async () => {
    await ask('devices.register', { deviceCode: 'A1', btName: NAME, alias: 'one', jamCode: 'ZZZZZZ' })
    const again = await ask('devices.register', { deviceCode: 'A1', btName: NAME, version: 3 })
    expect(again).toMatchObject({ alias: 'one', version: 3 })
    expect(devices.jamCodeOf(NAME, 'one')).toBe('ZZZZZZ')
  })

  it.each([
    ['the code of another charger', { deviceCode: 'A1', btName: OTHER }, 'deviceCode'],
    ['the name of another charger', { deviceCode: 'A2', btName: NAME }, 'btName'],
  ])('refuses %s (R-33)', async (_, input, what) => {
    await ask('devices.register', { deviceCode: 'A1', btName: NAME })
    await expect(ask('devices.register', input)).rejects.toMatchObject({
      code: 'CODE_TAKEN',
      data: { what, deviceCode: 'A1', btName: NAME },
    })
  })

  it('refuses a name of 13 characters (B-01)', async () => {
    await expect(
      ask('devices.register', { deviceCode: 'A1', btName: '1A2B3C4D5E6F7' }),
    ).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      data: { reason: 'btName' },
    })
  })
})

describe('devices.update', () => {
  beforeEach(() => ask('devices.register', { deviceCode: 'A1', btName: NAME }))

  it('changes what is given; an enabled charger has no reason', async () => {
    const off = await ask('devices.update', {
      deviceCode: 'A1',
      state: 1,
      stateReason: '维修',
      unitPriceFen: 150,
    })
    expect(off).toMatchObject({ state: 1, stateReason: '维修', unitPriceFen: 150, noPrice: false })
    expect(await ask('devices.update', { deviceCode: 'A1', state: 0 })).toMatchObject({ stateReason: null })
  })

  it('refuses a price at which the longest charge is above 999.99 (D-06)', async () => {
    await ask('devices.update', { deviceCode: 'A1', unitPriceFen: 8333 })
    await expect(ask('devices.update', { deviceCode: 'A1', unitPriceFen: 8334 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      data: { reason: 'orderTooDear' },
    })
    expect(devices.byCode('A1')?.unitPriceFen).toBe(8333)
  })

  it('of many answers for each, and one refusal holds no other back', async () => {
    await ask('devices.register', { deviceCode: 'A2', btName: OTHER })
    await ask('devices.update', { deviceCode: 'A2', maxUnit: 2 })
    const { results } = await ask('devices.updateMany', {
      deviceCodes: ['A1', 'A2', 'A3'],
      changes: { unitPriceFen: 9000 },
    })
    expect(results.map(({ ok, error }) => [ok, error?.code])).toEqual([
      [false, 'orderTooDear'],
      [true, undefined],
      [false, 'notFound'],
    ])
    expect(devices.byCode('A2')?.unitPriceFen).toBe(9000)
  })
})

describe('devices.transfer (R-27)', () => {
  it('gives all or none, to a manager that exists', async () => {
    await ask('devices.register', { deviceCode: 'A1', btName: NAME })
    await expect(ask('devices.transfer', { deviceCodes: ['A1'], manager: BOSS })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      data: { what: 'manager' },
    })
    await addManager()
    await expect(ask('devices.transfer', { deviceCodes: ['A1', 'no'], manager: BOSS })).rejects.toMatchObject(
      {
        code: 'NOT_FOUND',
      },
    )
    expect(devices.byCode('A1')?.manager).toBeNull()
    expect(await ask('devices.transfer', { deviceCodes: ['A1', 'A1'], manager: BOSS })).toEqual({
      transferred: 1,
    })
    expect(devices.byCode('A1')).toMatchObject({ manager: BOSS, addedAt: expect.any(Number) as number })
  })
})

describe('devices.remove', () => {
  it('keeps a charger with orders in the books', async () => {
    await ask('devices.register', { deviceCode: 'A1', btName: NAME })
    await ask('devices.register', { deviceCode: 'A2', btName: OTHER })
    await addOrder('A1')
    await expect(ask('devices.remove', { deviceCode: 'A1' })).rejects.toMatchObject({
      code: 'NOT_ALLOWED_NOW',
      data: { reason: 'hasOrders', orders: 1 },
    })
    await ask('devices.remove', { deviceCode: 'A2' })
    expect((await ask('devices.list', {})).rows.map((row) => row.deviceCode)).toEqual(['A1'])
  })
})

describe('devices.list', () => {
  it('finds by any part, takes % as it stands, filters and counts', async () => {
    await addManager()
    await ask('devices.register', { deviceCode: 'A1', btName: NAME, alias: '东门 100%' })
    await ask('devices.register', { deviceCode: 'A2', btName: OTHER, alias: '西门' })
    await ask('devices.transfer', { deviceCodes: ['A2'], manager: BOSS })
    await ask('devices.update', { deviceCode: 'A2', unitPriceFen: 50 })
    const codes = async (input: Input<'devices.list'>) =>
      (await ask('devices.list', input)).rows.map((row) => row.deviceCode)
    expect(await codes({ query: '门' })).toEqual(['A1', 'A2'])
    expect(await codes({ query: '%' })).toEqual(['A1'])
    expect(await codes({ query: 'aaaa 西' })).toEqual(['A2'])
    expect(await codes({ bound: false })).toEqual(['A1'])
    expect(await codes({ noPrice: false })).toEqual(['A2'])
    expect(await codes({ deviceCodes: ['A2', 'A9'] })).toEqual(['A2'])
    expect(await codes({ sort: 'deviceCode', order: 'descending' })).toEqual(['A2', 'A1'])
    expect(await codes({ sort: 'addedAt', order: 'ascending' })).toEqual(['A1', 'A2'])
    expect(await ask('devices.list', { limit: 1, offset: 1 })).toMatchObject({
      total: 2,
      rows: [{ deviceCode: 'A2' }],
    })
  })

  it('masks the manager for who is no supervisor, and takes what it shows as a filter (D-17)', async () => {
    await addManager()
    await ask('devices.register', { deviceCode: 'A1', btName: NAME })
    await ask('devices.transfer', { deviceCodes: ['A1'], manager: BOSS })
    const masked = `${BOSS.slice(0, 3)}****${BOSS.slice(7)}`
    expect((await ask('devices.list', { manager: masked })).rows).toMatchObject([{ manager: masked }])
    expect(await ask('devices.get', { deviceCode: 'A1' })).toMatchObject({ manager: masked })
    expect((await ask('devices.list', { query: BOSS.slice(0, 6) })).total).toBe(0)
    expect((await ask('devices.list', { query: BOSS })).total).toBe(1)
    const whole = await ask('devices.list', { query: BOSS.slice(0, 6) }, ['supervisor'])
    expect(whole.rows).toMatchObject([{ manager: BOSS }])
  })
})

describe('devices.import', () => {
  const file = (text: string, dryRun = false) => ({ fileName: '充电器.csv', base64: sheet(text), dryRun })
  const HEAD = '设备编号,蓝牙名称,名称,单价（元/30分钟）,最长单元数\n'

  it('a dry run says what would be and changes nothing; the same file twice changes nothing', async () => {
    const text = `${HEAD}00000001,${NAME},东门,0.50,12\n0002,aaaaaaaaaaa2,西门,,\n`
    const dry = await ask('devices.import', file(text, true))
    expect(dry.counts).toEqual({ new: 2, changed: 0, same: 0, error: 0 })
    expect((await ask('devices.list', {})).total).toBe(0)
    expect((await ask('devices.import', file(text))).counts).toEqual(dry.counts)
    expect(devices.byCode('00000001')).toMatchObject({ unitPriceFen: 50, alias: '东门' })
    expect(devices.byCode('0002')).toMatchObject({ btName: OTHER })
    expect((await ask('devices.import', file(text))).counts).toEqual({
      new: 0,
      changed: 0,
      same: 2,
      error: 0,
    })
    const dearer = text.replace('0.50', '0.80')
    expect((await ask('devices.import', file(dearer))).counts).toMatchObject({ changed: 1, same: 1 })
  })

  it('names the column and the reason, and good rows go in', async () => {
    await ask('devices.register', { deviceCode: 'OLD', btName: OTHER })
    const text = [
      `${HEAD}123456789,${NAME},,,`,
      `A1,BUC_12,,,`,
      `A1,${NAME},好的,1.5,4`,
      `A1,BUC_000000000001,,,`,
      `A2,${OTHER},,,`,
      `A3,BUC_000000000003,,0.005,`,
      `A4,BUC_000000000004,,99.99,12`,
    ].join('\n')
    const done = await ask('devices.import', file(text))
    expect(done.rows.map(({ row, outcome, error }) => [row, outcome, error?.column, error?.code])).toEqual([
      [2, 'error', 'deviceCode', 'codeInvalid'],
      [3, 'error', 'btName', 'nameInvalid'],
      [4, 'new', undefined, undefined],
      [5, 'error', 'deviceCode', 'codeTwice'],
      [6, 'error', 'deviceCode', 'codeTaken'],
      [7, 'error', 'unitPrice', 'priceInvalid'],
      [8, 'error', 'unitPrice', 'orderTooDear'],
    ])
    const back = Buffer.from(done.errorFile ?? '', 'base64').toString('utf8')
    expect(back).toContain('错误列')
    expect(back).toContain('单价须为')
    expect((await ask('devices.list', {})).rows.map((row) => row.deviceCode)).toEqual(['A1', 'OLD'])
  })

  it('refuses a sheet without the two columns', async () => {
    await expect(ask('devices.import', file('名称\n东门\n'))).rejects.toMatchObject({
      data: { reason: 'columnsMissing', missing: ['设备编号', '蓝牙名称'] },
    })
  })
})

describe('what the radio tells the registry', () => {
  it('keeps the profile, and the jam code follows its parity unless entered by hand', async () => {
    const profile = {
      jamParity: 'zero',
      sigCase: 'upper',
      tsFormat: 'ymd12',
      minutesWidth: 0,
      blink: 'LEDBLINK',
      layout: null,
    } as const
    await ask('devices.register', { deviceCode: 'A1', btName: NAME })
    await test.store.site.write(() => devices.saveProfile(NAME, profile))
    expect(devices.profileOf(NAME)).toEqual(profile)
    expect(devices.jamCodeOf(NAME, 'one')).toBe('123456')
    await ask('devices.register', { deviceCode: 'A2', btName: OTHER, jamCode: 'QQQQQQ' })
    await test.store.site.write(() => devices.saveProfile(OTHER, profile))
    expect(devices.jamCodeOf(OTHER, 'one')).toBe('QQQQQQ')
  })

  it('keeps the last report of the ports with its time', async () => {
    await ask('devices.register', { deviceCode: 'A1', btName: NAME })
    const at = Date.UTC(2026, 0, 2, 3, 4, 5)
    await test.store.site.write(() => devices.saveReport(NAME, '1000299930454021', at))
    expect(devices.byCode('A1')).toMatchObject({
      portsAt: at,
      ports: [
        { port: 1, state: 'free', minutes: null },
        { port: 2, state: 'broken', minutes: null },
        { port: 3, state: 'charging', minutes: 45 },
        { port: 4, state: 'charging', minutes: 21 },
      ],
    })
    expect(unpackPorts('1000')[3]).toEqual({ port: 4, state: 'unknown', minutes: null })
  })
})

describe('names and codes', () => {
  it.each([
    ['one', 'ABCDEF'],
    ['zero', '123456'],
  ] as const)('jam code counted from %s (B-02)', (parity, code) => {
    expect(deriveJamCode(NAME, parity)).toBe(code)
  })

  it.each([
    ['00000001', '00000001'],
    [' A1 ', 'A1'],
    ['https://x.example/bind?deviceCode=00000001', '00000001'],
    ['https://x.example/bind?scene=A1', 'A1'],
    ['https://x.example/u/ABCD1234', 'ABCD1234'],
    ['https://x.example/bind?q=https%3A%2F%2Fy.example%2FA7', 'A7'],
    ['123456789', null],
    ['https://x.example/', null],
  ])('%s holds %s (D-02)', (text, code) => {
    expect(deviceCodeOf(text)).toBe(code)
  })
})
