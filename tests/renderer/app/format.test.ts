import { assert, bigInt, property, stringMatching } from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ageOf,
  formatBytes,
  formatDate,
  formatMoney,
  formatNumber,
  formatTime,
} from '../../../src/renderer/app/format.ts'
import { DAY, HOUR, MINUTE } from '../../../src/shared/time.ts'

const EAST8 = 8 * HOUR
/** 2026-03-01 00:30 at +08:00, still February in UTC */
const NOW = Date.UTC(2026, 1, 28, 16, 30)

describe('times', () => {
  it('are in the zone of the site, never the browser’s', () => {
    expect(formatTime(NOW, NOW, EAST8)).toBe('03-01 00:30')
    expect(formatTime(NOW, NOW, 0)).toBe('02-28 16:30')
    expect(formatDate(NOW, NOW, EAST8)).toBe('03-01')
  })

  it('show the year only when it is not this year, by the site’s calendar', () => {
    const newYear = Date.UTC(2025, 11, 31, 16, 0)
    expect(formatTime(newYear, NOW, EAST8)).toBe('01-01 00:00')
    expect(formatTime(newYear - 1, NOW, EAST8)).toBe('2025-12-31 23:59')
  })

  it('show a dash for what is not known', () => {
    expect(formatTime(null, NOW, EAST8)).toBe('—')
    expect(formatDate(undefined, NOW, EAST8)).toBe('—')
  })
})

describe('figures', () => {
  it('keep the decimals they have and set thousands apart', () => {
    expect(formatNumber('10622.50')).toBe('10,622.50')
    expect(formatNumber('-1234567')).toBe('−1,234,567')
    expect(formatNumber('0.10', 4)).toBe('0.1000')
    expect(formatNumber(null)).toBe('—')
  })

  it('never pass through a float: every digit of any decimal string stays', () => {
    assert(
      property(bigInt({ min: 0n, max: 10n ** 30n }), stringMatching(/^\d{1,6}$/), (whole, fraction) => {
        expect(formatNumber(`${whole}.${fraction}`).replaceAll(',', '')).toBe(`${whole}.${fraction}`)
      }),
    )
  })

  it('write money with ¥, thousands and two decimals', () => {
    expect(formatMoney(123_450)).toBe('¥1,234.50')
    expect(formatMoney(5)).toBe('¥0.05')
    expect(formatMoney(-100)).toBe('−¥1.00')
  })

  it('write sizes shortly', () => {
    expect(formatBytes(999)).toBe('999 B')
    expect(formatBytes(13_600_000)).toBe('13.6 MB')
    expect(formatBytes(1_234_000_000)).toBe('1.2 GB')
  })
})

describe('ages', () => {
  it.each([
    [4000, 'now', 0],
    [59_000, 'seconds', 59],
    [MINUTE, 'minutes', 1],
    [47 * HOUR, 'hours', 47],
    [2 * DAY, 'days', 2],
    [-5000, 'now', 0],
  ] as const)('%d ms is %s %d', (age, unit, n) => {
    expect(ageOf(NOW - age, NOW)).toEqual({ unit, n })
  })
})
