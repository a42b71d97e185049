import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, formatDateTime, fromCalendar, HOUR, MINUTE } from '#shared/time.ts'
import { daysOf, type CalendarRow } from '../../../src/renderer/features/attendance/calendar/days.ts'
import {
  chosen,
  endsAt,
  mainAct,
  type GangRow,
} from '../../../src/renderer/features/attendance/gang/choose.ts'
import {
  daysOver,
  otherMonth,
  parseWhen,
  typedTime,
  weeksOf,
} from '../../../src/renderer/features/attendance/span.ts'

const ZONE = 8 * HOUR
const at = (text: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/\D/).map(Number)
  return fromCalendar({ year, month, day, hour, minute, second: 0 }, ZONE) ?? Number.NaN
}
const NOW = at('2026-01-02 09:30')

describe('a time as somebody types it', () => {
  it.each([
    ['8:05', '2026-01-02 08:05'],
    ['08：05', '2026-01-02 08:05'],
    ['01-01 17:30', '2026-01-01 17:30'],
    ['1/1 17:30', '2026-01-01 17:30'],
    // the year before, where this year's lies ahead
    ['12-31 22:00', '2025-12-31 22:00'],
    ['2025-12-31 22:00', '2025-12-31 22:00'],
  ])('%s is %s', (text, is) => {
    expect(parseWhen(text, NOW, ZONE)).toBe(at(is))
  })

  it.each(['', '25:00', '8', '02-30 10:00', 'now', '13-01 10:00', '2026-01-02'])('%s is none', (text) => {
    expect(parseWhen(text, NOW, ZONE)).toBeNull()
  })

  it('reads back what it shows, of the last half year', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 182 * 24 * 60 }), (minutes) => {
        const then = NOW - minutes * MINUTE
        expect(parseWhen(typedTime(then, ZONE), NOW, ZONE)).toBe(then)
      }),
    )
  })
})

describe('days and months', () => {
  it('counts a night shift to the day it began', () => {
    expect(daysOver(at('2026-02-28 22:00'), at('2026-03-01 06:00'), ZONE)).toBe(1)
    expect(daysOver(at('2026-02-28 00:00'), at('2026-02-28 23:59'), ZONE)).toBe(0)
  })

  it.each([
    ['2024-02', 5, 29],
    ['2026-02', 5, 28],
    ['2026-03', 6, 31],
    ['2027-02', 4, 28],
  ])('%s has %i weeks and %i days, Monday first', (month, weeks, days) => {
    const found = weeksOf(month, ZONE)
    const known = found.flat().filter((day) => day !== null)
    expect([found.length, known.length]).toEqual([weeks, days])
    expect(known.map((day) => formatDateTime(day, ZONE).slice(0, 16))[0]).toBe(`${month}-01 00:00`)
    for (const week of found) {
      const [monday] = week
      if (monday) expect(new Date(monday + ZONE).getUTCDay()).toBe(1)
    }
  })

  it('turns the year', () => {
    expect([otherMonth('2026-01', -1, ZONE), otherMonth('2025-12', 1, ZONE)]).toEqual(['2025-12', '2026-01'])
  })

  it('sums a month by its days, open shifts apart from those whose end is missing', () => {
    const row = (day: number, more: Partial<CalendarRow>): CalendarRow => ({
      user: '1',
      userName: '',
      day,
      minutes: 0,
      count: 0,
      open: 0,
      pending: 0,
      forgotten: 0,
      late: 0,
      corrections: 0,
      ...more,
    })
    const days = daysOf([
      row(0, { minutes: 480, count: 1 }),
      row(0, { minutes: 90, count: 2, corrections: 1 }),
      row(DAY, { open: 2, forgotten: 1, pending: 1, late: 1 }),
    ])
    expect(days.get(0)).toMatchObject({ people: 2, minutes: 570, shifts: 3, corrections: 1, open: 0 })
    expect(days.get(DAY)).toMatchObject({ people: 1, open: 1, forgotten: 1, pending: 0, late: 1 })
  })
})

describe('whom an act is for', () => {
  const person = (user: string, standing: GangRow['standing'], checkInAt: number | null): GangRow => ({
    user,
    userName: user,
    standing,
    recordId: standing === 'idle' ? null : user,
    requestedAt: checkInAt,
    checkInAt,
    checkOutAt: null,
    minutesToday: 0,
    late: false,
    forgotten: false,
    suggestedOut: null,
    subscribed: false,
    overriddenUntil: null,
  })
  const asks = person('a', 'pending', NOW - HOUR)
  const works = person('b', 'working', NOW - 2 * HOUR)
  const works2 = person('c', 'working', NOW - 30 * MINUTE)

  it('answers requests before it ends shifts, and leaves the others alone', () => {
    expect(mainAct([asks, works])).toBe('confirm')
    expect(mainAct([works])).toBe('end')
    expect(mainAct([person('d', 'idle', null), person('e', 'done', NOW)])).toBeNull()
    expect(chosen([asks, works, works2], 'confirm')).toEqual({ rows: [asks], others: 2 })
    expect(chosen([asks, works, works2], 'end')).toEqual({ rows: [works, works2], others: 1 })
  })

  it('ends only who had started by then, in whole minutes', () => {
    const { rows, tooEarly } = endsAt([works, works2], NOW - HOUR + 59_000)
    expect(rows.map(({ user, minutes }) => [user, minutes])).toEqual([['b', 60]])
    expect(tooEarly.map(({ user }) => user)).toEqual(['c'])
    expect(endsAt([works], works.checkInAt ?? 0).rows).toEqual([])
  })
})
