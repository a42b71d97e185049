import { describe, expect, it } from 'vitest'
import { clockHours, decimalHours } from '#shared/hours.ts'

describe('worked time', () => {
  it('reads as a clock does', () => {
    expect([0, 5, 60, 450, 11_045].map(clockHours)).toEqual(['0:00', '0:05', '1:00', '7:30', '184:05'])
  })

  it('reads as hours with two decimals', () => {
    expect([0, 1, 90, 475, 480].map(decimalHours)).toEqual(['0.00', '0.02', '1.50', '7.92', '8.00'])
  })
})
