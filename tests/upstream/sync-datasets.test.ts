import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, formatDateTime } from '#shared/time.ts'
import type { Dataset } from '#shared/contract/sync.ts'
import { FAKE_START } from '../fixtures/fake-clock.ts'
import {
  lyingTotal,
  meterRow,
  readingRow,
  startImrVendor,
  TOKEN_EXPIRED,
  TOO_FAST,
  type ImrVendor,
  type VendorRow,
} from '../fixtures/imr-vendor.ts'
import { ZONE } from '../fixtures/meters.ts'
import { openSyncSite, type SiteOptions, type SyncSite } from '../fixtures/sync-site.ts'

const TODAY = FAKE_START
const START = TODAY - DAY
const METERS = ['00000000001', '00000000002', '00000000003']

let vendor: ImrVendor
let site: SyncSite

const open = async (more: Partial<SiteOptions> = {}) => {
  site = await openSyncSite({ url: vendor.url, ...more })
  await site.clock.advance(HOUR)
}
beforeEach(async () => {
  vendor = await startImrVendor()
  vendor.meters = METERS.map(meterRow)
  await open()
})
afterEach(async () => {
  await site.close()
  await vendor.close()
})
const reopen = async (more: Partial<SiteOptions>) => {
  await site.close()
  await open(more)
}

const consumptionRow = (tableNo: string, at: number, n: number): VendorRow => ({
  project_code: 'zc',
  ...readingRow(tableNo, at, `${100 + n}.50`),
  dosage: `${n}.25`,
  // I-18: both spellings are sent by somebody
  ...(n % 2 ? { amout: `${n}.10` } : { amount: `${n}.10` }),
  type: 1,
})

const bandsRow = (tableNo: string, at: number, n: number): VendorRow => ({
  project_code: 'zc',
  deviceId: tableNo,
  tableNo,
  createTime: formatDateTime(at + MINUTE, ZONE),
  freezeTime: formatDateTime(at, ZONE),
  positiveActivePower: n % 5 === 0 ? 10622.5 + n : 1062.25 + n,
  positiveActivePower1: `${n}`,
  positiveActivePower2: 310.5,
  positiveActivePower3: '418.75',
  positiveActivePower4: 333,
  voltA: '229.1',
  voltB: '229.2',
  voltC: `22${n % 10}.3`,
  electricA: '1.10',
  totalActivePower: '29.50',
})

const cameraRow = (tableNo: string, at: number, n: number): VendorRow => ({
  project_code: 'zc',
  tableNo,
  imageReadTime: formatDateTime(at, ZONE),
  // I-27, I-28: one in seven could not be read
  imageStatus: n % 7 === 3 ? '图像模糊' : '解析正常',
  imageUrl: `${vendor.url}/${tableNo}-${n}.jpg`,
  basicReading: n % 7 === 3 ? '' : n % 2 ? 24_863.7 + n : `${24_863 + n}.25`,
})

/** `count` rows a minute apart from yesterday's start on, over all meters in turn. */
const rowsOf = (make: typeof bandsRow, count: number) =>
  Array.from({ length: count }, (_, n) => make(METERS[n % 3] ?? '', START + Math.floor(n / 3) * MINUTE, n))

const WITH_BANDS = `SELECT m.table_no AS tableNo, b.at * 1000 AS at, reported_at AS reportedAt, total, sharp, peak, flat,
  valley, sum_ok AS sumOk, voltA, voltB, voltC, electricA, electricB, totalActivePower
  FROM band b JOIN meter m ON m.id = b.meter LEFT JOIN phase p ON p.meter = b.meter AND p.at = b.at
  ORDER BY tableNo, b.at`
const CONSUMPTION = `SELECT m.table_no AS tableNo, at * 1000 AS at, reading, dosage, amount, meter_type AS type
  FROM consumption c JOIN meter m ON m.id = c.meter WHERE daily = ? ORDER BY tableNo, at`

const CAMERA = `SELECT m.table_no AS tableNo, at * 1000 AS at, status, ok, url, value
  FROM camera c JOIN meter m ON m.id = c.meter ORDER BY tableNo, at`

const byMeterAndTime = <R extends { tableNo: string; at: number }>(rows: R[]) =>
  rows.toSorted((a, b) => (a.tableNo < b.tableNo ? -1 : a.tableNo > b.tableNo ? 1 : a.at - b.at))
const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null

const bandsTruth = (rows: readonly VendorRow[]) =>
  byMeterAndTime(
    rows.map((row) => {
      const at = Date.parse(`${String(row['freezeTime']).replace(' ', 'T')}+08:00`)
      const total = Number(row['positiveActivePower'])
      const bands = [1, 2, 3, 4].map((n) => row[`positiveActivePower${n}`])
      const sum = bands.reduce((a: number, b) => a + Number(b), 0)
      return {
        tableNo: String(row['tableNo']),
        at,
        reportedAt: at + MINUTE,
        total: text(row['positiveActivePower']),
        sharp: text(bands[0]),
        peak: text(bands[1]),
        flat: text(bands[2]),
        valley: text(bands[3]),
        sumOk: Math.abs(total - sum) <= 0.01 * Math.max(total, sum) ? 1 : 0,
        voltA: text(row['voltA']),
        voltB: text(row['voltB']),
        voltC: text(row['voltC']),
        electricA: text(row['electricA']),
        electricB: null,
        totalActivePower: text(row['totalActivePower']),
      }
    }),
  )
const consumptionTruth = (rows: readonly VendorRow[]) =>
  byMeterAndTime(
    rows.map((row) => ({
      tableNo: String(row['tableNo']),
      at: Date.parse(`${String(row['readTime']).replace(' ', 'T')}+08:00`),
      reading: text(row['reading']),
      dosage: text(row['dosage']),
      amount: text(row['amount'] ?? row['amout']),
      type: text(row['type']),
    })),
  )

const cameraTruth = (rows: readonly VendorRow[]) =>
  byMeterAndTime(
    rows.map((row) => ({
      tableNo: String(row['tableNo']),
      at: Date.parse(`${String(row['imageReadTime']).replace(' ', 'T')}+08:00`),
      status: String(row['imageStatus']),
      ok: row['imageStatus'] === '解析正常' ? 1 : 0,
      url: String(row['imageUrl']),
      value: row['basicReading'] === '' ? null : text(row['basicReading']),
    })),
  )

interface Subject {
  readonly which: Dataset
  readonly endpoint: string
  readonly make: typeof bandsRow
  set(rows: VendorRow[]): void
  held(): unknown[]
  truth(rows: readonly VendorRow[]): unknown[]
  /** a row that cannot be understood */
  spoil(row: VendorRow): VendorRow
}

const history = () => site.test.store.history
const subjects: readonly Subject[] = [
  {
    which: 'bands',
    endpoint: 'peaksValleysRead',
    make: bandsRow,
    set: (rows) => void (vendor.bands = rows),
    held: () => history().statement(WITH_BANDS).all(),
    truth: bandsTruth,
    spoil: (row) => ({ ...row, positiveActivePower: '1,062.5' }),
  },
  {
    which: 'consumption',
    endpoint: 'readMeterDataList',
    make: consumptionRow,
    set: (rows) => void (vendor.records = { 1: rows }),
    held: () => history().statement(CONSUMPTION).all(0),
    truth: consumptionTruth,
    spoil: (row) => ({ ...row, reading: '--' }),
  },
  {
    which: 'camera',
    endpoint: 'cameraRead',
    make: cameraRow,
    set: (rows) => void (vendor.camera = rows),
    held: () => history().statement(CAMERA).all(),
    truth: cameraTruth,
    spoil: (row) => ({ ...row, imageReadTime: '--' }),
  },
]

describe.each(subjects)('$which', (subject) => {
  const { which, endpoint, make, set, held, truth, spoil } = subject
  const YESTERDAY = { dataset: which, from: START, to: TODAY }

  it('equals the vendor row by row under expiring tokens, 1011, caps and lying totals', async () => {
    const rows = rowsOf(make, 120)
    set(rows)
    vendor.cap = 25
    let calls = 0
    vendor.onCall = (call) => {
      if (call.endpoint !== endpoint) return undefined
      calls++
      if (calls === 3) return TOKEN_EXPIRED
      if (calls === 5 || calls === 6) return TOO_FAST
      const data = rows.slice((call.page - 1) * 25, call.page * 25)
      return { json: { code: 200, data, msg: 'ok', totalCount: '120' } }
    }
    const job = await site.run(YESTERDAY)
    expect(job.state).toBe('done')
    expect(vendor.pages(endpoint)).toEqual([1, 2, 3, 3, 4, 4, 4, 5])
    expect(held()).toEqual(truth(rows))
  })

  it('reads on where the total is a lie, and changes nothing the second time', async () => {
    const rows = rowsOf(make, 1200)
    vendor.onCall = lyingTotal(endpoint, rows)
    expect((await site.run(YESTERDAY)).state).toBe('done')
    expect(held()).toEqual(truth(rows))
    const changes = () => history().statement<{ n: number }>('SELECT total_changes() AS n').get()?.n
    const before = { rows: held(), changes: changes() ?? 0 }
    await site.clock.advance(2 * HOUR)
    const again = await site.run(YESTERDAY)
    expect(again.state).toBe('done')
    expect(vendor.pages(endpoint)).toHaveLength(4)
    expect(held()).toEqual(before.rows)
    // cursors, the state of the dataset and the stamp of the last fetch; no row of the vendor
    expect((changes() ?? 0) - before.changes).toBeLessThan(30)
  })

  it('misses no row that moves between pages (F-18)', async () => {
    let rows = rowsOf(make, 40)
    set(rows)
    vendor.cap = 10
    let inserted = false
    vendor.onCall = (call) => {
      if (call.endpoint !== endpoint || call.page !== 3 || inserted) return undefined
      inserted = true
      rows = [make('00000000002', START + HOUR, 77), ...rows]
      set(rows)
      return undefined
    }
    expect((await site.run(YESTERDAY)).state).toBe('done')
    expect(held()).toEqual(truth(rows))
  })

  it('keeps the others when a row is bad, and the bad one with its reason (F-23)', async () => {
    const rows = rowsOf(make, 60)
    const good = rows.filter((_, n) => n !== 17)
    set(rows.map((row, n) => (n === 17 ? spoil(row) : row)))
    const job = await site.run(YESTERDAY)
    expect(job.state).toBe('done')
    expect(job.report).toContainEqual({ level: 'warning', code: 'quarantined', data: { count: 1 } })
    expect(held()).toEqual(truth(good))
  })

  it('goes on where it was cut off, and equals a clean run', async () => {
    const rows = rowsOf(make, 90)
    set(rows)
    vendor.cap = 20
    vendor.onCall = (call) =>
      call.endpoint === endpoint && call.page === 3 ? { json: { code: 1001, msg: '失败' } } : undefined
    expect((await site.run(YESTERDAY)).state).toBe('partial')
    vendor.onCall = () => undefined
    vendor.calls.length = 0
    expect((await site.run(YESTERDAY)).state).toBe('done')
    expect(vendor.pages(endpoint)).toEqual([3, 4, 5])
    expect(held()).toEqual(truth(rows))
  })

  it('takes a corrected row, and a late one, with the next run (I-42)', async () => {
    const rows = rowsOf(make, 9)
    set(rows)
    await site.run()
    const now = rows.map((row, n) => (n === 4 ? { ...make(METERS[1] ?? '', START + MINUTE, 8) } : row))
    set([make('00000000003', START + 20 * HOUR, 3), ...now])
    await site.clock.advance(HOUR)
    await site.run()
    expect(held()).toEqual(truth([make('00000000003', START + 20 * HOUR, 3), ...now]))
  })

  it('is left out where the vendor has no such endpoint, and comes when it has (I-44)', async () => {
    const job = await site.run()
    expect(job.state).toBe('done')
    expect(job.done).toBe(job.total)
    expect(job.report).toContainEqual({ level: 'info', code: 'notSupported', data: { dataset: which } })
    expect(site.sync.status('imr')).toMatchObject({ lastCompleteAt: job.endedAt, partial: false })
    expect(site.upstreams.status('imr')).toMatchObject({ state: 'live', lastError: null })
    const unsupported = history().statement(
      'SELECT unsupported FROM sync_state WHERE source = ? AND dataset = ?',
    )
    expect(unsupported.get('imr', which)).toEqual({ unsupported: 1 })
    const rows = rowsOf(make, 6)
    set(rows)
    await site.clock.advance(HOUR)
    await site.run()
    expect(unsupported.get('imr', which)).toEqual({ unsupported: 0 })
    expect(held()).toEqual(truth(rows))
  })
})

describe('consumption records', () => {
  it('asks for no other type while the daily code is not set (I-16)', async () => {
    vendor.records = { 1: rowsOf(consumptionRow, 3), 2: rowsOf(consumptionRow, 3) }
    await site.run()
    await expect(site.run({ dataset: 'consumptionDaily' })).resolves.toMatchObject({
      state: 'failed',
      error: { code: 'NOT_CONFIGURED' },
    })
    const types = vendor.calls
      .filter((call) => call.endpoint === 'readMeterDataList')
      .map((call) => call.body['type'])
    expect(new Set(types)).toEqual(new Set(['1']))
  })

  it('keeps both kinds apart once it is set (I-40)', async () => {
    await reopen({ dailyTypeCode: '2' })
    const many = rowsOf(consumptionRow, 30)
    const daily = METERS.map((tableNo, n) => consumptionRow(tableNo, START + 23 * HOUR, n))
    vendor.records = { 1: many, 2: daily }
    expect((await site.run()).state).toBe('done')
    expect(history().statement(CONSUMPTION).all(0)).toEqual(consumptionTruth(many))
    expect(history().statement(CONSUMPTION).all(1)).toEqual(consumptionTruth(daily))
    // only records of the many-a-day kind are register readings of the series
    expect(site.rows('reading')).toHaveLength(30)
  })
})

describe('camera readings', () => {
  it('are readings of the meter with their number, but for those that could not be read (I-27, I-28)', async () => {
    const rows = rowsOf(cameraRow, 30)
    // read, says the value, but not by the vendor's own word
    rows.push({ ...cameraRow('00000000001', START + 20 * HOUR, 1), imageStatus: '疑似错误' })
    vendor.camera = rows
    expect((await site.run()).state).toBe('done')
    const held = history()
      .statement<{ tableNo: string; at: number; value: number }>(
        `SELECT table_no AS tableNo, at * 1000 AS at, value FROM reading r JOIN meter m ON m.id = r.meter
         ORDER BY tableNo, at`,
      )
      .all()
    const truth = cameraTruth(rows).filter((row) => row.ok === 1)
    expect(truth).toHaveLength(26)
    expect(held).toEqual(
      truth.map(({ tableNo, at, value }) => ({ tableNo, at, value: Math.round(Number(value) * 10_000) })),
    )
  })
})
