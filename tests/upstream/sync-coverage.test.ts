import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR } from '#shared/time.ts'
import { FAKE_START } from '../fixtures/fake-clock.ts'
import { meterRow, readingRow, startImrVendor, type ImrVendor } from '../fixtures/imr-vendor.ts'
import { openSyncSite, operatorCall, type SyncSite } from '../fixtures/sync-site.ts'

const TODAY = FAKE_START

let vendor: ImrVendor
let site: SyncSite

beforeEach(async () => {
  vendor = await startImrVendor()
  vendor.meters = ['00000000001', '00000000002'].map(meterRow)
  vendor.readings = [0, 1, 2, 3, 4].flatMap((n) =>
    ['00000000001', '00000000002'].map((no) => readingRow(no, TODAY - n * DAY + 30 * 60_000, `${90 - n}.0`)),
  )
  site = await openSyncSite({ url: vendor.url, sync: { historyDays: 4, rereadDays: 0 } })
  await site.clock.advance(HOUR)
})
afterEach(async () => {
  await site.close()
  await vendor.close()
})

const coverage = (from = TODAY - 6 * DAY, to = TODAY + DAY) =>
  site.sync.handlers['sync.coverage'](operatorCall, { source: 'imr', from, to })

describe('sync.coverage', () => {
  it('says the same of another dataset, with the rows it brought', async () => {
    vendor.records = {
      1: vendor.readings.slice(2, 5).map((row) => ({ ...row, dosage: '1', amount: '1', type: 1 })),
    }
    await site.run()
    const asked = { source: 'imr' as const, from: TODAY - 5 * DAY, to: TODAY }
    const of = async (dataset: 'consumption' | 'consumptionDaily') =>
      (await site.sync.handlers['sync.coverage'](operatorCall, { ...asked, dataset })).days.map(
        ({ state, rows, readings }) => [state, rows, readings],
      )
    expect(await of('consumption')).toEqual([
      ['missing', 0, 0],
      ['complete', 0, 0],
      ['complete', 0, 0],
      ['complete', 1, 1],
      ['complete', 2, 2],
    ])
    // its code is not set: nobody asked for it
    expect(new Set((await of('consumptionDaily')).map(([state]) => state))).toEqual(new Set(['missing']))
  })

  it('says of every day what was fetched and what is held', async () => {
    // fewer rows than counted: the vendor owes some (§7.3 a)
    vendor.onCall = ({ endpoint, body, page }) =>
      endpoint === 'readMeterList' && String(body['BeginDate']).startsWith('2026-02-27')
        ? {
            json: {
              code: 200,
              msg: 'ok',
              totalCount: 9,
              data: page === 1 ? vendor.readings.slice(4, 6) : [],
            },
          }
        : undefined
    await site.run()
    const { days } = await coverage()
    expect(
      days.map(({ day, state, rows, readings }) => [(TODAY - day) / DAY, state, rows, readings]),
    ).toEqual([
      [6, 'missing', 0, 0],
      [5, 'missing', 0, 0],
      [4, 'complete', 2, 2],
      [3, 'complete', 2, 2],
      [2, 'partial', 2, 2],
      [1, 'complete', 2, 2],
      // today is not over, however much of it was fetched
      [0, 'open', 2, 2],
    ])
    expect(days[0]?.fetchedAt).toBeNull()
    expect(days[4]?.fetchedAt).toBeGreaterThan(TODAY)
    vendor.onCall = () => undefined
    vendor.calls.length = 0
    expect((await site.run()).state).toBe('done')
    expect((await coverage()).days[4]?.state).toBe('complete')
    expect(vendor.pages('readMeterList')).toEqual([1, 1])
  })

  it('counts the day of a reading as usage does: midnight ends the day before', async () => {
    vendor.readings = [readingRow('00000000001', TODAY, '1.0')]
    await site.run({ dataset: 'readings' })
    const { days } = await coverage(TODAY - DAY, TODAY + DAY)
    expect(days.map((day) => [day.readings, day.rows])).toEqual([
      [1, 0],
      [0, 1],
    ])
  })

  it('keeps one window of today, however often it is fetched, and makes it whole tomorrow', async () => {
    await site.run()
    await site.clock.advance(2 * HOUR)
    await site.run()
    const windows = () =>
      site.test.store.history
        .statement("SELECT to_at FROM sync_window WHERE dataset = 'readings' AND from_at = ?")
        .all(TODAY)
    expect(windows()).toHaveLength(1)
    await site.clock.advance(DAY)
    await site.run()
    expect(windows()).toEqual([{ to_at: TODAY + DAY }])
    const { days } = await coverage(TODAY, TODAY + DAY)
    expect(days).toMatchObject([{ state: 'complete' }])
  })

  it('leaves other sources out of the count', async () => {
    await site.run()
    const { history } = site.test.store
    await history.write(() => {
      history.sql.exec(`INSERT INTO meter (id, source, device_id, table_no, first_seen_at, seen_at)
        VALUES (900, 'water', 'w1', 'w1', 0, 0)`)
      history.sql.exec(`INSERT INTO daily SELECT day, 900, 1, 1, 1, 50, 0 FROM daily GROUP BY day`)
    })
    const { days } = await coverage(TODAY - DAY, TODAY)
    expect(days).toMatchObject([{ readings: 2 }])
  })

  it('refuses more than ten years, and answers nothing for nothing', async () => {
    await expect(coverage(0, TODAY)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    expect(await coverage(TODAY, TODAY)).toEqual({ days: [] })
  })
})
