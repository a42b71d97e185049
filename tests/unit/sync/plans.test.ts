import { assert, integer, nat, property, uniqueArray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dayWindows,
  isSettled,
  planHistory,
  planMeter,
  SINGLE_METER_DAYS,
  type HeldWindow,
  type Window,
} from '#core/sync/plans.ts'
import { DAY, HOUR, MINUTE, startOfDay } from '#shared/time.ts'

const ZONE = 8 * HOUR
/** 2026-03-01 00:00 +08:00 */
const TODAY = 1_772_294_400_000
const NOW = TODAY + 10 * HOUR
const END = NOW - 2 * MINUTE
const request = { zone: ZONE, windowEnd: END, historyDays: 10, rereadDays: 3 }
const day = (n: number): Window => ({ from: TODAY - n * DAY, to: n === 0 ? END : TODAY - (n - 1) * DAY })
const held = (n: number, fetchedAt: number, complete = true): HeldWindow => ({
  ...day(n),
  fetchedAt,
  complete,
})
const days = (windows: readonly Window[]) => windows.map((w) => Math.round((TODAY - w.from) / DAY))
const run = { since: NOW, now: NOW }

describe('dayWindows', () => {
  it('goes back the history in whole days of the zone, newest first, to the frozen end', () => {
    const windows = dayWindows(request)
    expect(days(windows)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(windows[0]).toEqual(day(0))
    expect(windows[1]).toEqual(day(1))
  })

  it('takes whole days of a given span, also beyond the history, never beyond the end', () => {
    expect(days(dayWindows({ ...request, from: TODAY - 20 * DAY + 5, to: TODAY - 18 * DAY + 1 }))).toEqual([
      18, 19, 20,
    ])
    expect(dayWindows({ ...request, from: TODAY, to: TODAY + 9 * DAY })).toEqual([day(0)])
    expect(dayWindows({ ...request, from: NOW + DAY })).toEqual([])
    expect(dayWindows({ ...request, from: TODAY, to: TODAY })).toEqual([])
    expect(days(dayWindows({ ...request, to: TODAY - 9 * DAY }))).toEqual([10])
  })

  it('never goes before 1970', () => {
    const windows = dayWindows({ ...request, windowEnd: 3 * DAY, historyDays: 100 })
    expect(windows.every((w) => w.from >= 0)).toBe(true)
  })
})

describe('planHistory', () => {
  const settled = (n: number) => held(n, day(n).to + 3 * DAY)

  it.each([
    { what: 'nothing is held', known: [], expected: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
    {
      what: 'all is held: only the last three days are read again (I-42)',
      known: [1, 2, 3].map((n) => held(n, NOW - HOUR * 2)).concat([4, 5, 6, 7, 8, 9, 10].map(settled)),
      expected: [0, 1, 2, 3],
    },
    {
      what: 'a day was left partial',
      known: [held(7, NOW - DAY, false), ...[4, 5, 6, 8, 9, 10].map(settled)],
      expected: [0, 1, 2, 3, 7],
    },
    {
      what: 'the console was off for a week: days read too early are read again',
      known: [held(7, TODAY - 7 * DAY + 20 * HOUR), ...[8, 9, 10].map(settled)],
      expected: [0, 1, 2, 3, 4, 5, 6, 7],
    },
    {
      what: 'only the morning of a past day was fetched',
      known: [
        { from: day(5).from, to: day(5).from + 9 * HOUR, complete: true, fetchedAt: NOW },
        ...[4, 6, 7, 8, 9, 10].map(settled),
      ],
      expected: [0, 1, 2, 3, 5],
    },
  ])('$what', ({ known, expected }) => {
    expect(days(planHistory(request, known, run).windows)).toEqual(expected)
  })

  it('does not read again what this very job read before it was interrupted', () => {
    const known = [held(1, NOW - 20 * MINUTE), held(2, NOW - 20 * MINUTE), held(3, NOW - 2 * HOUR)]
    const plan = planHistory(request, known, { since: NOW - 30 * MINUTE, now: NOW })
    expect(days(plan.windows).slice(0, 3)).toEqual([0, 3, 4])
    expect(plan.alreadyDone).toBe(2)
    expect(planHistory(request, known, run).alreadyDone).toBe(0)
    const late = planHistory(request, [held(1, NOW - 2 * HOUR)], { since: NOW - 3 * HOUR, now: NOW })
    expect(days(late.windows).slice(0, 2)).toEqual([0, 1])
  })

  it('leaves settled days alone inside a given span too', () => {
    const span = { ...request, from: day(6).from, to: day(5).to }
    expect(days(planHistory(span, [settled(6)], run).windows)).toEqual([5])
  })

  it('covers every instant that is not settled, without overlap', () => {
    const windows = uniqueArray(nat(40), { maxLength: 30 })
    const invariant = property(
      windows,
      integer({ min: 1, max: 40 }),
      integer({ min: 0, max: 5 }),
      (known, back, rereadDays) => {
        const input = { ...request, historyDays: 40, rereadDays }
        const rows = known.map((n) => held(n, NOW - back * HOUR * 6, n % 3 > 0))
        const plan = planHistory(input, rows, run).windows
        for (const [i, one] of plan.entries()) {
          expect(one.from).toBe(startOfDay(one.from, ZONE))
          expect(one.to).toBeLessThanOrEqual(END)
          const next = plan[i + 1]
          if (next) expect(next.to).toBeLessThanOrEqual(one.from)
        }
        for (let n = 0; n <= 40; n++) {
          const row = rows.find((r) => r.from === day(n).from)
          const planned = plan.some((w) => w.from === day(n).from)
          expect(planned).toBe(!row || !isSettled(row, day(n), rereadDays))
        }
      },
    )
    assert(invariant)
  })
})

describe('planMeter', () => {
  const span = { ...request, from: TODAY - 100 * DAY, to: NOW }

  it('asks in windows of at most 31 days, newest first (I-43)', () => {
    const windows = planMeter(span, [], NOW)
    expect(windows.map((w) => Math.ceil((w.to - w.from) / DAY))).toEqual([31, 31, 31, 8])
    expect(windows[0]?.to).toBe(END)
    for (const [i, one] of windows.entries()) expect(windows[i + 1]?.to ?? one.from).toBe(one.from)
    expect(windows.every((w) => w.to - w.from <= SINGLE_METER_DAYS * DAY)).toBe(true)
  })

  it('leaves out days that windows of all meters hold', () => {
    const known = [4, 5, 6, 10].map((n) => held(n, NOW))
    const windows = planMeter({ ...span, from: TODAY - 12 * DAY }, known, NOW + HOUR)
    expect(windows).toEqual([
      { from: day(3).from, to: END },
      { from: day(9).from, to: day(7).to },
      { from: day(12).from, to: day(11).to },
    ])
  })

  it('counts the last days as held for ten minutes after they were fetched', () => {
    const known = [{ from: TODAY - 100 * DAY, to: END, complete: true, fetchedAt: NOW }]
    const later = (ms: number) => ({ ...span, windowEnd: END + ms, to: NOW + ms })
    expect(planMeter(later(9 * MINUTE), known, NOW + 9 * MINUTE)).toEqual([])
    const after = planMeter(later(11 * MINUTE), known, NOW + 11 * MINUTE)
    expect(after).toEqual([{ from: day(3).from, to: END + 11 * MINUTE }])
  })

  it('asks for nothing outside the span', () => {
    expect(planMeter({ ...span, from: NOW + DAY, to: NOW + 2 * DAY }, [], NOW)).toEqual([])
  })
})
