import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import readExcel from 'read-excel-file/node'
import { parseDecimal, formatDecimal } from '#shared/decimal.ts'
import type { ReportTable } from '#shared/contract/reports.ts'
import { anyCall, at, reading } from '../../fixtures/meters.ts'
import { storeIntent, storeRefund } from '../../fixtures/ledger-rows.ts'
import { fillReports, ReportSite } from '../../fixtures/reports.ts'

const DAY = 86_400_000
const SPAN = { from: at('2026-03-02'), to: at('2026-03-11') }
const scaled = (cell: unknown) => parseDecimal(cell)?.scaled ?? 0
const sum = (cells: readonly unknown[]) =>
  formatDecimal(
    cells.reduce<number>((all, c) => all + scaled(c), 0),
    2,
  )
const columnOf = ({ columns, rows }: ReportTable, key: string) => {
  const index = columns.findIndex((column) => column.key === key)
  return rows.map((row) => row[index])
}

let site: ReportSite
beforeAll(async () => {
  site = await ReportSite.open()
  await fillReports(site)
})
afterAll(() => site.close())

/** What meters.usage says of the electricity meters. */
async function usageOf(bucket: 'day' | 'month') {
  const meterIds = ['imr:E3', 'imr:E4', 'imr:E2', 'imr:E1']
  return site.meters.handlers['meters.usage'](anyCall, { ...SPAN, bucket, meterIds })
}

describe('usage by meter', () => {
  it.each(['day', 'month'] as const)('has per %s what meters.usage has, and its sums', async (bucket) => {
    const span = bucket === 'day' ? SPAN : { from: at('2026-03-01'), to: at('2026-04-01') }
    const table = await site.get({ report: 'usage', ...span, bucket })
    const usage = await site.meters.handlers['meters.usage'](anyCall, {
      ...span,
      bucket,
      meterIds: ['imr:E3', 'imr:E4', 'imr:E2', 'imr:E1'],
    })
    // 2栋 before 10栋, houses within
    expect(columnOf(table, 'tableNo')).toEqual(['E3', 'E4', 'E2', 'E1'])
    const cells = table.rows.flatMap((row) => row.slice(4, -2))
    expect(cells).toEqual(usage.rows.map((row) => row.usage))
    expect(table.coverage).toEqual(usage.coverage)
    const states = new Map(table.marks.map(([row, column, state]) => [`${row}/${column}`, state]))
    const width = table.columns.length - 6
    usage.rows.forEach(({ state }, i) => {
      const marked = states.get(`${Math.floor(i / width)}/${4 + (i % width)}`)
      expect(marked ?? (cells[i] === null ? 'gap' : 'measured')).toBe(state)
    })
    const whole = sum(usage.rows.map((row) => row.usage))
    expect(sum(columnOf(table, 'sum'))).toBe(whole)
    expect(table.total?.at(-2)).toBe(whole)
    expect(sum(table.total?.slice(4, -2) ?? [])).toBe(whole)
  })

  it('keeps kinds apart and takes what the filter says', async () => {
    expect(columnOf(await site.get({ report: 'usage', ...SPAN, kind: 'water' }), 'tableNo')).toEqual(['W1'])
    expect(columnOf(await site.get({ report: 'usage', ...SPAN, place: '10栋' }), 'tableNo')).toEqual(['E1'])
    expect(columnOf(await site.get({ report: 'usage', ...SPAN, query: '乙' }), 'tableNo')).toEqual(['E2'])
  })

  it('refuses a span that ends before it begins', async () => {
    await expect(site.get({ report: 'usage', from: SPAN.to, to: SPAN.from })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })
})

describe('usage by place', () => {
  it.each(['day', 'month'] as const)('adds up per %s to what the meters come to', async (bucket) => {
    const table = await site.get({ report: 'places', ...SPAN, bucket })
    const meters = await site.get({ report: 'usage', ...SPAN, bucket })
    expect(columnOf(table, 'place')).toEqual(['2栋', '10栋'])
    expect(columnOf(table, 'meters')).toEqual([3, 1])
    const [second] = table.rows
    const ofSecond = meters.rows.filter((row) => row[1] === '2栋')
    expect(second?.at(-4)).toBe(sum(ofSecond.map((row) => row.at(-2))))
    expect(table.total?.slice(2, -4)).toEqual(meters.total?.slice(4, -2))
    expect(table.total?.at(-4)).toBe(meters.total?.at(-2))
    expect(sum(columnOf(table, 'share'))).toBe('100.00')
  })

  it('says how many figures are missing', async () => {
    const { rows } = await site.get({ report: 'places', ...SPAN })
    // the reset of E3, and E2 without the fifth day on both sides of it
    expect(rows.map((row) => row.slice(-2))).toEqual([
      [24, 3],
      [9, 0],
    ])
  })
})

describe('a meter retired since', () => {
  it('stays in the spans that it has readings of, and in no later one', async () => {
    const before = await site.get({ report: 'places', ...SPAN })
    const { history } = site.meters.test.store
    const set = (active: 0 | 1) =>
      history.write(() => history.statement("UPDATE meter SET active = ? WHERE device_id = 'E4'").run(active))
    await set(0)
    expect((await site.get({ report: 'places', ...SPAN })).rows).toEqual(before.rows)
    const later = { from: SPAN.to + DAY, to: SPAN.to + 3 * DAY }
    expect(columnOf(await site.get({ report: 'usage', ...later }), 'tableNo')).not.toContain('E4')
    expect(columnOf(await site.get({ report: 'usage', ...later }), 'tableNo')).toContain('E3')
    await set(1)
  })
})

describe('water', () => {
  it('adds up by region, each meter once, to what the meters come to', async () => {
    await site.meters.test.store.history.write(() =>
      site.meters.meters.water.put(
        ['A', 'B', 'C'].map((deviceCode) => ({ deviceCode, house: '1', user: '', status: '', at: null })),
        site.meters.test.clock.now(),
      ),
    )
    const rows = ['A', 'B', 'C'].flatMap((id, n) =>
      [1, 2, 3].map((day) => reading(id, `2026-03-0${day} 12:00`, String(day * (n + 1)))),
    )
    await site.meters.test.store.history.write(() =>
      site.meters.meters.readings.ingest('water', 'readings', rows, site.meters.test.clock.now()),
    )
    site.regions = new Map([
      ['A', '东区 / 一'],
      ['B', '东区 / 一'],
    ])
    const span = { from: at('2026-03-02'), to: at('2026-03-04') }
    const table = await site.get({ report: 'regions', ...span })
    expect(new Set(columnOf(table, 'region'))).toEqual(new Set(['', '东区 / 一']))
    expect(columnOf(table, 'sum')).toEqual(['6.00', '6.00'])
    const meters = await site.get({ report: 'usage', ...span, kind: 'water', source: 'water' })
    expect(table.total?.at(-4)).toBe(meters.total?.at(-2))
    expect(sum(columnOf(table, 'sum'))).toBe('12.00')
  })

  it('lists accounts that owe with their rooms', async () => {
    const account = {
      phone_number: '',
      consumed_amount: null,
      last_billing_date: null,
      account_balance: '0.10',
    }
    const rooms = [{ roomId: 'r', path: ['东', '101'], how: 'auto' as const }]
    const row = { ...account, username: '甲', user_code: 'U1', arrears_balance: '12.30', devices: [], rooms }
    site.waterArrears = {
      total: 2,
      asOf: 3,
      rows: [row, { ...row, user_code: 'U2', arrears_balance: '0.4' }],
    }
    const table = await site.get({ report: 'waterArrears' })
    expect(table.rows[0]?.slice(0, 5)).toEqual(['U1', '甲', '东 / 101', '', '12.30'])
    expect(table.total?.[4]).toBe('12.70')
  })
})

describe('ranks', () => {
  it('lists those that used most, with their part of all', async () => {
    const all = sum((await usageOf('day')).rows.map((row) => row.usage))
    const table = await site.get({ report: 'top', ...SPAN, most: 2 })
    expect(columnOf(table, 'tableNo')).toEqual(['E4', 'E3'])
    expect(columnOf(table, 'sum')).toEqual(['35.00', '16.00'])
    expect(columnOf(table, 'share')[0]).toBe(((35 / Number(all)) * 100).toFixed(1))
    expect(table.total?.[5]).toBe('51.00')
  })

  it('finds no usage, and usage far from before', async () => {
    const later = { from: at('2026-03-06'), to: at('2026-03-11') }
    const zero = await site.get({ report: 'unusual', from: at('2026-03-02'), to: at('2026-03-06') })
    expect(zero.rows.map((row) => row.slice(0, 2))).toEqual([['zero', 'E4']])
    // used nothing before; all others use as much as ever
    const high = await site.get({ report: 'unusual', ...later, factor: 1.1 })
    expect(high.rows.map((row) => [row[0], row[1], row.at(-1)])).toEqual([['high', 'E4', null]])
    expect((await site.get({ report: 'unusual', ...later, what: 'low' })).rows).toEqual([])
  })
})

describe('reading success', () => {
  it('counts days with readings per meter, the worst first, and per place', async () => {
    const span = { from: at('2026-03-01'), to: at('2026-03-11') }
    const table = await site.get({ report: 'success', source: 'imr', ...span })
    expect(table.rows[0]).toEqual(['E2', '2栋', '201', '乙', 9, 10, '90.0'])
    expect(table.total?.slice(-3)).toEqual([49, 50, '98.0'])
    const places = await site.get({ report: 'success', source: 'imr', ...span, group: 'place' })
    expect(places.rows).toEqual([
      ['2栋', 4, 0, 39, 40, '97.5'],
      ['10栋', 1, 0, 10, 10, '100.0'],
    ])
  })
})

describe('money', () => {
  it('adds up sales by cashier and tender, refunds when they were posted', async () => {
    const { test } = site.meters
    const when = at('2026-03-05 10:00')
    const sale = (id: string, more: object) => storeIntent(test, { id, createdAt: when, roomId: id, ...more })
    await sale('r1', { operator: 'lin', tender: 'card', amountFen: 1010 })
    await sale('r2', { operator: 'lin', tender: 'card', amountFen: 2020 })
    await sale('r3', { operator: 'lin', tender: 'wechat', amountFen: 500 })
    await sale('r4', { operator: 'zhao', tender: 'card', amountFen: 100, state: 'UNKNOWN' })
    await sale('r5', { operator: 'zhao', tender: 'card', amountFen: 900, state: 'REJECTED' })
    await sale('r6', { operator: 'zhao', tender: 'card', amountFen: 900, createdAt: at('2026-02-01') })
    await storeRefund(test, 'r2', null)
    const span = { from: SPAN.from, to: at('2026-03-12') }
    const table = await site.get({ report: 'recharge', ...span })
    expect(table.rows).toEqual([
      ['lin', 'card', 2, 3030, 1, 2020, 1010, 0, 0],
      ['lin', 'wechat', 1, 500, 0, 0, 500, 0, 0],
      ['lin', null, 3, 3530, 1, 2020, 1510, 0, 0],
      ['zhao', 'card', 0, 0, 0, 0, 0, 1, 100],
      ['zhao', null, 0, 0, 0, 0, 0, 1, 100],
    ])
    expect(table.subtotals).toEqual([2, 4])
    expect(table.total).toEqual([null, null, 3, 3530, 1, 2020, 1510, 1, 100])
    const one = await site.get({ report: 'recharge', ...span, tender: 'wechat' })
    expect(one.total?.[3]).toBe(500)
  })

  it('lists rooms that owe', async () => {
    const room = { name: '101', level: 103, active: true, selectable: true, balanceAt: 5, lastTold: null }
    site.low = {
      total: 2,
      asOf: 7,
      rows: [
        { ...room, id: 'a', path: ['东', '101'], balanceFen: -1234 },
        { ...room, id: 'b', path: ['东', '102'], balanceFen: 0 },
      ],
    }
    const table = await site.get({ report: 'arrears' })
    expect(table.rows.map((row) => row.slice(0, 3))).toEqual([
      ['东 / 101', -1234, 1234],
      ['东 / 102', 0, 0],
    ])
    expect(table.total?.[2]).toBe(1234)
    expect(table.asOf).toBe(7)
  })
})

describe('a report as a file', () => {
  it('is written by a job, with sums, and handed to who asked only', async () => {
    const filter = { report: 'usage', ...SPAN } as const
    const texts = {
      name: '日用量',
      of: '3 月',
      columns: { tableNo: '表号' },
      words: { reset: '重置' },
      total: '合计',
    }
    const me = site.call('wang')
    const { jobId } = await site.handlers['reports.export'](me, { filter, texts })
    expect((await site.ended(jobId)).state).toBe('done')
    const file = await site.handlers['reports.exported'](me, { jobId })
    expect(file.name).toBe('日用量 2026-03-02–2026-03-10.xlsx')
    const [sheet, about] = await readExcel(Buffer.from(file.base64, 'base64'))
    const table = await site.get(filter)
    expect(sheet?.sheet).toBe('日用量')
    expect(sheet?.data[0]?.slice(0, 5)).toEqual(['表号', 'place', 'house', 'user', '2026-03-02'])
    expect(sheet?.data).toHaveLength(table.rows.length + 2)
    expect(sheet?.data[1]?.slice(4, 13)).toEqual([2, 2, 2, 2, '重置', 2, 2, 2, 2])
    expect(sheet?.data.at(-1)?.[0]).toBe('合计')
    expect(String(sheet?.data.at(-1)?.at(-2))).toBe(String(Number(table.total?.at(-2))))
    expect(about?.data).toEqual([['日用量'], ['3 月']])
    await expect(
      Promise.resolve().then(() => site.handlers['reports.exported'](site.call('li'), { jobId })),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
