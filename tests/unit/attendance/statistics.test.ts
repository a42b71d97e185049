import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '#core/attendance/access.ts'
import type { Books } from '#core/attendance/books.ts'
import { monthCalendar } from '#core/attendance/calendar.ts'
import { monthSheet } from '#core/attendance/sheet.ts'
import { decimalHours } from '#shared/hours.ts'
import { type Dimension, startOfWeek, statistics, statisticsSql } from '#core/attendance/statistics.ts'
import { formatDay } from '#shared/time.ts'
import { at, CASES, NOW, openCases, userOf, ZONE } from '../../fixtures/attendance-cases.ts'
import type { TestStore } from '../../fixtures/store.ts'

/** Minutes of shifts at the edges of days, months and years (spec §6.2). */

let test: TestStore
let books: Books
let viewer: Viewer
const ALL = { from: 0, to: NOW }

beforeAll(async () => {
  ;({ test, books, viewer } = await openCases())
})
afterAll(() => test.close())

describe('worked minutes (A-23)', () => {
  it.each(CASES.map((one, i) => [...one, i] as const))('%s – %s: %i', (...one) => {
    const [, , minutes, day, month, week, i] = one
    const user = userOf(i)
    for (const [by, date] of [
      ['day', day],
      ['week', week],
      ['month', month],
    ] as const) {
      const { rows } = statistics(books, viewer, { ...ALL, user, by: [by] })
      expect(rows.map((row) => [formatDay(row.bucket ?? 0, ZONE), row.minutes, row.count])).toEqual([
        [date, minutes, 1],
      ])
    }
    expect(formatDay(startOfWeek(at(`${day} 12:00:00`), ZONE), ZONE)).toBe(week)
  })

  it('every way of adding up gives the same (R-63)', () => {
    const total = CASES.reduce((sum, [, , minutes]) => sum + minutes, 0)
    const ways: Dimension[][] = [
      [],
      ['project'],
      ['user'],
      ['day'],
      ['week'],
      ['month'],
      ['user', 'day'],
      ['project', 'user', 'month'],
    ]
    for (const by of ways) {
      const { rows, totals } = statistics(books, viewer, { ...ALL, by })
      expect(totals).toEqual({ minutes: total, count: CASES.length, open: 0, pending: 0 })
      expect(rows.reduce((sum, row) => sum + row.minutes, 0)).toBe(total)
    }
  })

  it('the range is of the check-in: a night shift belongs to its first day alone', () => {
    const night = { user: userOf(2), by: ['day'] as const }
    const april = { from: at('2026-04-01 00:00:00'), to: at('2026-05-01 00:00:00') }
    expect(statistics(books, viewer, { ...night, ...april }).rows).toEqual([])
    const march = { from: at('2026-03-01 00:00:00'), to: at('2026-04-01 00:00:00') }
    expect(statistics(books, viewer, { ...night, ...march }).totals.minutes).toBe(480)
  })

  it('the sign-off sheet of a leap February has 29 cells and a line of totals', () => {
    const sheet = monthSheet(books, viewer, { projectId: '1', month: '2024-02' })
    expect(sheet.dayCount).toBe(29)
    expect(sheet.rows.map(({ kind, minutes, days }) => [kind, minutes, days[27], days[28]])).toEqual([
      ['worker', 480, 480, null],
      ['worker', 480, null, 480],
      ['total', 960, 480, 480],
    ])
    expect(sheet.rows.at(-1)).toMatchObject({ totalHours: '16.00', daysWorked: 2 })
    const march = monthSheet(books, viewer, { projectId: '1', month: '2026-03' })
    expect(march.rows.at(-1)?.days.reduce((sum: number, cell) => sum + (cell ?? 0), 0)).toBe(
      march.totals.minutes,
    )
    expect([0, 1, 90, 475, 480].map(decimalHours)).toEqual(['0.00', '0.02', '1.50', '7.92', '8.00'])
  })

  it('the calendar says the same as the sheet', () => {
    const calendar = monthCalendar(books, viewer, { projectId: '1', month: '2026-03' })
    expect(calendar.totals).toEqual(monthSheet(books, viewer, { projectId: '1', month: '2026-03' }).totals)
    expect(
      calendar.rows.every(({ forgotten, late, corrections }) => forgotten + late + corrections === 0),
    ).toBe(true)
  })

  it('a month of a year is found by the index, never by a walk over all records', () => {
    const plan = books.db
      .statement<{ detail: string }>(`EXPLAIN QUERY PLAN ${statisticsSql(['user', 'month'], ZONE)}`)
      .all('[[1,null]]', '[[0,1]]', 0, 1)
      .map(({ detail }) => detail)
    expect(plan).toContainEqual(expect.stringContaining('COVERING INDEX att_record_counted (projectId=?'))
  })
})
