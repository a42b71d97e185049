import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR } from '#shared/time.ts'
import { FAKE_START } from '../fixtures/fake-clock.ts'
import { openSyncSite, operatorCall, type SyncSite } from '../fixtures/sync-site.ts'
import * as rows from '../fixtures/water-vendor.ts'
import {
  startWaterServer,
  type WaterPath,
  type WaterRow,
  type WaterVendorServer,
} from '../fixtures/water-vendor.ts'

const START = FAKE_START - DAY
const DATASET: Readonly<Record<WaterPath, string>> = {
  flow: 'flows',
  cost: 'costs',
  opt: 'operations',
  schedule: 'schedules',
  trans: 'readings',
  hispay: 'payments',
}

let vendor: WaterVendorServer
let site: SyncSite

beforeEach(async () => {
  vendor = await startWaterServer()
  fill(vendor)
  site = await openSyncSite({
    url: null,
    water: { baseUrl: vendor.url, pageSize: 100 },
    sync: { historyDays: 6, rereadDays: 2 },
  })
  await site.clock.advance(HOUR)
})
afterEach(async () => {
  await site.close()
  await vendor.close()
})

const many = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n))

/** 270 devices on three pages, two days of readings, and everything else in sizes that fill pages or do not. */
function fill({ rows: lists, members }: WaterVendorServer): void {
  vendor.regions = [{ id: 1, name: 'A', children: [{ id: 12, name: 'B', children: null }] }]
  const codes = many(270, (n) => String(10_000 + n))
  lists.flow = codes.map((code, n) => rows.flowRow(code, START - n * HOUR))
  lists.cost = many(200, (n) => rows.costRow(`u${n}`, { arrears_balance: n % 7 }))
  lists.opt = many(101, (n) => rows.operationRow(codes[n] ?? '', START - n * 1000))
  lists.schedule = many(99, (n) => rows.scheduleRow(codes[n] ?? '', START - n * 1000))
  lists.trans = codes.flatMap((code, n) =>
    [0, 12, 30].map((hour) => rows.transRow(code, START - DAY + hour * HOUR + n, 100 + hour / 4)),
  )
  lists.hispay = many(130, (n) => rows.paymentRow(codes[n] ?? '', START + n * 1000, 10 + n))
  members.set('1', [...codes, 'u1', 'u2'])
  members.set('12', codes.slice(0, 150))
}

/** What is held of a list, in the vendor's own order of names, compared with the rows of the server. */
function held(path: WaterPath): WaterRow[] {
  return site.ctx.store.history
    .statement<{ body: string }>('SELECT body FROM water_record WHERE dataset = ? ORDER BY key')
    .all(DATASET[path])
    .map(({ body }) => JSON.parse(body) as WaterRow)
}

const KEYS: Readonly<Record<WaterPath, readonly string[]>> = {
  flow: ['device_code', 'created_at'],
  cost: ['user_code'],
  opt: ['operation_time', 'device_code', 'operator', 'log_type', 'ip_address'],
  schedule: ['user_code', 'water_meter_number', 'operation_type', 'created_at'],
  trans: ['device_code', 'collected_at'],
  hispay: ['device_code', 'user_code', 'collected_at', 'amcount_recharged'],
}
const TIMES = /^(created_at|collected_at|operation_time|execution_time|last_billing_date)$/
const DECIMALS = /balance|amount|flow|amcount|voltage/

/** A row of the server as it should stand in the files, worked out without the code under test. */
function truth(path: WaterPath): WaterRow[] {
  const expected = vendor.rows[path].map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => {
        if (TIMES.test(name)) return [name, Number(value)]
        if (name === 'latest_31_day_usage') return [name, [String(value)]]
        return [name, DECIMALS.test(name) ? String(value) : value]
      }),
    ),
  )
  const byKey = new Map(expected.map((row) => [keyOf(path, row), row]))
  return [...byKey.values()]
}

const keyOf = (path: WaterPath, row: WaterRow) => JSON.stringify(KEYS[path].map((name) => row[name]))
const sorted = (path: WaterPath, list: WaterRow[]) =>
  list.toSorted((a, b) => (keyOf(path, a) < keyOf(path, b) ? -1 : 1))

function expectTruth(): void {
  for (const path of rows.WATER_LISTS)
    expect(sorted(path, held(path)), path).toEqual(sorted(path, truth(path)))
}

const all = (table: string) => site.ctx.store.history.statement(`SELECT * FROM ${table}`).all()
const tables = () =>
  ['water_record', 'water_region', 'reading', 'daily', 'latest', 'meter', 'quarantine'].map(all)
const run = (more: object = {}) => site.run({ source: 'water', ...more })

describe('a whole run', () => {
  it('holds every row of the server, and each device as a meter with its register', async () => {
    const job = await run()
    expect(job).toMatchObject({ kind: 'sync.water', state: 'done', error: null })
    expectTruth()
    expect(all('water_region')).toMatchObject([
      { id: '1', parent_id: null, name: 'A' },
      { id: '12', parent_id: '1', name: 'B' },
    ])
    const meters = site.rows('meter')
    expect(meters).toHaveLength(270)
    expect(meters[0]).toMatchObject({ source: 'water', kind: 'water', active: 1, house: '1号楼1单元101' })
    expect(site.rows('reading')).toHaveLength(270 * 3)
    expect(site.sync.status('water')).toMatchObject({ lastCompleteAt: job.endedAt, partial: false })
    const found = await site.meters.handlers['meters.readings'](operatorCall, {
      meterId: 'water:10000',
      from: START - DAY,
      to: START + DAY,
    })
    expect(found.rows).toEqual([
      { at: START - DAY, value: '100' },
      { at: START - DAY + 12 * HOUR, value: '103' },
      { at: START - DAY + 30 * HOUR, value: '107.5' },
    ])
  })

  it('changes nothing when it runs again, and asks only for the last days', async () => {
    await run()
    const days = () => new Set(vendor.calls.map(({ query }) => query['start_time'] ?? '')).size - 1
    expect(days()).toBe(7)
    const before = tables()
    await site.clock.advance(HOUR)
    vendor.calls.length = 0
    expect((await run()).state).toBe('done')
    expect(tables()).toEqual(before)
    expect(days()).toBe(3)
  })

  it('knows who the server puts into a region', async () => {
    await run()
    const codes = (value: string) =>
      site.ctx.store.history
        .statement<{ code: string }>("SELECT code FROM water_member WHERE kind = 'flows' AND value = ?")
        .all(value)
    expect(codes('1')).toHaveLength(270)
    expect(codes('12')).toHaveLength(150)
    vendor.members.set('12', ['10001'])
    await site.clock.advance(HOUR)
    await run()
    expect(codes('12')).toEqual([{ code: '10001' }])
  })

  it('windows reach a second over their ends (W-23), and sends 13 digits', async () => {
    await run({ dataset: 'payments' })
    const [first] = vendor.calls
    expect(first?.query['start_time']).toMatch(/^\d{13}$/)
    const opening = vendor.calls.filter(({ page }) => page === 1)
    const spans = opening.map(({ query }) => [Number(query['start_time']), Number(query['end_time'])])
    for (const [i, [from]] of spans.slice(0, -1).entries()) expect(spans[i + 1]?.[1]).toBe((from ?? 0) + 1000)
  })

  it('counts rows that came twice (W-32)', async () => {
    vendor.rows.opt = [...vendor.rows.opt, ...vendor.rows.opt.slice(0, 3)]
    const job = await run({ dataset: 'operations' })
    expect(job.report).toContainEqual({ level: 'info', code: 'duplicates', data: { count: 3 } })
    expectTruthOf('opt')
  })
})

const expectTruthOf = (path: WaterPath) => expect(sorted(path, held(path))).toEqual(sorted(path, truth(path)))

describe('a server that is not honest (§7.3, W-14)', () => {
  it.each([
    ['cut pages, counted by the cap', 50, 'cap', undefined],
    ['cut pages, counted by what was asked', 50, 'asked', undefined],
    ['cut pages and a count of 1', 50, 'cap', 1],
    ['cut pages by what was asked, and a count of 1', 30, 'asked', 1],
    ['cut pages without a count', 37, 'asked', null],
    ['a count of 1', 1000, 'cap', 1],
    ['a count as text', 1000, 'cap', 'text'],
    ['no count', 1000, 'cap', null],
  ] as const)('%s', async (_what, cap, countsBy, total) => {
    vendor.cap = cap
    vendor.countsBy = countsBy
    if (total !== undefined)
      vendor.total = (count) =>
        total === null ? undefined : total === 'text' ? String(count) : Math.min(count, total)
    expect((await run()).state).toBe('done')
    expectTruth()
  })

  it('rows that come in front between pages (F-18)', async () => {
    let inserted = 0
    vendor.onCall = ({ endpoint, page, query }) => {
      if (page !== 1 || inserted >= 3 || query['region_id'] !== undefined) return undefined
      if (endpoint === 'flow')
        vendor.onCall = after(() => vendor.rows.flow.unshift(rows.flowRow('99', START + inserted++)))
      return undefined
    }
    const after = (change: () => void) => {
      const before = vendor.onCall
      return (call: rows.WaterCall) => {
        change()
        vendor.onCall = before
        return before(call)
      }
    }
    expect((await run()).state).toBe('done')
    expect(inserted).toBe(3)
    expectTruth()
  })

  it('a count that is never reached leaves the list partial, with every row that came', async () => {
    vendor.total = (count, { endpoint }) => (endpoint === 'cost' ? count + 5 : count)
    const job = await run()
    expect(job.state).toBe('partial')
    expect(job.report).toContainEqual(
      expect.objectContaining({ code: 'datasetFailed', data: expect.objectContaining({ dataset: 'costs' }) }),
    )
    expectTruth()
  })

  it('a server that ignores the page (F-19)', async () => {
    vendor.onCall = ({ endpoint }) =>
      endpoint === 'flow' ? { json: { data: vendor.rows.flow.slice(0, 100), total: 270 } } : undefined
    expect((await run()).state).toBe('partial')
    expect(vendor.pages('flow')).toEqual([1, 2])
  })
})

describe('a server that fails', () => {
  it('errors of all kinds on the way, each repeated until it answers', async () => {
    const bad = [{ status: 500, text: '' }, 'hangUp', { text: '<html>' }, { text: '{"data":[{' }] as const
    let n = 0
    vendor.onCall = () => (n++ % 3 === 0 ? bad[((n / 3) % bad.length) | 0] : undefined)
    expect((await run()).state).toBe('done')
    expectTruth()
  })

  it('a stop in the middle goes on where it stood (F-17)', async () => {
    let stop = false
    vendor.onCall = ({ endpoint, page }) => {
      if (endpoint === 'flow' && page === 3) stop = true
      return stop ? { status: 403 } : undefined
    }
    expect((await run()).state).toBe('partial')
    vendor.onCall = () => undefined
    site = await site.reopen()
    vendor.calls.length = 0
    expect((await run()).state).toBe('done')
    const whole = vendor.calls.filter(({ endpoint, query }) => endpoint === 'flow' && !('region_id' in query))
    expect(whole.map(({ page }) => page)).toEqual([3])
    expectTruth()
  })

  it('a query that is not there is told, and the others are fetched (I-44)', async () => {
    vendor.onCall = ({ endpoint }) => (endpoint === 'schedule' ? { status: 404 } : undefined)
    const job = await run()
    expect(job.state).toBe('partial')
    expect(job.report).toContainEqual(expect.objectContaining({ code: 'notSupported' }))
    expect(held('opt')).toHaveLength(101)
  })

  it('bad rows are set aside, the others kept (F-23); a page of them fails the list', async () => {
    vendor.rows.cost = [
      ...vendor.rows.cost,
      rows.costRow(''),
      rows.costRow('u-x', { arrears_balance: 'viel' }),
    ]
    const job = await run()
    expect(job.state).toBe('done')
    expect(held('cost')).toHaveLength(200)
    expect(all('quarantine')).toHaveLength(2)
    await site.clock.advance(HOUR)
    await run()
    expect(all('quarantine')).toHaveLength(2)
    vendor.rows.cost = many(10, () => rows.costRow(''))
    await site.clock.advance(HOUR)
    expect((await run({ dataset: 'costs' })).state).toBe('partial')
    expect(held('cost')).toHaveLength(200)
  })

  it('a removed row stays (R-75); a removed region does not count any more', async () => {
    await run()
    vendor.rows.flow = vendor.rows.flow.slice(1)
    vendor.regions = [{ id: 1, name: 'A', children: null }]
    await site.clock.advance(HOUR)
    const job = await run()
    expect(held('flow')).toHaveLength(270)
    expect(job.report).toContainEqual({ level: 'warning', code: 'regionsRetired', data: { count: 1 } })
    expect(all('water_region')).toMatchObject([{ active: 1 }, { id: '12', active: 0 }])
  })
})
