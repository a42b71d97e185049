import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, parseDateTime, parseZone } from '#shared/time.ts'
import {
  cellState,
  countStates,
  dayByKey,
  daysToFetch,
  isPicked,
  rangeOf,
  weeksOf,
  type CoverageDay,
} from '../../../src/renderer/features/sync/coverage-grid.ts'

const zone = parseZone('+08:00') ?? 0
const at = (text: string) => parseDateTime(text, zone) ?? Number.NaN
const day = (text: string, change: Partial<CoverageDay> = {}): CoverageDay => ({
  day: at(text),
  state: 'complete',
  rows: 5,
  readings: 5,
  fetchedAt: 1,
  ...change,
})

describe('gap map', () => {
  it('a complete day with no readings is not the same as a full one', () => {
    expect(cellState({ state: 'complete', readings: 0 })).toBe('empty')
    expect(cellState({ state: 'complete', readings: 3 })).toBe('complete')
    expect(cellState({ state: 'partial', readings: 0 })).toBe('partial')
  })

  it('lays days out in weeks from Monday; what the answer leaves out is missing', () => {
    // 2026-03-01 was a Sunday
    const weeks = weeksOf([day('2026-03-02')], at('2026-03-01'), at('2026-03-04'), zone)
    expect(weeks).toHaveLength(2)
    expect(weeks[0]?.cells.map((cell) => cell?.state ?? null)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
      'missing',
    ])
    expect(weeks[0]?.month).toBe(3)
    expect(weeks[1]?.cells.slice(0, 3).map((cell) => cell?.state)).toEqual(['complete', 'missing', undefined])
  })

  it('holds every day of the span once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 500 }), (first, length) => {
        const from = first * DAY - zone
        const cells = weeksOf([], from, from + length * DAY, zone).flatMap((week) => week.cells)
        const days = cells.filter((cell) => cell !== null).map((cell) => cell.day)
        expect(days).toEqual(Array.from({ length }, (_, i) => from + i * DAY))
        expect(cells.length % 7).toBe(0)
      }),
    )
  })

  it('counts what it shows', () => {
    const weeks = weeksOf(
      [day('2026-03-01'), day('2026-03-02', { state: 'partial' })],
      at('2026-03-01'),
      at('2026-03-04'),
      zone,
    )
    expect(countStates(weeks)).toEqual({ complete: 1, partial: 1, open: 0, empty: 0, missing: 1 })
  })
})

describe('picking days', () => {
  it('works in both directions, the last day included', () => {
    const picked = { anchor: at('2026-03-05'), end: at('2026-03-03') }
    expect(rangeOf(picked)).toEqual({ from: at('2026-03-03'), to: at('2026-03-06') })
    expect(isPicked(at('2026-03-04'), picked)).toBe(true)
    expect(isPicked(at('2026-03-06'), picked)).toBe(false)
    expect(isPicked(at('2026-03-06'), null)).toBe(false)
  })

  it('counts the days that a fetch would still read', () => {
    const settledAt = (text: string) => at(text) + 4 * DAY
    const days = [
      day('2026-03-01', { fetchedAt: settledAt('2026-03-01') }),
      day('2026-03-02', { fetchedAt: settledAt('2026-03-02') - 1 }),
      day('2026-03-03', { state: 'partial', fetchedAt: settledAt('2026-03-09') }),
    ]
    const picked = { anchor: at('2026-03-04'), end: at('2026-03-01') }
    expect(daysToFetch(days, picked, 3, zone)).toBe(3)
    expect(daysToFetch(days, { anchor: at('2026-03-01'), end: at('2026-03-01') }, 3, zone)).toBe(0)
  })

  it('arrows move by day and by week and stay inside', () => {
    const [from, to] = [at('2026-03-01'), at('2026-03-31')]
    expect(dayByKey('ArrowRight', at('2026-03-02'), from, to)).toBe(at('2026-03-09'))
    expect(dayByKey('ArrowUp', from, from, to)).toBe(from)
    expect(dayByKey('ArrowRight', at('2026-03-29'), from, to)).toBe(at('2026-03-30'))
    expect(dayByKey('x', from, from, to)).toBeNull()
  })
})
