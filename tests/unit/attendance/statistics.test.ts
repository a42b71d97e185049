import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor, Books } from '#core/attendance/books.ts'
import { addMember } from '#core/attendance/members.ts'
import { newProject, setKeeper } from '#core/attendance/projects.ts'
import { setVip } from '#core/attendance/quota.ts'
import { hoursText, monthSheet } from '#core/attendance/sheet.ts'
import { decideCheckIn, recordCheckOut, requestCheckIn } from '#core/attendance/shifts.ts'
import { type Dimension, startOfWeek, statistics, statisticsSql } from '#core/attendance/statistics.ts'
import { monthCalendar } from '#core/attendance/calendar.ts'
import { formatDay, HOUR } from '#shared/time.ts'
import { openTestStore, type TestStore } from '../../fixtures/store.ts'

/** Minutes of shifts at the edges of days, months and years; the host's own zone has no say (spec §6.2). */

const ZONE = 8 * HOUR
const OWNER: Actor = { phone: '13800000001', operator: null }
const KEEPER: Actor = { phone: '13800000002', operator: null }
const NOW = Date.parse('2030-01-01T00:00:00+08:00')
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}+08:00`)

/** in, out, minutes, the day and the month it counts in, the Monday of its week */
const CASES = [
  ['2026-03-09 08:00:00', '2026-03-09 17:00:00', 540, '2026-03-09', '2026-03-01', '2026-03-09'],
  ['2026-03-10 22:00:00', '2026-03-11 06:00:00', 480, '2026-03-10', '2026-03-01', '2026-03-09'],
  ['2026-03-31 22:00:00', '2026-04-01 06:00:00', 480, '2026-03-31', '2026-03-01', '2026-03-30'],
  ['2026-02-28 23:59:59', '2026-03-01 00:00:59', 1, '2026-02-28', '2026-02-01', '2026-02-23'],
  ['2024-02-28 20:00:00', '2024-02-29 04:00:00', 480, '2024-02-28', '2024-02-01', '2024-02-26'],
  ['2024-02-29 22:00:00', '2024-03-01 06:00:00', 480, '2024-02-29', '2024-02-01', '2024-02-26'],
  ['2025-12-31 22:00:00', '2026-01-01 06:00:00', 480, '2025-12-31', '2025-12-01', '2025-12-29'],
  ['2026-01-04 23:00:00', '2026-01-05 00:00:00', 60, '2026-01-04', '2026-01-01', '2025-12-29'],
  ['2026-01-05 00:00:00', '2026-01-05 00:00:59', 0, '2026-01-05', '2026-01-01', '2026-01-05'],
  ['2026-05-01 00:00:00', '2026-05-01 00:01:00', 1, '2026-05-01', '2026-05-01', '2026-04-27'],
  ['2026-05-03 06:00:00', '2026-05-05 06:00:00', 2880, '2026-05-03', '2026-05-01', '2026-04-27'],
  // the hours that summer time takes and gives elsewhere
  ['2026-03-29 00:30:00', '2026-03-29 04:30:00', 240, '2026-03-29', '2026-03-01', '2026-03-23'],
  ['2026-03-08 14:00:00', '2026-03-08 20:00:00', 360, '2026-03-08', '2026-03-01', '2026-03-02'],
  ['2026-11-01 12:00:00', '2026-11-01 18:00:00', 360, '2026-11-01', '2026-11-01', '2026-10-26'],
] as const

let test: TestStore
let books: Books
const users: string[] = []
const viewer = { phone: OWNER.phone, staff: false, now: NOW }
const ALL = { from: 0, to: NOW }

beforeAll(async () => {
  test = await openTestStore()
  const hours = { pendingFor: 24 * HOUR, forgottenAfter: 16 * HOUR, longShift: 24 * HOUR }
  books = { db: test.store.site, zone: () => ZONE, rules: () => hours }
  await books.db.write(() => {
    setVip(books, { phone: OWNER.phone, expiresAt: NOW + 1, by: 'test' }, 0)
    const projectId = String(newProject(books, OWNER, '工地', 1000))
    setKeeper(books, OWNER, { projectId, keeper: KEEPER.phone, keeperName: '考' }, 1000)
    for (const [i, [from, to]] of CASES.entries()) {
      const user = `139000000${String(i).padStart(2, '0')}`
      users.push(user)
      addMember(books, KEEPER, { projectId, user, userName: `工人${i}` }, 1000)
      const asked = { projectId, checkInAt: at(from) }
      const recordId = String(requestCheckIn(books, { phone: user, operator: null }, asked, at(from)))
      decideCheckIn(books, KEEPER, { recordId, confirm: true }, at(from))
      recordCheckOut(books, KEEPER, { recordId, checkOutAt: at(to), confirmLong: true }, at(to))
    }
  })
})
afterAll(() => test.close())

describe('worked minutes (A-23)', () => {
  it.each(CASES.map((one, i) => [...one, i] as const))('%s – %s: %i', (...one) => {
    const [, , minutes, day, month, week, i] = one
    const user = users[i] ?? ''
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
    const night = { user: users[2] ?? '', by: ['day'] as const }
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
    expect([0, 1, 90, 475, 480].map(hoursText)).toEqual(['0.00', '0.02', '1.50', '7.92', '8.00'])
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
