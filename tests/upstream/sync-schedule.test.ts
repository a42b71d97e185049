import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '#shared/time.ts'
import { meterRow, startImrVendor, type ImrVendor } from '../fixtures/imr-vendor.ts'
import { openSyncSite, operatorCall, type SiteOptions, type SyncSite } from '../fixtures/sync-site.ts'

let vendor: ImrVendor
let site: SyncSite

const open = async (options: Partial<SiteOptions> = {}) => {
  site = await openSyncSite({ url: vendor.url, ...options })
  await site.clock.advance(HOUR)
}
beforeEach(async () => {
  vendor = await startImrVendor()
  vendor.meters = [meterRow('00000000001')]
})
afterEach(async () => {
  await site.close()
  await vendor.close()
})

const list = () =>
  site.jobs.handlers['jobs.list'](operatorCall, {}) as { total: number; rows: { id: string }[] }
/** Time passes, with all that happens in it. */
const pass = (ms: number) => site.until(site.clock.sleep(ms))

describe('the schedule', () => {
  it('syncs at start-up when nothing was fetched yet, and then every hour', async () => {
    await open()
    site.sync.attend()
    site.sync.startSchedule()
    await pass(MINUTE)
    expect(list()).toMatchObject({
      total: 1,
      rows: [{ state: 'done', startedBy: null, spec: { source: 'imr' } }],
    })
    await pass(57 * MINUTE)
    expect(list().total).toBe(1)
    await pass(4 * MINUTE)
    expect(list().total).toBe(2)
    await site.until(site.sync.stopSchedule())
    await pass(3 * HOUR)
    expect(list().total).toBe(2)
  })

  it('waits at start-up until the last complete run is an interval old', async () => {
    await open()
    await site.run()
    site = await site.reopen('close')
    await pass(30 * MINUTE)
    site.sync.attend()
    site.sync.startSchedule()
    await pass(MINUTE)
    expect(list().total).toBe(1)
    await pass(31 * MINUTE)
    expect(list().total).toBe(2)
  })

  it('takes up at start-up what was interrupted', async () => {
    await open()
    const stuck = new Promise<void>((resolve) => {
      vendor.onCall = ({ endpoint }) => {
        if (endpoint !== 'readMeterList') return undefined
        resolve()
        return 'wait'
      }
    })
    const id = await site.start()
    await stuck
    site = await site.reopen('close')
    vendor.onCall = () => undefined
    site.sync.attend()
    site.sync.startSchedule()
    await pass(MINUTE)
    expect(list()).toMatchObject({ total: 1, rows: [{ id, state: 'done' }] })
  })

  it('leaves the vendor to scripts for five minutes while nobody is at a screen', async () => {
    await open()
    site.sync.startSchedule()
    await pass(4 * MINUTE)
    expect(vendor.calls).toEqual([])
    await pass(2 * MINUTE)
    expect(list()).toMatchObject({ total: 1, rows: [{ state: 'done', startedBy: null }] })
  })

  it('begins at once when somebody opens a screen', async () => {
    await open()
    site.sync.startSchedule()
    await pass(MINUTE)
    site.sync.attend()
    await pass(MINUTE)
    expect(list()).toMatchObject({ total: 1, rows: [{ state: 'done' }] })
  })

  it('does nothing by itself with 0 minutes', async () => {
    await open({ sync: { everyMinutes: 0 } })
    site.sync.attend()
    site.sync.startSchedule()
    await pass(5 * HOUR)
    expect(vendor.calls).toEqual([])
  })

  it('starts as soon as the system is set up, with every new try at the settings', async () => {
    await open({ url: null })
    site.sync.attend()
    site.sync.startSchedule()
    await pass(HOUR)
    expect(list().total).toBe(0)
    await expect(site.start()).rejects.toMatchObject({ code: 'NOT_CONFIGURED' })
    vendor.onCall = ({ endpoint, body }) =>
      endpoint === 'login' && body['api_password'] !== 'right'
        ? { json: { code: 1002, msg: '密码错误' } }
        : undefined
    const update = site.settings.handlers['settings.update']
    await update(operatorCall, {
      changes: {
        'upstreams.imr.baseUrl': vendor.url,
        'upstreams.imr.account': 'a',
        'upstreams.imr.password': 'wrong',
      },
    })
    await pass(3 * HOUR)
    expect(list()).toMatchObject({
      total: 1,
      rows: [{ state: 'failed', error: { code: 'UPSTREAM_REFUSED' } }],
    })
    expect(vendor.pages('login')).toHaveLength(1)
    await update(operatorCall, { changes: { 'upstreams.imr.password': 'right' } })
    await pass(MINUTE)
    expect(list()).toMatchObject({ total: 1, rows: [{ state: 'done' }] })
    expect(vendor.pages('login')).toHaveLength(2)
  })

  it('tries a vendor that is away every five minutes as one job, and is there when it comes back', async () => {
    await open()
    vendor.onCall = () => 'hangUp'
    site.sync.attend()
    site.sync.startSchedule()
    await pass(HOUR)
    expect(list()).toMatchObject({ total: 1, rows: [{ state: 'failed', resumable: true }] })
    // four tries of the first run, one probe of each later one
    expect(vendor.calls.length).toBeGreaterThanOrEqual(12)
    expect(vendor.calls.length).toBeLessThanOrEqual(16)
    vendor.onCall = () => undefined
    await pass(6 * MINUTE)
    expect(list()).toMatchObject({ total: 1, rows: [{ state: 'done' }] })
  })

  it('does not start beside a run by hand', async () => {
    await open()
    const id = await site.start({ dataset: 'catalogue' })
    site.sync.attend()
    site.sync.startSchedule()
    expect(list().rows.map((job) => job.id)).toEqual([id])
    await site.ended(id)
    await pass(MINUTE)
    expect(list().total).toBe(2)
  })
})
