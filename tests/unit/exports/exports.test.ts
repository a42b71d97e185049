import Papa from 'papaparse'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '#core/context.ts'
import { createExports } from '#core/exports/index.ts'
import { createWorkers } from '#main/adapters/workers.ts'
import { contract, type Checked } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import { anyCall, at, meter, openMeters, reading, ZONE, type TestMeters } from '../../fixtures/meters.ts'
import { testContext } from '../../fixtures/store.ts'
import { unzip } from '../../fixtures/unzip.ts'

const workers = createWorkers(new URL('../../../src/main/worker.ts', import.meta.url))
afterAll(() => workers.close())

let world: TestMeters
beforeEach(async () => {
  world = await openMeters()
})
afterEach(() => world.close())

const CODE = '000123456789012345'
const columns = [
  { key: 'tableNo', title: '表号', format: 'text' as const },
  { key: 'lastReading', title: '读数', format: 'decimal' as const },
  { key: 'lastReadAt', title: '时间', format: 'time' as const },
  { key: 'kind', title: '类型', format: 'text' as const, words: { electricity: '电表' } },
]

/** Rows as the list of recharges answers them. */
const MONEY = [
  { outTradeNo: CODE, amountFen: 123_450, refundFen: -5, state: 'APPLIED' },
  { outTradeNo: '0'.repeat(25), amountFen: 100_000_000, refundFen: null, state: 'UNKNOWN' },
]
const moneyColumns = [
  { key: 'outTradeNo', title: '订单号', format: 'text' as const },
  { key: 'amountFen', title: '金额', format: 'money' as const },
  { key: 'refundFen', title: '退款', format: 'money' as const },
]

/** Rows with several rooms, as water accounts are linked. */
const OWING = [
  { rooms: [{ path: ['A', '101'] }, { path: ['A', '102'] }], devices: [{ device_code: '0012' }] },
  { rooms: [], devices: [] },
]

interface Asked {
  readonly caller: Caller
  readonly name: string
  readonly input: unknown
}

/** Exports over the real meter lists, through the contract's own check of the input. */
function area(asked: Asked[] = []) {
  const ctx = testContext(world.test, { ports: { workers } })
  const list = (caller: Caller, name: string, input: unknown): Promise<unknown> => {
    asked.push({ caller, name, input })
    if (name === 'meters.list')
      return Promise.resolve(
        world.handlers['meters.list'](anyCall, contract['meters.list'].input.parse(input) as never),
      )
    if (name === 'meters.usage')
      return Promise.resolve(
        world.handlers['meters.usage'](anyCall, contract['meters.usage'].input.parse(input) as never),
      )
    if (name === 'water.arrears') return Promise.resolve({ total: OWING.length, rows: OWING })
    if (name === 'recharge.list') return Promise.resolve({ total: MONEY.length, rows: MONEY })
    return Promise.reject(new SitedeskError('ROLE_REQUIRED', 'no'))
  }
  const { handlers } = createExports(ctx, { zone: () => ZONE, audit: { append: () => undefined }, list })
  return async (input: Partial<Checked<'exports.create'>>) => {
    const whole = { list: 'meters.list', input: {}, format: 'csv', name: '表计', columns, ...input }
    const answer = await handlers['exports.create'](
      { ...anyCall, caller: { door: 'browser', screen: 's' } },
      contract['exports.create'].input.parse(whole),
    )
    return { ...answer, bytes: Uint8Array.from(atob(answer.base64), (c) => c.charCodeAt(0)) }
  }
}

async function oneMeter(): Promise<void> {
  await world.catalogue(meter(CODE, { place: '梅园1栋' }), meter('2', { typeCode: '2' }))
  await world.ingest([reading(CODE, '2026-02-28 23:30:00', '346.90')])
}

describe('exports', () => {
  it('write CSV from which every code comes back as it was', async () => {
    await oneMeter()
    const { bytes, name, type, rows } = await area()({})
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    expect(text.startsWith('\uFEFF')).toBe(true)
    const parsed = Papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: true })
    expect(parsed.data).toEqual([
      { 表号: CODE, 读数: '346.90', 时间: '2026-02-28 23:30:00', 类型: '电表' },
      { 表号: '2', 读数: '', 时间: '', 类型: 'water' },
    ])
    expect({ name, type, rows }).toEqual({
      name: '表计 2026-03-01.csv',
      type: 'text/csv;charset=utf-8',
      rows: 2,
    })
  })

  it('write XLSX with codes as text, readings as numbers and times as dates', async () => {
    await oneMeter()
    const { bytes, name } = await area()({ format: 'xlsx' })
    const files = unzip(bytes)
    const xml = (path: string) => files.get(path) ?? ''
    const sheet = xml('xl/worksheets/sheet1.xml')
    expect(name).toBe('表计 2026-03-01.xlsx')
    expect(xml('xl/sharedStrings.xml')).toContain(CODE)
    expect(sheet).toMatch(/<c r="A2"[^>]* t="s"/)
    expect(sheet).toMatch(/<c r="B2"[^>]*><v>346\.9<\/v>/)
    const days = Number(/<c r="C2"[^>]*><v>([\d.]+)<\/v>/.exec(sheet)?.[1])
    const shown = Math.round(days * 86_400_000) + Date.UTC(1899, 11, 30)
    expect(shown).toBe(at('2026-02-28 23:30:00') + ZONE)
    expect(xml('xl/styles.xml')).toContain('yyyy-mm-dd hh:mm')
    expect(xml('xl/styles.xml')).toContain('0.00')
    expect(sheet).toContain('state="frozen"')
  })

  it('follow the pages of a list to its end, with its filter, as the same caller', async () => {
    await world.catalogue(...Array.from({ length: 2345 }, (_, i) => meter(String(i).padStart(6, '0'))))
    await world.catalogue(meter('w1', { typeCode: '2' }))
    const asked: Asked[] = []
    const { bytes, rows } = await area(asked)({ input: { kind: 'electricity', offset: 7, limit: 3 } })
    expect(rows).toBe(2345)
    expect(asked.map(({ input }) => input)).toEqual([
      { kind: 'electricity', offset: 0, limit: 1000 },
      { kind: 'electricity', offset: 1000, limit: 1000 },
      { kind: 'electricity', offset: 2000, limit: 1000 },
    ])
    expect(asked[0]?.caller).toEqual({ door: 'browser', screen: 's' })
    const lines = new TextDecoder().decode(bytes).trimEnd().split('\r\n')
    expect(new Set(lines).size).toBe(2346)
  })

  it('write lists that come whole', async () => {
    await oneMeter()
    await world.ingest([reading(CODE, '2026-02-27 23:30:00', '340.00')])
    const { rows, bytes } = await area()({
      list: 'meters.usage',
      input: {
        meterIds: [`imr:${CODE}`],
        from: at('2026-02-28 00:00:00'),
        to: at('2026-03-01 00:00:00'),
        bucket: 'day',
      },
      columns: [
        { key: 'meterId', title: 'meter', format: 'text' },
        { key: 'bucket', title: 'day', format: 'day' },
        { key: 'usage', title: 'usage', format: 'decimal' },
      ],
    })
    expect(rows).toBe(1)
    expect(new TextDecoder().decode(bytes)).toContain(`"imr:${CODE}",2026-02-28,6.90`)
  })

  it('write several rooms or meters of one row in one cell', async () => {
    const { bytes } = await area()({
      list: 'water.arrears',
      columns: [
        { key: 'rooms.*.path', title: 'rooms', format: 'text' },
        { key: 'devices.*.device_code', title: 'meters', format: 'text' },
      ],
    })
    expect(new TextDecoder().decode(bytes)).toBe('"rooms","meters"\r\n"A / 101; A / 102","0012"\r\n"",""\r\n')
  })

  it('write fen as plain yuan, and order numbers as they are, in CSV', async () => {
    const { bytes } = await area()({ list: 'recharge.list', columns: moneyColumns })
    expect(new TextDecoder().decode(bytes)).toBe(
      `"订单号",金额,退款\r\n"${CODE}",1234.50,-0.05\r\n"${'0'.repeat(25)}",1000000.00,\r\n`,
    )
  })

  it('write money as numbers with two decimals, and order numbers as text, in XLSX', async () => {
    const { bytes } = await area()({ list: 'recharge.list', columns: moneyColumns, format: 'xlsx' })
    const files = unzip(bytes)
    const sheet = files.get('xl/worksheets/sheet1.xml') ?? ''
    const style = (cell: string) => new RegExp(`<c r="${cell}"[^>]* s="(\\d+)"`).exec(sheet)?.[1]
    expect(files.get('xl/sharedStrings.xml')).toContain(CODE)
    expect(sheet).toMatch(/<c r="A2"[^>]* t="s"/)
    expect(sheet).toMatch(/<c r="A3"[^>]* t="s"/)
    expect(sheet).toMatch(/<c r="B2"[^>]*><v>1234\.5<\/v>/)
    expect(sheet).toMatch(/<c r="C2"[^>]*><v>-0\.05<\/v>/)
    expect(sheet).toMatch(/<c r="B3"[^>]*><v>1000000<\/v>/)
    expect(style('B2')).toBeDefined()
    expect(style('B3')).toBe(style('B2'))
    expect(files.get('xl/styles.xml')).toMatch(/numFmtId="2"|formatCode="0\.00"/)
  })

  it('offer every list of the desk', () => {
    const { shape } = contract['exports.create'].input
    for (const name of [
      'recharge.list',
      'shifts.list',
      'receipts.list',
      'reconciliation.records',
      'rooms.lowBalance',
      'rooms.recharges',
      'rooms.costs',
    ])
      expect(shape.list.safeParse(name).success).toBe(true)
  })

  it('refuse what the list refuses', async () => {
    await expect(area()({ list: 'audit.list' })).rejects.toMatchObject({ code: 'ROLE_REQUIRED' })
    await expect(area()({ input: { nonsense: 1 } })).rejects.toThrow(/nonsense/)
  })

  it('give names that every system takes, and defuse formulas', async () => {
    await world.catalogue(meter('1', { userName: '=cmd|calc' }), meter('2', { userName: '-5' }))
    const user = [{ key: 'user', title: '@user', format: 'text' as const }]
    const { name, bytes } = await area()({ name: '..\\a/b:c*?"<>|\n', columns: user })
    expect(name).toBe('a b c 2026-03-01.csv')
    expect(new TextDecoder().decode(bytes)).toBe(`"'@user"\r\n"'=cmd|calc"\r\n"'-5"\r\n`)
    expect((await area()({ name: '///' })).name).toBe('export 2026-03-01.csv')
  })
})
