import type { Output } from '#shared/contract/index.ts'

export type CalendarRow = Output<'attendance.calendar'>['rows'][number]

/** What a day of the month shows. */
export interface Day {
  readonly people: number
  readonly shifts: number
  readonly minutes: number
  readonly open: number
  readonly pending: number
  readonly forgotten: number
  readonly late: number
  readonly corrections: number
}

const NOTHING: Day = {
  people: 0,
  shifts: 0,
  minutes: 0,
  open: 0,
  pending: 0,
  forgotten: 0,
  late: 0,
  corrections: 0,
}

/** The rows of a month, a row a worker and day, as its days; `open` without those whose end is missing. */
export function daysOf(rows: readonly CalendarRow[]): ReadonlyMap<number, Day> {
  const days = new Map<number, Day>()
  for (const row of rows) {
    const day = days.get(row.day) ?? NOTHING
    days.set(row.day, {
      people: day.people + 1,
      shifts: day.shifts + row.count,
      minutes: day.minutes + row.minutes,
      open: day.open + Math.max(0, row.open - row.forgotten),
      pending: day.pending + Math.max(0, row.pending - row.late),
      forgotten: day.forgotten + row.forgotten,
      late: day.late + row.late,
      corrections: day.corrections + row.corrections,
    })
  }
  return days
}
