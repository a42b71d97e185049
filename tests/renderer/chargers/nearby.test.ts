import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fits, freshness, selectable } from '../../../src/renderer/features/chargers/nearby.ts'
import { barsOf } from '../../../src/renderer/ui/Signal.tsx'
import { settle } from '../../../src/renderer/ui/steady-list.ts'
import { A, B, C, charger, NOW } from './fixtures.tsx'

describe('a row', () => {
  it('fades at 10 s and goes grey at 30 s', () => {
    const at = (age: number) => freshness(charger(A, { lastSeenAt: NOW - age }), NOW)
    expect([0, 9999, 10_000, 29_999, 30_000].map(at)).toEqual(['fresh', 'fresh', 'fading', 'fading', 'gone'])
  })

  it('does not fade while somebody speaks to the charger, which does not advertise then', () => {
    expect(freshness(charger(A, { lastSeenAt: NOW - 60_000, heldBy: 'command' }), NOW)).toBe('fresh')
  })

  it('cannot be chosen when two have its name, or when it is gone', () => {
    expect(selectable(charger(A), NOW)).toBe(true)
    expect(selectable(charger(A, { ambiguous: true }), NOW)).toBe(false)
    expect(selectable(charger(A, { lastSeenAt: NOW - 31_000 }), NOW)).toBe(false)
  })

  it('has no more bars the weaker it is', () => {
    expect([-50, -60, -65, -75, -85, -95].map(barsOf)).toEqual([4, 4, 3, 2, 1, 0])
  })

  it('is found by name, code and alias', () => {
    const one = charger(A, { deviceCode: '60010001', alias: '竹园1栋' })
    expect(['aaaa', '0001', '竹园', ''].map((text) => fits(one, text))).toEqual([true, true, true, true])
    expect(fits(one, 'BUC_B')).toBe(false)
    expect(fits(charger(B), '竹园')).toBe(false)
  })
})

describe('the order', () => {
  it('is by signal at first', () => {
    const found = [charger(A, { rssi: -80 }), charger(B, { rssi: -50 }), charger(C, { rssi: -65 })]
    expect(settle([], found, false)).toEqual([B, C, A])
  })

  it('does not follow a signal that only sways', () => {
    const found = [charger(B, { rssi: -58 }), charger(A, { rssi: -62 })]
    expect(settle([A, B], found, false)).toEqual([A, B])
    expect(settle([A, B], [charger(A, { rssi: -62 }), charger(B, { rssi: -56 })], false)).toEqual([B, A])
  })

  it('stands still while it is held, with new ones last', () => {
    const found = [charger(C, { rssi: -40 }), charger(B, { rssi: -50 }), charger(A, { rssi: -90 })]
    expect(settle([A, B], found, true)).toEqual([A, B, C])
  })

  it('has each charger once, whatever comes and goes', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'))
    fc.assert(
      fc.property(
        names,
        names,
        fc.array(fc.integer({ min: -100, max: -30 })),
        fc.boolean(),
        (old, now, dbm, held) => {
          const found = now.map((name, i) => charger(name, { rssi: dbm[i] ?? -70 }))
          expect(settle(old, found, held).toSorted()).toEqual(now.toSorted())
        },
      ),
    )
  })
})
