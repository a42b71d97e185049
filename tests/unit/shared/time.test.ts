import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMonths,
  DAY,
  dayNumber,
  dayStartOf,
  formatDateTime,
  formatDay,
  fromCalendar,
  HOUR,
  nextBucket,
  parseDateTime,
  parseZone,
  startOfBucket,
  startOfDay,
  startOfMonth,
  toCalendar,
} from '#shared/time.ts'

const CHINA = 8 * HOUR
const instant = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) / 1000 }).map((s) => s * 1000)
const zone = fc.integer({ min: -14 * 4, max: 14 * 4 }).map((quarters) => quarters * 15 * 60_000)

describe('parseZone', () => {
  it.each([
    ['+08:00', CHINA],
    ['-03:30', -3.5 * HOUR],
    ['+00:00', 0],
    ['-00:00', -0],
  ])('reads %s', (text, offset) => expect(parseZone(text)).toBe(offset))

  it.each(['', 'Z', '08:00', '+8:00', '+15:00', '+08:60', 'Asia/Shanghai'])('refuses %s', (text) => {
    expect(parseZone(text)).toBeNull()
  })
})

describe('calendar times', () => {
  it('are read and printed alike in every zone', () => {
    fc.assert(
      fc.property(instant, zone, (at, offset) => {
        fc.pre(at + offset >= 0)
        expect(parseDateTime(formatDateTime(at, offset), offset)).toBe(at)
        expect(fromCalendar(toCalendar(at, offset), offset)).toBe(at)
      }),
    )
  })

  it('know the documented moment: token time 1713918753 is 2024-04-24 08:32:33 (spec §6.2)', () => {
    expect(formatDateTime(1_713_918_753_000, CHINA)).toBe('2024-04-24 08:32:33')
    expect(parseDateTime('2024-04-24 08:32:33', CHINA)).toBe(1_713_918_753_000)
  })

  it.each([
    ['2026-02-28', '2026-02-28 00:00:00'],
    ['2028-02-29 23:59', '2028-02-29 23:59:00'],
    [' 2026-3-7 4:05:06 ', '2026-03-07 04:05:06'],
    ['2026-03-07T04:05:06.789', '2026-03-07 04:05:06'],
  ])('reads %s', (text, same) => {
    expect(formatDateTime(parseDateTime(text, CHINA) ?? Number.NaN, CHINA)).toBe(same)
  })

  it.each([
    '',
    '0000-00-00 00:00:00',
    '2026-02-30',
    '2100-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-01 24:00:00',
    '2026-01-01 10:60',
    '2026-01-01 10:00:60',
    '20260101',
    '01/02/2026',
    '1969-12-31',
  ])('refuses %s (I-36)', (text) => expect(parseDateTime(text, CHINA)).toBeNull())
})

describe('buckets', () => {
  it('hold their instants and follow each other without a gap', () => {
    fc.assert(
      fc.property(instant, zone, fc.constantFrom('hour', 'day', 'month'), (at, offset, bucket) => {
        fc.pre(at + offset >= 0)
        const start = startOfBucket(at, bucket, offset)
        const next = nextBucket(start, bucket, offset)
        expect(start).toBeLessThanOrEqual(at)
        expect(next).toBeGreaterThan(at)
        expect(startOfBucket(next, bucket, offset)).toBe(next)
        expect(startOfBucket(next - 1, bucket, offset)).toBe(start)
      }),
    )
  })

  it('begin at local midnight and on the first', () => {
    const at = parseDateTime('2026-03-01 07:59:59', CHINA) ?? 0
    expect(formatDateTime(startOfDay(at, CHINA), CHINA)).toBe('2026-03-01 00:00:00')
    expect(formatDateTime(startOfMonth(at - DAY, CHINA), CHINA)).toBe('2026-02-01 00:00:00')
    expect(dayStartOf(dayNumber(at, CHINA), CHINA)).toBe(startOfDay(at, CHINA))
  })
})

describe('addMonths', () => {
  it.each([
    ['2026-01-31 10:00:00', 1, '2026-02-28'],
    ['2028-01-31 10:00:00', 1, '2028-02-29'],
    ['2026-03-31 10:00:00', -1, '2026-02-28'],
    ['2026-11-30 10:00:00', 3, '2027-02-28'],
    ['2026-05-15 10:00:00', -12, '2025-05-15'],
  ])('of %s and %d is %s, clamped to the end of the month', (text, months, day) => {
    const moved = addMonths(parseDateTime(text, CHINA) ?? Number.NaN, months, CHINA)
    expect(formatDay(moved, CHINA)).toBe(day)
    expect(formatDateTime(moved, CHINA).slice(11)).toBe('10:00:00')
  })
})
