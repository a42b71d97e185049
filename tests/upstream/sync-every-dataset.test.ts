import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
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
import { openSyncSite, type SyncSite } from '../fixtures/sync-site.ts'

/** What tests/upstream/sync-datasets.test.ts does not: the two scans, the readings, records of a day. */
const TODAY = FAKE_START
const START = TODAY - DAY
const ROWS = 120
const numberOf = (n: number) => String(20_000_000_000 + n)

let vendor: ImrVendor
let site: SyncSite

beforeEach(async () => {
  vendor = await startImrVendor()
  site = await openSyncSite({ url: vendor.url, dailyTypeCode: '2' })
  await site.clock.advance(HOUR)
})
afterEach(async () => {
  await site.close()
  await vendor.close()
})

interface Subject {
  readonly which: Dataset
  readonly endpoint: string
  /** a scan of what is now has no days */
  readonly span: { readonly from?: number; readonly to?: number }
  make(n: number): VendorRow
  set(rows: VendorRow[]): void
  /** a row that cannot be understood */
  spoil(row: VendorRow): VendorRow
  readonly held: string
  truth(row: VendorRow): unknown
}

const YESTERDAY = { from: START, to: TODAY }
const at = (row: VendorRow) => Date.parse(`${String(row['readTime']).replace(' ', 'T')}+08:00`)
const scaled = (row: VendorRow) => Math.round(Number(row['reading']) * 10_000)
const reading = (n: number) => readingRow(numberOf(n % 40), START + n * MINUTE, `${100 + n}.25`)
const withValue = (row: VendorRow) => ({ tableNo: row['tableNo'], at: at(row), value: scaled(row) })

const subjects: readonly Subject[] = [
  {
    which: 'catalogue',
    endpoint: 'meterList',
    span: {},
    make: (n) => ({ ...meterRow(numberOf(n)), house_number: `${100 + n}`, tableType: String((n % 3) + 1) }),
    set: (rows) => void (vendor.meters = rows),
    spoil: ({ deviceId: _device, tableNo: _table, ...row }) => row,
    held: `SELECT table_no AS tableNo, house, type_code AS type FROM meter WHERE active = 1`,
    truth: (row) => ({ tableNo: row['tableNo'], house: row['house_number'], type: row['tableType'] }),
  },
  {
    which: 'latest',
    endpoint: 'readMeter',
    span: {},
    make: (n) => readingRow(numberOf(n), START + n * MINUTE, `${500 + n}.5`),
    set: (rows) => void (vendor.readings = rows),
    spoil: (row) => ({ ...row, reading: '--' }),
    held: `SELECT table_no AS tableNo, at * 1000 AS at, value FROM latest l JOIN meter m ON m.id = l.meter`,
    truth: withValue,
  },
  {
    which: 'readings',
    endpoint: 'readMeterList',
    span: YESTERDAY,
    make: reading,
    set: (rows) => void (vendor.readings = rows),
    spoil: (row) => ({ ...row, reading: '1,234.5' }),
    held: `SELECT table_no AS tableNo, at * 1000 AS at, value FROM reading r JOIN meter m ON m.id = r.meter`,
    truth: withValue,
  },
  {
    which: 'consumptionDaily',
    endpoint: 'readMeterDataList',
    span: YESTERDAY,
    make: (n) => ({ ...reading(n), project_code: 'zc', dosage: `${n}.5`, amount: `${n}.1`, type: 1 }),
    set: (rows) => void (vendor.records = { 2: rows }),
    spoil: (row) => ({ ...row, reading: '--' }),
    held: `SELECT table_no AS tableNo, at * 1000 AS at, dosage, amount FROM consumption c
      JOIN meter m ON m.id = c.meter WHERE daily = 1`,
    truth: (row) => ({ tableNo: row['tableNo'], at: at(row), dosage: row['dosage'], amount: row['amount'] }),
  },
]

const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).toSorted()

describe.each(subjects)('$which', ({ which, endpoint, span, make, set, spoil, held, truth }) => {
  const rows = Array.from({ length: ROWS }, (_, n) => make(n))
  const heldNow = () => sorted(site.test.store.history.statement(held).all())
  const expected = (all: readonly VendorRow[]) => sorted(all.map(truth))
  const run = () => site.run({ dataset: which, ...span })

  it('equals the vendor row by row under expiring tokens, 1011, caps, changing pages and a bad row', async () => {
    let there = rows.map((row, n) => (n === 17 ? spoil(row) : row))
    const late = make(ROWS)
    set(there)
    vendor.cap = 25
    let calls = 0
    vendor.onCall = (call) => {
      if (call.endpoint !== endpoint) return undefined
      calls++
      if (calls === 2) return TOKEN_EXPIRED
      if (calls === 4 || calls === 5) return TOO_FAST
      if (calls === 7) set((there = [late, ...there]))
      return undefined
    }
    const job = await run()
    expect(job.state).toBe('done')
    expect(job.report).toContainEqual(expect.objectContaining({ code: 'quarantined' }))
    const good = [late, ...rows.filter((_, n) => n !== 17)]
    expect(heldNow()).toEqual(expected(good))
    vendor.onCall = () => undefined
    const before = heldNow()
    await site.clock.advance(2 * HOUR)
    expect((await run()).state).toBe('done')
    expect(heldNow()).toEqual(before)
  })

  it('reads on where the total is a lie', async () => {
    const many = Array.from({ length: 1200 }, (_, n) => make(n))
    vendor.onCall = lyingTotal(endpoint, many)
    expect((await run()).state).toBe('done')
    expect(heldNow()).toEqual(expected(many))
  })
})
