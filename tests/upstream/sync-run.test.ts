import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR } from '#shared/time.ts'
import { FAKE_START } from '../fixtures/fake-clock.ts'
import { meterRow, readingRow, startImrVendor, type ImrVendor } from '../fixtures/imr-vendor.ts'
import { at } from '../fixtures/meters.ts'
import { openSyncSite, operatorCall, type SyncSite } from '../fixtures/sync-site.ts'

/** The clock starts at midnight: the day before is yesterday. */
const TODAY = FAKE_START
const YESTERDAY = { from: TODAY - DAY, to: TODAY }
const START = TODAY - DAY

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

/** `count` readings of one meter within yesterday, a minute apart. */
const minutes = (count: number, tableNo = '00000000001') =>
  Array.from({ length: count }, (_, i) => readingRow(tableNo, START + i * 60_000, `${100 + i}.50`))

const readingCount = () => site.rows('reading').length

describe('a whole run', () => {
  it('fetches catalogue, latest and history, and says so', async () => {
    vendor.readings = [...minutes(5), readingRow('00000000002', TODAY + 60_000, '7.1')]
    const job = await site.run()
    expect(job).toMatchObject({
      kind: 'sync.imr',
      state: 'done',
      error: null,
      startedBy: 'lin',
      done: 5,
      total: 5,
    })
    expect(job.report).toEqual([
      // a deployment without them (I-44)
      { level: 'info', code: 'notSupported', data: { dataset: 'bands' } },
      { level: 'info', code: 'notSupported', data: { dataset: 'camera' } },
      { level: 'info', code: 'notSupported', data: { dataset: 'consumption' } },
      { level: 'info', code: 'windowsDone', data: { count: 5 } },
      { level: 'info', code: 'rows', data: { count: 3 + 2 + 6 } },
    ])
    expect(vendor.calls.map((call) => call.endpoint)).toEqual([
      'login',
      'meterList',
      'readMeter',
      ...Array.from({ length: 3 }, () => 'readMeterList'),
      'peaksValleysRead',
      'cameraRead',
      'readMeterDataList',
    ])
    expect(vendor.calls.slice(3, 6).map((call) => call.body['BeginDate'])).toEqual([
      '2026-03-01 00:00:00',
      '2026-02-28 00:00:00',
      '2026-02-27 00:00:00',
    ])
    expect(vendor.calls[3]?.body['EndDate']).toBe('2026-03-01 00:57:59')
    expect(readingCount()).toBe(6)
    expect(site.sync.status('imr')).toEqual({
      lastCompleteAt: job.endedAt,
      partial: false,
      lastError: null,
    })
  })

  it('reads the last days again and finds what came late (I-42)', async () => {
    vendor.readings = minutes(5)
    await site.run()
    const late = readingRow('00000000003', START + 20 * HOUR, '12.00')
    vendor.readings = [late, ...vendor.readings]
    await site.clock.advance(HOUR)
    vendor.calls.length = 0
    const job = await site.run()
    expect(job.state).toBe('done')
    expect(readingCount()).toBe(6)
    expect(vendor.calls.some((call) => call.endpoint === 'login')).toBe(false)
  })

  it('leaves settled days alone', async () => {
    await site.close()
    site = await openSyncSite({ url: vendor.url, sync: { historyDays: 9, rereadDays: 3 } })
    await site.clock.advance(HOUR)
    await site.run()
    expect(vendor.pages('readMeterList')).toHaveLength(10)
    await site.clock.advance(HOUR)
    await site.run()
    expect(vendor.pages('readMeterList')).toHaveLength(14)
  })

  it('takes only the dataset and the days that were asked for', async () => {
    vendor.readings = minutes(5)
    const job = await site.run({ dataset: 'readings', ...YESTERDAY })
    expect(job).toMatchObject({ state: 'done', done: 1, total: 1 })
    expect(vendor.calls.map((call) => call.endpoint)).toEqual(['login', 'readMeterList'])
    expect(readingCount()).toBe(5)
    expect(site.sync.status('imr').lastCompleteAt).toBeNull()
  })

  it('ends its windows before the clock of the vendor when ours is a day ahead (F-25)', async () => {
    const real = Date.now()
    site.clock.setWall(real + DAY)
    await site.run()
    const ends = vendor.calls
      .filter((call) => call.endpoint === 'readMeterList')
      .map((call) => at(String(call.body['EndDate'])))
    expect(ends[0]).toBeLessThan(real)
    expect(ends[0]).toBeGreaterThan(real - 5 * 60_000)
  })

  it('refuses a span without days, and systems that are not set up', async () => {
    await expect(site.start({ from: TODAY, to: TODAY })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(site.start({ source: 'water' })).rejects.toMatchObject({ code: 'NOT_CONFIGURED' })
    expect(vendor.calls).toEqual([])
  })

  it('gives one id to two calls while it runs', async () => {
    const [one, two] = await Promise.all([site.start(), site.start({ dataset: 'latest' })])
    const three = await site.start(YESTERDAY)
    expect([two, three]).toEqual([one, one])
    await site.ended(one)
  })
})

describe('faults of the vendor', () => {
  it('renews a token that expires at page 3 of 5: 1, 2, 3, 3, 4, 5, one log-in, nothing lost (F-01)', async () => {
    vendor.readings = minutes(50)
    vendor.cap = 10
    let expired = false
    vendor.onCall = ({ endpoint, page }) => {
      if (endpoint !== 'readMeterList' || page !== 3 || expired) return undefined
      expired = true
      return { json: { code: 1007, msg: 'expired' } }
    }
    const job = await site.run({ dataset: 'readings', ...YESTERDAY })
    expect(job.state).toBe('done')
    expect(vendor.pages('readMeterList')).toEqual([1, 2, 3, 3, 4, 5])
    expect(vendor.pages('login')).toHaveLength(2)
    expect(readingCount()).toBe(50)
  })

  it('fails resumably when the new token is refused as well (F-01)', async () => {
    vendor.onCall = ({ endpoint }) =>
      endpoint === 'login' ? undefined : { json: { code: 1007, msg: 'expired' } }
    const job = await site.run()
    expect(job).toMatchObject({ state: 'failed', resumable: true, error: { code: 'UPSTREAM_FAULT' } })
    expect(vendor.pages('login').length).toBeLessThanOrEqual(3)
  })

  it('backs off from 1011 and keeps its place (F-05)', async () => {
    vendor.readings = minutes(30)
    vendor.cap = 10
    let fast = 0
    vendor.onCall = ({ endpoint, page }) =>
      endpoint === 'readMeterList' && page === 2 && fast++ < 2
        ? { json: { code: 1011, msg: '访问过快' } }
        : undefined
    const job = await site.run({ dataset: 'readings', ...YESTERDAY })
    expect(job.state).toBe('done')
    expect(vendor.pages('readMeterList')).toEqual([1, 2, 2, 2, 3])
    expect(readingCount()).toBe(30)
  })

  it('finds a row that is inserted at the front between pages (F-18)', async () => {
    vendor.readings = minutes(40)
    vendor.cap = 10
    let inserted = false
    vendor.onCall = ({ endpoint, page }) => {
      if (endpoint === 'readMeterList' && page === 3 && !inserted) {
        inserted = true
        vendor.readings = [readingRow('00000000002', START + HOUR, '1.0'), ...vendor.readings]
      }
      return undefined
    }
    const job = await site.run({ dataset: 'readings', ...YESTERDAY })
    expect(job.state).toBe('done')
    expect(readingCount()).toBe(41)
  })

  it('finds it also when the run was interrupted right after the count moved (F-18, F-27)', async () => {
    vendor.readings = minutes(40)
    vendor.cap = 10
    vendor.onCall = ({ endpoint, page }) => {
      if (endpoint !== 'readMeterList') return undefined
      if (page === 3) vendor.readings = [readingRow('00000000002', START + HOUR, '1.0'), ...minutes(40)]
      return page === 4 ? { status: 404, json: {} } : undefined
    }
    const job = await site.run({ dataset: 'readings', ...YESTERDAY })
    expect(job.state).not.toBe('done')
    vendor.onCall = () => undefined
    expect((await site.run({ dataset: 'readings', ...YESTERDAY })).state).toBe('done')
    expect(readingCount()).toBe(41)
  })

  it('accepts a window that never comes to rest, and flags it (F-18)', async () => {
    vendor.readings = minutes(20)
    vendor.cap = 10
    let added = 0
    vendor.onCall = ({ endpoint, page }) => {
      if (endpoint === 'readMeterList' && page === 2)
        vendor.readings = [...vendor.readings, readingRow('00000000002', START + ++added * HOUR, '1.0')]
      return undefined
    }
    const job = await site.run({ dataset: 'readings', ...YESTERDAY })
    expect(job.state).toBe('done')
    expect(job.report).toContainEqual(expect.objectContaining({ level: 'warning', code: 'unstable' }))
    expect(readingCount()).toBe(20 + added)
  })

  it('stops at a vendor that ignores the page number, and leaves the window partial (F-19)', async () => {
    const rows = minutes(1000)
    vendor.onCall = ({ endpoint, body }) =>
      endpoint === 'readMeterList' && String(body['BeginDate']).startsWith('2026-02-28')
        ? { json: { code: 200, data: rows, msg: 'ok', totalCount: 5000 } }
        : undefined
    const job = await site.run()
    expect(job).toMatchObject({ state: 'partial', resumable: true, error: { code: 'UPSTREAM_FAULT' } })
    expect(job.report).toContainEqual(
      expect.objectContaining({
        code: 'windowPartial',
        data: expect.objectContaining({ reason: 'pagingNotHonoured', from: START }),
      }),
    )
    expect(vendor.pages('readMeterList')).toEqual([1, 1, 2, 1])
    expect(readingCount()).toBe(1000)
    expect(site.sync.status('imr')).toMatchObject({ partial: true, lastCompleteAt: null })
  })

  it('is not complete where the vendor’s clock cuts days off, and goes on when that is put right (F-25)', async () => {
    vendor.readings = minutes(5)
    vendor.date = () => Date.UTC(2015, 0, 1)
    const job = await site.run()
    expect(job).toMatchObject({
      state: 'partial',
      error: { code: 'UPSTREAM_FAULT', data: { reason: 'clockBehind' } },
    })
    expect(job.report).toContainEqual({
      level: 'warning',
      code: 'clockBehind',
      data: { dataset: 'readings', days: 4076 },
    })
    expect(site.sync.status('imr')).toMatchObject({ partial: true, lastCompleteAt: null })
    // a span before their clock came whole
    const old = await site.run({ from: Date.UTC(2014, 11, 30), to: Date.UTC(2014, 11, 31) })
    expect(old).toMatchObject({ state: 'done' })
    vendor.date = () => site.clock.now() - DAY
    expect(await site.run()).toMatchObject({ state: 'done', error: null })
    expect(site.sync.status('imr')).toMatchObject({ partial: false, lastCompleteAt: expect.any(Number) })
    expect(vendor.calls.map(({ body }) => body['BeginDate'])).toContain('2026-02-27 00:00:00')
  })

  it('reads on behind a silent cap: 50 + 50 + 20 (F-21)', async () => {
    vendor.readings = minutes(120)
    vendor.cap = 50
    const job = await site.run({ dataset: 'readings', ...YESTERDAY })
    expect(job.state).toBe('done')
    expect(vendor.pages('readMeterList')).toEqual([1, 2, 3])
    expect(readingCount()).toBe(120)
  })

  it('stores 99 of 100 and keeps the bad one with its reason (F-23)', async () => {
    vendor.readings = minutes(100)
    vendor.readings[37] = { ...vendor.readings[37], reading: '1,234.5' }
    const job = await site.run({ dataset: 'readings', ...YESTERDAY })
    expect(job.state).toBe('done')
    expect(job.report).toContainEqual({ level: 'warning', code: 'quarantined', data: { count: 1 } })
    expect(readingCount()).toBe(99)
    await site.run({ dataset: 'readings', ...YESTERDAY })
    const kept = await site.sync.handlers['sync.quarantine'](operatorCall, { source: 'imr' })
    expect(kept).toMatchObject({ total: 1, rows: [{ source: 'imr', dataset: 'readings' }] })
    expect(kept.rows[0]?.raw).toContain('1,234.5')
    expect(kept.rows[0]?.reason).not.toBe('')
  })

  it('does not trust a window with more than a fifth of bad rows (F-23)', async () => {
    vendor.readings = minutes(100)
    for (let i = 0; i < 21; i++) vendor.readings[i] = { ...vendor.readings[i], reading: 'x' }
    const job = await site.run({ dataset: 'readings', ...YESTERDAY })
    expect(job.state).toBe('partial')
    expect(job.report).toContainEqual(
      expect.objectContaining({
        code: 'windowPartial',
        data: expect.objectContaining({ reason: 'tooManyBadRows' }),
      }),
    )
    expect(readingCount()).toBe(79)
  })

  it('halves the page for an answer that is too large, and goes on at that size (F-31)', async () => {
    vendor.readings = minutes(1200)
    vendor.onCall = ({ endpoint, body }) =>
      endpoint === 'readMeterList' && Number(body['pageSize']) > 500
        ? { json: `{"code":200,"msg":"${'x'.repeat(21 * 1024 * 1024)}","data":[]}` }
        : undefined
    const job = await site.run({ dataset: 'readings', ...YESTERDAY })
    expect(job.state).toBe('done')
    expect(readingCount()).toBe(1200)
    expect(vendor.calls.slice(1).map((call) => [call.page, call.body['pageSize']])).toEqual([
      [1, 1000],
      [1, 500],
      [2, 500],
      [3, 500],
    ])
  })

  it('goes on with the other days when one fails, and takes up that one next time (F-07, F-17)', async () => {
    vendor.readings = minutes(30)
    vendor.cap = 10
    vendor.onCall = ({ endpoint, page }) =>
      endpoint === 'readMeterList' && page === 2 ? { json: { code: 1001, msg: '失败' } } : undefined
    const job = await site.run()
    expect(job.state).toBe('partial')
    expect(job.report).toContainEqual(
      expect.objectContaining({
        code: 'windowPartial',
        data: expect.objectContaining({ vendorCode: 1001, from: START }),
      }),
    )
    // a page of that day, and the latest value of the one meter
    expect(readingCount()).toBe(11)
    vendor.onCall = () => undefined
    vendor.calls.length = 0
    expect((await site.run({ dataset: 'readings', ...YESTERDAY })).state).toBe('done')
    expect(vendor.pages('readMeterList')).toEqual([2, 3])
    expect(readingCount()).toBe(30)
  })

  it('gives up a dataset after three days in a row', async () => {
    await site.close()
    site = await openSyncSite({ url: vendor.url, sync: { historyDays: 30 } })
    await site.clock.advance(HOUR)
    vendor.onCall = ({ endpoint }) =>
      endpoint === 'readMeterList' ? { json: { code: 1001, msg: '失败' } } : undefined
    const job = await site.run()
    expect(job.state).toBe('partial')
    expect(job.report.map((line) => line.code)).toContain('gaveUp')
    expect(vendor.pages('readMeterList')).toHaveLength(9)
  })

  it('names an endpoint that this vendor does not have, and goes on with the others (I-44)', async () => {
    vendor.readings = minutes(5)
    vendor.onCall = ({ endpoint }) =>
      endpoint === 'readMeter' ? { status: 404, json: 'not found' } : undefined
    const job = await site.run()
    expect(job.state).toBe('partial')
    expect(job.report).toContainEqual(
      expect.objectContaining({ code: 'notSupported', data: expect.objectContaining({ dataset: 'latest' }) }),
    )
    expect(readingCount()).toBe(5)
  })
})
