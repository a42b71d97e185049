import { describe, expect, it } from 'vitest'
import { outTradeNo } from '#core/recharge/numbers.ts'
import { createRandom } from '#main/adapters/random.ts'
import { FAKE_START } from '../../fixtures/fake-clock.ts'

describe('order numbers (C-23)', () => {
  const random = createRandom()
  const make = () => outTradeNo('sdk', FAKE_START, 8 * 3_600_000, random)

  it('are the prefix, the second in the zone and eight digits: 25 characters', () => {
    expect(make()).toMatch(/^sdk20260301000000\d{8}$/)
    expect(make()).toHaveLength(25)
  })

  it('meet in one second about as rarely as eight random digits do', () => {
    const all = new Set(Array.from({ length: 10_000 }, make))
    // expected pairs among 10,000 of 100,000,000: 0.5; the database refuses them and another is made
    expect(all.size).toBeGreaterThan(9990)
  })

  it('use every digit alike', () => {
    const digits = Array.from({ length: 5000 }, () => make().slice(-8)).join('')
    for (const digit of '0123456789') expect(digits.split(digit).length - 1).toBeGreaterThan(3500)
  })
})
