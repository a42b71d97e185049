import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, formatDateTime, HOUR, parseDateTime, parseZone } from '#shared/time.ts'
import {
  alignSpan,
  bucketAllowed,
  bucketsOf,
  customSpan,
  daysOf,
  defaultBucket,
  QUICK_SPANS,
  quickSpan,
} from '../../../src/renderer/features/meters/spans.ts'

const zone = parseZone('+08:00') ?? 0
const at = (text: string) => parseDateTime(text, zone) ?? Number.NaN
const now = at('2026-03-31 14:05:00')
const shown = (span: { from: number; to: number }) => [
  formatDateTime(span.from, zone),
  formatDateTime(span.to, zone),
]

describe('quick spans', () => {
  it.each([
    ['7d', '2026-03-25 00:00:00', '2026-04-01 00:00:00'],
    ['31d', '2026-03-01 00:00:00', '2026-04-01 00:00:00'],
    ['month', '2026-03-01 00:00:00', '2026-04-01 00:00:00'],
    ['lastMonth', '2026-02-01 00:00:00', '2026-03-01 00:00:00'],
    ['year', '2026-01-01 00:00:00', '2026-04-01 00:00:00'],
    ['12m', '2025-04-01 00:00:00', '2026-04-01 00:00:00'],
  ] as const)('%s is %s to %s, the end excluded', (name, from, to) => {
    expect(shown(quickSpan(name, now, zone))).toEqual([from, to])
  })

  it('follow the zone of the site, not of the machine', () => {
    const west = parseZone('-05:00') ?? 0
    expect(quickSpan('7d', now, west).to).toBe(Date.UTC(2026, 3, 1, 5))
    expect(quickSpan('7d', at('2026-03-31 00:30:00'), west).to).toBe(Date.UTC(2026, 2, 31, 5))
  })

  it('the last month of January is December of the year before', () => {
    expect(shown(quickSpan('lastMonth', at('2026-01-05 00:00:00'), zone))).toEqual([
      '2025-12-01 00:00:00',
      '2026-01-01 00:00:00',
    ])
  })

  it('start and end on midnights and hold the present or end before it', () => {
    const zones = fc.constantFrom('+08:00', '-03:30', '+00:00', '+14:00').map((text) => parseZone(text) ?? 0)
    const names = fc.constantFrom(...QUICK_SPANS.filter((name) => name !== 'custom'))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), zones, names, (now, zone, name) => {
        const span = quickSpan(name, now, zone)
        expect(span.from).toBeLessThan(span.to)
        expect(Math.abs((span.from + zone) % DAY)).toBe(0)
        expect(Math.abs((span.to + zone) % DAY)).toBe(0)
        expect(span.to - now).toBeLessThanOrEqual(DAY)
      }),
    )
  })
})

describe('custom span', () => {
  it('takes the last day in', () => {
    expect(shown(customSpan('2026-02-01', '2026-02-01', zone) ?? { from: 0, to: 0 })).toEqual([
      '2026-02-01 00:00:00',
      '2026-02-02 00:00:00',
    ])
  })

  it.each([
    ['2026-02-30', '2026-03-01'],
    ['2026-03-02', '2026-03-01'],
    ['', '2026-03-01'],
    ['1990-01-01', '2026-03-01'],
  ])('refuses %s to %s', (first, last) => {
    expect(customSpan(first, last, zone)).toBeNull()
  })

  it('reads back the days it was made of', () => {
    const span = customSpan('2025-12-30', '2026-01-02', zone)
    expect(span && daysOf(span, zone)).toEqual({ first: '2025-12-30', last: '2026-01-02' })
  })
})

describe('buckets', () => {
  it('a month asked for is a whole month', () => {
    const span = { from: at('2026-01-15'), to: at('2026-03-02') }
    expect(shown(alignSpan(span, 'month', zone))).toEqual(['2026-01-01 00:00:00', '2026-04-01 00:00:00'])
  })

  it('end with the one that holds now', () => {
    const hours = bucketsOf({ from: at('2026-03-31'), to: at('2026-04-01') }, 'hour', now, zone)
    expect(hours).toHaveLength(15)
    expect(formatDateTime(hours.at(-1) ?? 0, zone)).toBe('2026-03-31 14:00:00')
  })

  it('are as many as the calendar has', () => {
    const year = { from: at('2024-01-01'), to: at('2025-01-01') }
    expect(bucketsOf(year, 'day', now, zone)).toHaveLength(366)
    expect(bucketsOf(year, 'month', now, zone)).toHaveLength(12)
  })

  it('hours only of spans short enough to read', () => {
    expect(bucketAllowed('hour', quickSpan('31d', now, zone))).toBe(true)
    expect(bucketAllowed('hour', quickSpan('12m', now, zone))).toBe(false)
    expect(defaultBucket({ from: 0, to: 24 * HOUR })).toBe('hour')
    expect(defaultBucket(quickSpan('12m', now, zone))).toBe('day')
    expect(defaultBucket({ from: 0, to: 800 * DAY })).toBe('month')
  })
})
