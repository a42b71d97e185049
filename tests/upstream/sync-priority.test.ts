import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { FAKE_START } from '../fixtures/fake-clock.ts'
import {
  meterRow,
  readingRow,
  startImrVendor,
  type ImrVendor,
  type VendorCall,
} from '../fixtures/imr-vendor.ts'
import { openSyncSite, type SyncSite } from '../fixtures/sync-site.ts'

const TODAY = FAKE_START
const GAP = 2200
const MONTHS = { from: TODAY - 90 * DAY, to: TODAY + DAY }

let vendor: ImrVendor
let site: SyncSite

beforeEach(async () => {
  vendor = await startImrVendor()
  vendor.meters = ['00000000001', '00000000002', '00000000003'].map(meterRow)
  vendor.readings = ['00000000001', '00000000002'].flatMap((tableNo) =>
    Array.from({ length: 90 }, (_, i) => readingRow(tableNo, TODAY - i * DAY - HOUR, `${900 - i}`)),
  )
  site = await openSyncSite({ url: vendor.url, minIntervalMs: GAP })
  await site.clock.advance(HOUR)
  await site.run({ dataset: 'catalogue' })
  vendor.calls.length = 0
})
afterEach(async () => {
  await site.close()
  await vendor.close()
})

const fetchOf = (tableNo: string, span = MONTHS) => site.fetchMeter({ meterId: `imr:${tableNo}`, ...span })
/** Time passes until the vendor has been asked `count` times for the history. */
const asked = (count: number, of: (call: VendorCall) => boolean = () => true) =>
  site.until(
    new Promise<void>((resolve) => {
      const before = vendor.onCall
      const look = () => vendor.calls.filter((c) => c.endpoint === 'readMeterList' && of(c)).length >= count
      if (look()) return resolve()
      vendor.onCall = (call) => {
        if (look()) resolve()
        return before(call)
      }
    }),
  )
const scopes = () => vendor.calls.filter((c) => c.endpoint === 'readMeterList').map((c) => c.body['tableNo'])
/** Until nothing more is asked for. */
const quiet = () => site.until(site.clock.sleep(5 * MINUTE))
const drain = async (count: number) => {
  await asked(count)
  await site.until(site.clock.sleep(MINUTE))
}

describe('meters.fetch', () => {
  it('fetches the meter in windows of 31 days, newest first, and tells the screens', async () => {
    const changed: (readonly string[] | undefined)[] = []
    site.ctx.events.on((event) => {
      if (event.type === 'changed' && event.area === 'meters' && event.ids) changed.push(event.ids)
    })
    expect(await fetchOf('00000000001')).toEqual({ jobId: null, reason: 'started' })
    await drain(3)
    expect(
      vendor.calls.map((call) => [call.body['tableNo'], String(call.body['BeginDate']).slice(0, 10)]),
    ).toEqual([
      ['00000000001', '2026-01-30'],
      ['00000000001', '2025-12-30'],
      ['00000000001', '2025-12-01'],
    ])
    expect(site.rows('reading')).toHaveLength(90)
    expect(changed).toContainEqual(['imr:00000000001'])
  })

  it('asks for nothing twice: held, in flight, and the last days for ten minutes', async () => {
    await fetchOf('00000000001')
    expect((await fetchOf('00000000001')).reason).toBe('started')
    await drain(3)
    expect(scopes()).toHaveLength(3)
    expect((await fetchOf('00000000001')).reason).toBe('held')
    await site.clock.advance(15 * MINUTE)
    expect((await fetchOf('00000000001')).reason).toBe('started')
    await drain(4)
    expect(vendor.calls.at(-1)?.body['BeginDate']).toBe('2026-02-26 00:00:00')
    expect(scopes()).toHaveLength(4)
  })

  it('goes before the running sync, waiting one gap at most (F-29)', async () => {
    const at: { tableNo: unknown; at: number }[] = []
    vendor.onCall = (call) => {
      if (call.endpoint === 'readMeterList') at.push({ tableNo: call.body['tableNo'], at: site.clock.now() })
      return undefined
    }
    const id = await site.start({ dataset: 'readings', from: TODAY - 20 * DAY, to: TODAY })
    await asked(3)
    // the next request of the run waits for its gap already, and is overtaken
    await site.until(site.clock.sleep(GAP / 2))
    const since = site.clock.now()
    expect(await fetchOf('00000000002', { from: TODAY - 60 * DAY, to: TODAY - 30 * DAY })).toMatchObject({
      reason: 'started',
    })
    expect(await site.ended(id)).toMatchObject({ state: 'done' })
    const first = at.findIndex((call) => call.tableNo === '00000000002')
    const behind = at.slice(0, first).filter((call) => call.at > since)
    expect(first).toBeGreaterThan(0)
    expect((at[first]?.at ?? 0) - since).toBeLessThanOrEqual(GAP)
    expect(behind).toEqual([])
  })

  it('serves the meter opened last first', async () => {
    await fetchOf('00000000001')
    await asked(1)
    await fetchOf('00000000002')
    await drain(6)
    expect(scopes()[0]).toBe('00000000001')
    expect(scopes().slice(1, 4)).toEqual(['00000000002', '00000000002', '00000000002'])
  })

  it('leaves out the days that a sync of all meters holds', async () => {
    await site.run({ dataset: 'readings', from: TODAY - 9 * DAY, to: TODAY + DAY })
    const before = scopes().length
    expect((await fetchOf('00000000001', { from: TODAY - 9 * DAY, to: TODAY + DAY })).reason).toBe('held')
    await fetchOf('00000000001', { from: TODAY - 12 * DAY, to: TODAY + DAY })
    await drain(before + 1)
    expect(vendor.calls.at(-1)?.body).toMatchObject({
      tableNo: '00000000001',
      BeginDate: '2026-02-17 00:00:00',
      EndDate: '2026-02-19 23:59:59',
    })
  })

  it('answers at once when the vendor is away, tries once in a while, and spins for nobody', async () => {
    vendor.onCall = () => 'hangUp'
    expect((await fetchOf('00000000001')).reason).toBe('started')
    await quiet()
    expect(site.upstreams.status('imr').state).toBe('offline')
    const tried = vendor.calls.length
    for (let i = 0; i < 20; i++) expect((await fetchOf('00000000001')).reason).toBe('offline')
    await quiet()
    expect(vendor.calls.length - tried).toBeLessThanOrEqual(4)
    vendor.onCall = () => undefined
    expect((await fetchOf('00000000001')).reason).toBe('offline')
    await drain(tried + 1)
    expect(site.upstreams.status('imr').state).toBe('live')
    expect((await fetchOf('00000000001')).reason).not.toBe('offline')
  })

  it('refuses a meter that is not there', async () => {
    await expect(fetchOf('404')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
