import { afterEach, describe, expect, it } from 'vitest'
import type { Call } from '#core/context.ts'
import { openCampusSlice, type CampusSlice } from '../fixtures/campus-site.ts'
import { operatorCall } from '../fixtures/sync-site.ts'

const admin: Call = { ...operatorCall, operator: { operatorId: 'o1', name: 'lin', roles: ['admin'] } }

let slice: CampusSlice
afterEach(() => slice.close())

const test = (campus?: object) =>
  slice.until(
    Promise.resolve(
      slice.upstreams.handlers['settings.testConnection'](admin, {
        source: 'campus',
        ...(campus && { campus }),
      }),
    ),
  )

describe('the connection test of the campus system', () => {
  it('signs in and reads the address list, and nothing else', async () => {
    slice = await openCampusSlice()
    const result = await test()
    expect(result.ok).toBe(true)
    const listed = result.steps.at(-1)
    expect(listed).toMatchObject({ ok: true, code: 'listedAddresses' })
    expect(listed?.data?.['addresses']).toBeGreaterThan(slice.vendor.rooms.length)
    expect(slice.vendor.calls('addrQuery')).toBe(1)
    expect(slice.vendor.calls('userBalanceQuery')).toBe(0)
  })

  it('tries a wrong password once, and never again by itself (F-04)', async () => {
    slice = await openCampusSlice()
    const result = await test({ password: 'wrong' })
    expect(result).toMatchObject({ ok: false })
    expect(result.steps.at(-1)).toMatchObject({ step: 'login', ok: false, code: 'wrongPassword' })
    await slice.clock.advance(3_600_000)
    expect(slice.vendor.calls('login')).toBe(1)
    expect(slice.vendor.calls('addrQuery')).toBe(0)
    // the account that is stored is not stopped by what was only tried
    expect((await test()).ok).toBe(true)
  })
})
