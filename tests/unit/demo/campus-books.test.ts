import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCampusSite } from '#main/demo/campus/site.ts'
import { createVendorSite } from '#main/demo/imr/site.ts'
import { DAY, HOUR } from '#shared/time.ts'

const NOW = Date.UTC(2026, 10, 22, 2, 30)
const open = (seed = 7, startedAt = NOW) => {
  const clock = { now: startedAt }
  const meters = { seed, meters: 700, hourly: 20, days: 365, zone: 8 * HOUR, now: () => clock.now }
  return { clock, site: createCampusSite(createVendorSite(meters), 40) }
}

describe('the books of the campus', () => {
  it('balance: what it was, plus what was paid, minus what was used, at any two moments', () => {
    const { clock, site } = open()
    const moment = fc.integer({ min: NOW - 300 * DAY, max: NOW + 60 * DAY })
    const room = fc.integer({ min: 0, max: site.rooms.length - 1 })
    fc.assert(
      fc.property(room, moment, moment, (index, a, b) => {
        const found = site.rooms[index]
        if (!found) throw new Error('no room')
        const [from, to] = a < b ? [a, b] : [b, a]
        clock.now = from
        const before = site.balance(found)
        clock.now = to
        const range = { from: from + 1, to }
        const paid = site.bought(found, range).reduce((sum, { fen }) => sum + fen, 0)
        const used = site
          .costs(found, range)
          .reduce((sum, cost) => sum + cost.electricityFen + cost.waterFen + cost.shareFen, 0)
        expect(site.balance(found)).toBe(before + paid - used)
        expect(Number.isSafeInteger(before)).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  it('costs and recharges are never negative; a longer window holds the shorter one', () => {
    const { site } = open()
    const year = { from: NOW - 365 * DAY, to: NOW }
    for (const room of site.rooms.filter(({ index }) => index % 9 === 0)) {
      const costs = site.costs(room, year)
      for (const cost of costs)
        expect(Math.min(cost.electricity, cost.water, cost.electricityFen, cost.shareFen)).toBeGreaterThan(-1)
      const bought = site.bought(room, year)
      for (const { fen } of bought) expect([fen > 0, fen % 1000]).toEqual([true, 0])
      expect(new Set(bought.map(({ outTradeNo }) => outTradeNo)).size).toBe(bought.length)
      const half = { from: NOW - 180 * DAY, to: NOW }
      expect(site.bought(room, half)).toEqual(bought.filter(({ at }) => at >= half.from))
      expect(site.costs(room, half)).toEqual(costs.filter(({ at }) => at >= half.from))
    }
  })

  it('are the same for the same seed, whenever the site was started, and others for another', () => {
    const first = open().site
    const later = open(7, NOW - 20 * DAY)
    later.clock.now = NOW
    const other = open(8).site
    const week = { from: NOW - 60 * DAY, to: NOW }
    const told = (site: typeof first) =>
      site.rooms
        .slice(0, 40)
        .map((room) => [site.balance(room), site.bought(room, week), site.costs(room, week)])
    expect(later.site.addresses).toEqual(first.addresses)
    expect(told(later.site)).toEqual(told(first))
    expect(told(other)).not.toEqual(told(first))
  })

  it('tell nothing from the future, and subsidies apart', () => {
    const { site } = open()
    const ahead = { from: NOW + 1, to: NOW + 90 * DAY }
    for (const room of site.rooms.slice(0, 50)) {
      expect([site.bought(room, ahead), site.costs(room, ahead)]).toEqual([[], []])
      const { electricityFen, waterFen } = site.subsidy(room)
      expect(room.use === 'dormitory' || electricityFen + waterFen === 0).toBe(true)
    }
    expect(site.rooms.some((room) => site.subsidy(room).electricityFen > 0)).toBe(true)
  })
})
