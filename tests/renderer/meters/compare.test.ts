import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, formatDay, parseDateTime, parseZone } from '#shared/time.ts'
import { counterpart, earlierSpan, shiftOf } from '../../../src/renderer/features/meters/compare.ts'
import { bucketsOf, quickSpan } from '../../../src/renderer/features/meters/spans.ts'

const zone = parseZone('+08:00') ?? 0
const at = (text: string) => parseDateTime(text, zone) ?? Number.NaN
const now = at('2026-03-31 14:05:00')
const day = (instant: number | null) => (instant === null ? null : formatDay(instant, zone))

describe('the span before', () => {
  it('of 7 days is the 7 days before', () => {
    const span = quickSpan('7d', now, zone)
    const shift = shiftOf('previous', '7d', span, 'day', zone)
    const earlier = earlierSpan(span, shift, 'day', zone)
    expect([day(earlier.from), day(earlier.to)]).toEqual(['2026-03-18', '2026-03-25'])
  })

  it('of a calendar month is the month before, day on day', () => {
    const span = quickSpan('month', now, zone)
    const shift = shiftOf('previous', 'month', span, 'day', zone)
    expect(day(counterpart(at('2026-03-14'), shift, zone))).toBe('2026-02-14')
  })

  it('counts no day of a short month twice', () => {
    const shift = { months: 1 }
    const march = bucketsOf({ from: at('2026-03-01'), to: at('2026-04-01') }, 'day', now, zone)
    const back = march.map((bucket) => counterpart(bucket, shift, zone))
    expect(back.slice(27).map(day)).toEqual(['2026-02-28', null, null, null])
  })

  it('has the last day of a short month', () => {
    const span = { from: at('2026-03-01'), to: at('2026-03-30') }
    expect(day(earlierSpan(span, { months: 1 }, 'day', zone).to)).toBe('2026-03-01')
  })

  it('of months is as many months before', () => {
    const span = { from: at('2025-10-10'), to: at('2026-02-05') }
    const shift = shiftOf('previous', 'custom', span, 'month', zone)
    expect(shift).toEqual({ months: 5 })
    expect(day(earlierSpan(span, shift, 'month', zone).from)).toBe('2025-05-01')
  })

  it('of this year is the year before', () => {
    const span = quickSpan('year', now, zone)
    expect(shiftOf('previous', 'year', span, 'day', zone)).toEqual({ months: 12 })
  })
})

describe('a year earlier', () => {
  it('29 February has no counterpart', () => {
    expect(counterpart(at('2024-02-29'), { months: 12 }, zone)).toBeNull()
    expect(day(counterpart(at('2024-03-01'), { months: 12 }, zone))).toBe('2023-03-01')
  })
})

it('every counterpart lies in the earlier span and no two buckets share one', () => {
  const spans = fc.record({
    first: fc.integer({ min: 15_000, max: 21_000 }),
    length: fc.integer({ min: 1, max: 500 }),
    bucket: fc.constantFrom('day' as const, 'month' as const),
    kind: fc.constantFrom('previous' as const, 'lastYear' as const),
    quick: fc.constantFrom('custom' as const, 'month' as const, '12m' as const),
  })
  fc.assert(
    fc.property(spans, ({ first, length, bucket, kind, quick }) => {
      const span = { from: first * DAY - zone, to: (first + length) * DAY - zone }
      const shift = shiftOf(kind, quick, span, bucket, zone)
      const earlier = earlierSpan(span, shift, bucket, zone)
      const back = bucketsOf(span, bucket, Number.MAX_SAFE_INTEGER, zone)
        .map((at) => counterpart(at, shift, zone))
        .filter((at) => at !== null)
      expect(new Set(back).size).toBe(back.length)
      for (const at of back) {
        expect(at).toBeGreaterThanOrEqual(earlier.from)
        expect(at).toBeLessThan(earlier.to)
      }
    }),
  )
})
