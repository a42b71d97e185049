import { decimalHours } from '#shared/hours.ts'
import { addMonths, DAY, dayNumber, fromCalendar, type ZoneOffset } from '#shared/time.ts'
import type { Viewer } from './access.ts'
import type { Books } from './books.ts'
import { refuse } from './refusals.ts'
import { add, namesOf, NONE, statistics, type Sums } from './statistics.ts'

/** A month of a project, a line a worker and a column a day: what people sign, and what goes to XLSX. */

export interface SheetRow extends Sums {
  /** `total` is the last line */
  readonly kind: 'worker' | 'total'
  readonly user: string
  readonly userName: string
  /** minutes a day, from the first; null: nothing counted that day */
  readonly days: readonly (number | null)[]
  /** the same in hours with two decimals, for sheets */
  readonly hours: readonly (string | null)[]
  readonly totalHours: string
  readonly daysWorked: number
}

export interface Sheet {
  readonly from: number
  readonly to: number
  readonly dayCount: number
  readonly rows: readonly SheetRow[]
  readonly totals: Sums
  readonly limited: boolean
}

/** `yyyy-MM` → its first instant and that of the next. */
export function monthSpan(month: string, zone: ZoneOffset): { from: number; to: number } {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const from = fromCalendar({ year, month: number, day: 1, hour: 0, minute: 0, second: 0 }, zone)
  if (from === null || number < 1 || number > 12) throw refuse('order')
  return { from, to: addMonths(from, 1, zone) }
}

export function monthSheet(
  books: Books,
  viewer: Viewer,
  wanted: { projectId: string; month: string; user?: string | undefined },
): Sheet {
  const zone = books.zone()
  const { from, to } = monthSpan(wanted.month, zone)
  const { projectId, user } = wanted
  const found = statistics(books, viewer, { projectId, user, from, to, by: ['user', 'day'] })
  const dayCount = Math.round((to - from) / DAY)
  const names = namesOf(books, Number(projectId))
  const first = dayNumber(from, zone)
  const lines = [...Map.groupBy(found.rows, (row) => row.user ?? '')].map(([phone, rows]) => {
    const days = Array<number | null>(dayCount).fill(null)
    for (const { bucket, minutes, count } of rows)
      if (count > 0) days[dayNumber(bucket ?? from, zone) - first] = minutes
    return lineOf('worker', { user: phone, userName: names.get(phone) ?? '' }, days, rows.reduce(add, NONE))
  })
  const rows = lines.toSorted((a, b) => compareNames(a.userName, b.userName) || compareNames(a.user, b.user))
  const days = Array.from({ length: dayCount }, (_, i) => sumOfDay(rows, i))
  const total = lineOf('total', { user: '', userName: '' }, days, found.totals)
  return { from, to, dayCount, rows: [...rows, total], totals: found.totals, limited: found.limited }
}

const compareNames = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1)

function sumOfDay(rows: readonly SheetRow[], day: number): number | null {
  const cells = rows.map(({ days }) => days[day] ?? null).filter((cell) => cell !== null)
  return cells.length === 0 ? null : cells.reduce((sum, cell) => sum + cell, 0)
}

function lineOf(
  kind: SheetRow['kind'],
  who: { user: string; userName: string },
  days: readonly (number | null)[],
  sums: Sums,
): SheetRow {
  return {
    kind,
    ...who,
    ...sums,
    days,
    hours: days.map((minutes) => (minutes === null ? null : decimalHours(minutes))),
    totalHours: decimalHours(sums.minutes),
    daysWorked: days.filter((cell) => cell !== null).length,
  }
}
