import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '#core/context.ts'
import type { Input } from '#shared/contract/index.ts'
import { openSyncSite, operatorCall, type SiteOptions, type SyncSite } from '../fixtures/sync-site.ts'
import { startWaterServer, type WaterVendorServer } from '../fixtures/water-vendor.ts'

const admin: Call = { ...operatorCall, operator: { operatorId: 'o1', name: 'lin', roles: ['admin'] } }

let vendor: WaterVendorServer
let site: SyncSite
beforeEach(async () => {
  vendor = await startWaterServer()
  vendor.regions = [{ id: 1, name: 'A', children: [{ id: 2, name: 'B' }] }]
})
afterEach(async () => {
  await site.close()
  await vendor.close()
})

const open = async (water: Partial<NonNullable<SiteOptions['water']>> = {}) => {
  site = await openSyncSite({ url: null, water: { baseUrl: vendor.url, ...water } })
}
const test = (water?: Input<'settings.testConnection'>['water'], call = admin) =>
  site.until(
    Promise.resolve(
      site.upstreams.handlers['settings.testConnection'](call, { source: 'water', ...(water && { water }) }),
    ),
  )

/** lets in who says the word */
const guard = (name: string, value: string) => {
  vendor.onCall = ({ headers }) => (headers[name] === value ? undefined : { status: 401, text: 'no' })
}

describe('the connection test of the water system', () => {
  it('reads the regions, with nothing to prove who asks', async () => {
    await open()
    const result = await test()
    expect(result).toMatchObject({ ok: true, suggestion: null })
    expect(result.steps.map(({ step, code }) => `${step} ${code}`)).toEqual([
      'address addressOk',
      'connect connected',
      'http answered',
      'list listedRegions',
    ])
    expect(result.steps.at(-1)?.data).toEqual({ regions: 2 })
  })

  it('tries the way and the key on the screen, and keeps those that are stored', async () => {
    await open({ auth: { kind: 'bearer', token: 'the-right-token' } })
    guard('authorization', 'Bearer the-right-token')
    expect((await test()).ok).toBe(true)
    expect((await test({ auth: { kind: 'bearer' } })).ok).toBe(true)
    const wrong = await test({ auth: { kind: 'bearer', token: 'another-token' } })
    expect(wrong.steps.at(-1)).toMatchObject({ step: 'login', ok: false, code: 'credentialsRefused' })
    const other = await test({ auth: { kind: 'header', name: 'x-key' } })
    expect(other.steps.at(-1)).toMatchObject({ step: 'login', ok: false, code: 'passwordMissing' })
    expect(site.upstreams.status('water').state).toBe('idle')
  })

  it('sends the stored key to no other host, unless an administrator says so', async () => {
    await open({ auth: { kind: 'header', name: 'x-key', value: 'the-stored-key' } })
    const elsewhere = vendor.url.replace('127.0.0.1', 'localhost')
    const asked = { baseUrl: elsewhere, auth: { kind: 'header' as const, name: 'x-key' } }
    const result = await test(asked, operatorCall)
    expect(result.steps.at(-1)).toMatchObject({ ok: false, code: 'passwordMissing' })
    expect(vendor.calls).toHaveLength(0)
  })

  it.each([
    [{ status: 404, text: 'no' }, 'http', 'notFound'],
    [{ text: '<html></html>' }, 'http', 'html'],
    [{ json: { code: 500, msg: 'x' } }, 'list', 'unknownCode'],
    [{ json: { total: 1 } }, 'http', 'malformed'],
  ])('says what is wrong: %o', async (instead, step, code) => {
    await open()
    vendor.onCall = () => instead
    expect((await test()).steps.at(-1)).toMatchObject({ step, ok: false, code })
  })

  it('starts anew after what is stored works again (F-04)', async () => {
    await open({ auth: { kind: 'bearer', token: 'the-right-token' } })
    guard('authorization', 'nobody')
    expect((await site.run({ source: 'water' })).state).toBe('failed')
    expect(site.upstreams.status('water').state).toBe('stopped')
    guard('authorization', 'Bearer the-right-token')
    expect((await test()).ok).toBe(true)
    expect((await site.run({ source: 'water' })).state).toBe('done')
    expect(site.upstreams.status('water').state).toBe('live')
  })
})
