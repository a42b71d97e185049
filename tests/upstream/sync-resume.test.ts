import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { INGEST_SLICE } from '#core/meters/index.ts'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { FAKE_START } from '../fixtures/fake-clock.ts'
import { meterRow, readingRow, startImrVendor, type ImrVendor } from '../fixtures/imr-vendor.ts'
import { openSyncSite, operatorCall, type SyncSite } from '../fixtures/sync-site.ts'

const TODAY = FAKE_START
const START = TODAY - DAY
const YESTERDAY = { dataset: 'readings', from: START, to: TODAY } as const

let vendor: ImrVendor
let site: SyncSite

beforeEach(async () => {
  vendor = await startImrVendor()
  vendor.meters = ['00000000001', '00000000002', '00000000003'].map(meterRow)
  site = await openSyncSite({ url: vendor.url })
  await site.clock.advance(HOUR)
})
afterEach(async () => {
  await site.close()
  await vendor.close()
})

const minutes = (count: number, tableNo = '00000000001') =>
  Array.from({ length: count }, (_, i) => readingRow(tableNo, START + i * MINUTE, `${100 + i}.50`))

const readingCount = () => site.rows('reading').length

interface CursorRow {
  next_page: number
  state: string
  rows: number
}
const cursor = (from = START) =>
  site.test.store.history
    .statement<CursorRow>(
      "SELECT next_page, state, rows FROM sync_window WHERE dataset = 'readings' AND scope = '' AND from_at = ?",
    )
    .get(from)

/** Resolves when the vendor is asked for this page of the history; it never gets it. */
function stuckAt(page: number): Promise<void> {
  return new Promise((resolve) => {
    vendor.onCall = (call) => {
      if (call.endpoint !== 'readMeterList' || call.page !== page) return undefined
      resolve()
      return 'wait'
    }
  })
}

/** The nth time rows are stored fails; what is thrown is what the test gives. */
function failStoring(nth: number, error: Error): void {
  const { ingest } = site.meters.readings
  let times = 0
  Object.assign(site.meters.readings, {
    ingest: (...args: Parameters<typeof ingest>) => {
      ingest(...args)
      if (++times === nth) throw error
    },
  })
}

describe('the cursor', () => {
  it('is never ahead of its rows: a crash between slices stores the slices before it, and no cursor', async () => {
    vendor.readings = minutes(1200)
    failStoring(2, new Error('power loss'))
    const job = await site.run(YESTERDAY)
    expect(job).toMatchObject({ state: 'failed', resumable: true, error: { code: 'INTERNAL' } })
    expect(readingCount()).toBe(INGEST_SLICE)
    expect(cursor()).toBeUndefined()
    site = await site.reopen('crash')
    const again = await site.run(YESTERDAY)
    expect(again).toMatchObject({ id: job.id, state: 'done' })
    expect(vendor.pages('readMeterList')).toEqual([1, 1, 2])
    expect(readingCount()).toBe(1200)
  })

  it('stays where it was when the disk is full (F-36)', async () => {
    vendor.readings = minutes(1200)
    failStoring(
      Math.ceil(1000 / INGEST_SLICE) + 1,
      Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }),
    )
    const job = await site.run(YESTERDAY)
    expect(job).toMatchObject({ state: 'failed', resumable: true, error: { code: 'STORAGE_FULL' } })
    expect(cursor()).toMatchObject({ next_page: 2, rows: 1000 })
    expect(readingCount()).toBe(1000)
    site = await site.reopen('crash')
    await site.run(YESTERDAY)
    expect(vendor.pages('readMeterList')).toEqual([1, 2, 2])
    expect(readingCount()).toBe(1200)
  })

  it('goes on at the page it stood at, with the same job (F-17, F-27)', async () => {
    vendor.readings = minutes(50)
    vendor.cap = 10
    const stuck = stuckAt(3)
    const id = await site.start(YESTERDAY)
    await stuck
    expect(cursor()).toEqual({ next_page: 3, state: 'open', rows: 20 })
    site = await site.reopen('close')
    expect(site.get(id)).toMatchObject({ state: 'failed', resumable: true, error: { code: 'INTERRUPTED' } })
    expect(cursor()).toEqual({ next_page: 3, state: 'partial', rows: 20 })
    vendor.onCall = () => undefined
    vendor.calls.length = 0
    expect(await site.start(YESTERDAY)).toBe(id)
    expect(await site.ended(id)).toMatchObject({ state: 'done' })
    expect(vendor.pages('readMeterList')).toEqual([3, 4, 5])
    expect(readingCount()).toBe(50)
  })
})

describe('cancel', () => {
  it('stops in the middle of a window, keeps what came, and aborts the request', async () => {
    vendor.readings = minutes(50)
    vendor.cap = 10
    const stuck = stuckAt(3)
    const id = await site.start(YESTERDAY)
    await stuck
    await site.jobs.handlers['jobs.cancel'](operatorCall, { id })
    expect(await site.ended(id)).toMatchObject({ state: 'cancelled', error: null })
    expect(site.http.inFlight).toBe(0)
    expect(readingCount()).toBe(20)
    expect(cursor()).toMatchObject({ next_page: 3, state: 'partial' })
    expect(site.sync.status('imr')).toMatchObject({ partial: true, lastError: null })
    vendor.onCall = () => undefined
    const again = await site.run(YESTERDAY)
    expect(again).toMatchObject({ state: 'done' })
    expect(again.id).not.toBe(id)
    expect(readingCount()).toBe(50)
  })
})

describe('a vendor that is away (F-10)', () => {
  it('ends the job with a clear error after its retries; nothing goes on trying', async () => {
    await vendor.close()
    const job = await site.run()
    expect(job).toMatchObject({
      state: 'failed',
      resumable: true,
      step: null,
      error: { code: 'UPSTREAM_OFFLINE', data: { fault: 'offline' } },
    })
    expect(site.sync.status('imr')).toMatchObject({ partial: true, lastError: { code: 'UPSTREAM_OFFLINE' } })
    expect(site.upstreams.status('imr').state).toBe('offline')
    await site.clock.advance(10 * MINUTE)
    expect(site.http.inFlight).toBe(0)
    expect(site.clock.pending).toBe(0)
  })

  it('leaves what was complete complete, and goes on when the vendor is back', async () => {
    vendor.readings = minutes(5)
    const before = await site.run()
    vendor.onCall = () => 'hangUp'
    await site.clock.advance(HOUR)
    const job = await site.run()
    expect(job.state).toBe('failed')
    expect(cursor()).toMatchObject({ state: 'complete' })
    expect(site.sync.status('imr').lastCompleteAt).toBe(before.endedAt)
    vendor.onCall = () => undefined
    const again = await site.run()
    expect(again).toMatchObject({ id: job.id, state: 'done' })
    expect(site.sync.status('imr')).toEqual({
      lastCompleteAt: again.endedAt,
      partial: false,
      lastError: null,
    })
  })

  it('logs in once with a wrong password, and not again (F-04)', async () => {
    vendor.onCall = ({ endpoint }) =>
      endpoint === 'login' ? { json: { code: 1002, msg: '密码错误' } } : undefined
    expect(await site.run()).toMatchObject({ state: 'failed', error: { code: 'UPSTREAM_REFUSED' } })
    expect(await site.run()).toMatchObject({ state: 'failed', error: { code: 'UPSTREAM_REFUSED' } })
    expect(vendor.pages('login')).toHaveLength(1)
  })
})

describe('the catalogue', () => {
  const active = () =>
    site.test.store.history
      .statement<{ table_no: string }>('SELECT table_no FROM meter WHERE active = 1 ORDER BY table_no')
      .all()
      .map((row) => row.table_no)

  it('retires what a complete list does not name, and tells (C-50)', async () => {
    await site.run()
    expect(active()).toHaveLength(3)
    await site.clock.advance(HOUR)
    vendor.meters = vendor.meters.slice(1)
    const job = await site.run()
    expect(job.report).toContainEqual({ level: 'warning', code: 'retired', data: { count: 1 } })
    expect(active()).toEqual(['00000000002', '00000000003'])
  })

  it('retires nothing after a list that broke off', async () => {
    await site.run()
    await site.clock.advance(HOUR)
    vendor.meters = vendor.meters.slice(1)
    vendor.cap = 1
    vendor.onCall = ({ endpoint, page }) =>
      endpoint === 'meterList' && page === 2 ? { json: { code: 1001, msg: '失败' } } : undefined
    expect((await site.run()).state).toBe('partial')
    expect(active()).toHaveLength(3)
    vendor.onCall = () => undefined
    vendor.calls.length = 0
    await site.run()
    expect(vendor.pages('meterList')).toEqual([2])
    expect(active()).toEqual(['00000000002', '00000000003'])
  })
})

describe('sleep of the computer (F-28)', () => {
  it('aborts what hangs and goes on at the same page with the same job', async () => {
    vendor.readings = minutes(50)
    vendor.cap = 10
    const stuck = stuckAt(3)
    const id = await site.start(YESTERDAY)
    await stuck
    vendor.onCall = () => undefined
    await site.sync.resumeAfterSleep()
    expect(site.jobs.running().map((job) => job.id)).toEqual([id])
    expect(await site.ended(id)).toMatchObject({ state: 'done' })
    expect(vendor.pages('readMeterList')).toEqual([1, 2, 3, 3, 4, 5])
    expect(readingCount()).toBe(50)
  })

  it('is noticed by the clocks drifting apart', async () => {
    vendor.readings = minutes(50)
    vendor.cap = 10
    const stuck = stuckAt(3)
    site.sync.attend()
    site.sync.startSchedule()
    await stuck
    const [job] = site.jobs.running()
    vendor.onCall = () => undefined
    site.clock.setWall(site.clock.now() + 8 * HOUR)
    await site.clock.advance(15_000)
    expect(await site.ended(job?.id ?? '')).toMatchObject({ state: 'done' })
    expect(readingCount()).toBe(50)
  })
})
