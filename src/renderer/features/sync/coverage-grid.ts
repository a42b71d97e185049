import type { Output } from '#shared/contract/index.ts'
import { DAY, dayNumber, dayStartOf, toCalendar, type ZoneOffset } from '#shared/time.ts'

export type CoverageDay = Output<'sync.coverage'>['days'][number]

/** What a square says: `empty` was read completely and the vendor had nothing for that day. */
export type CellState = 'missing' | 'open' | 'partial' | 'complete' | 'empty'
export const CELL_STATES: readonly CellState[] = ['complete', 'partial', 'open', 'empty', 'missing']

export interface Cell {
  readonly day: number
  readonly state: CellState
  readonly rows: number
  readonly readings: number
  readonly fetchedAt: number | null
}

export function cellState(day: Pick<CoverageDay, 'state' | 'readings'>): CellState {
  return day.state === 'complete' && day.readings === 0 ? 'empty' : day.state
}

export interface Week {
  /** month to print above this column, 1–12, where a month begins in it */
  readonly month: number | null
  /** Monday to Sunday; null outside the span */
  readonly cells: readonly (Cell | null)[]
}

/** Days laid out as a calendar, one column a week from Monday; a day the answer leaves out is missing. */
export function weeksOf(
  days: readonly CoverageDay[],
  from: number,
  to: number,
  zone: ZoneOffset,
): readonly Week[] {
  const known = new Map(days.map((day) => [dayNumber(day.day, zone), day]))
  const first = dayNumber(from, zone)
  const last = dayNumber(to - 1, zone)
  const weeks: Week[] = []
  for (let monday = first - weekday(first); monday <= last; monday += 7) {
    const cells = Array.from({ length: 7 }, (_, i) => {
      const day = monday + i
      return day < first || day > last ? null : cellOf(day, known.get(day), zone)
    })
    weeks.push({ month: monthBegun(cells, zone), cells })
  }
  return weeks
}

/** Monday 0 … Sunday 6; day 0 was a Thursday. */
const weekday = (day: number) => (((day + 3) % 7) + 7) % 7

function cellOf(day: number, known: CoverageDay | undefined, zone: ZoneOffset): Cell {
  const start = dayStartOf(day, zone)
  if (!known) return { day: start, state: 'missing', rows: 0, readings: 0, fetchedAt: null }
  return {
    day: start,
    state: cellState(known),
    rows: known.rows,
    readings: known.readings,
    fetchedAt: known.fetchedAt,
  }
}

function monthBegun(cells: readonly (Cell | null)[], zone: ZoneOffset): number | null {
  for (const cell of cells) {
    if (!cell) continue
    const { day, month } = toCalendar(cell.day, zone)
    if (day === 1) return month
  }
  return null
}

export type Counts = Readonly<Record<CellState, number>>

export function countStates(weeks: readonly Week[]): Counts {
  const counts = { missing: 0, open: 0, partial: 0, complete: 0, empty: 0 }
  for (const week of weeks) for (const cell of week.cells) if (cell) counts[cell.state]++
  return counts
}

/** Days picked with the pointer or the keys, in either direction. */
export interface Picked {
  readonly anchor: number
  readonly end: number
}

export const isPicked = (day: number, picked: Picked | null) =>
  picked !== null && day >= Math.min(picked.anchor, picked.end) && day <= Math.max(picked.anchor, picked.end)

/** What to fetch again for the picked days: from, and to excluded. */
export const rangeOf = (picked: Picked): { from: number; to: number } => ({
  from: Math.min(picked.anchor, picked.end),
  to: Math.max(picked.anchor, picked.end) + DAY,
})

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7 }

/** The day an arrow key leads to, kept within the span; null for other keys. */
export function dayByKey(key: string, day: number, from: number, to: number): number | null {
  const step = STEPS[key]
  if (step === undefined) return null
  return Math.min(Math.max(day + step * DAY, from), to - DAY)
}

/**
 * How many of the picked days a fetch would read: a day that was complete `rereadDays` after its end is settled,
 * and the core leaves it alone (I-42).
 */
export function daysToFetch(
  days: readonly CoverageDay[],
  picked: Picked,
  rereadDays: number,
  zone: ZoneOffset,
): number {
  const known = new Map(days.map((day) => [dayNumber(day.day, zone), day]))
  const { from, to } = rangeOf(picked)
  let open = 0
  for (let at = from; at < to; at += DAY) {
    const day = known.get(dayNumber(at, zone))
    const settled = day?.state === 'complete' && (day.fetchedAt ?? 0) >= at + (1 + rereadDays) * DAY
    if (!settled) open++
  }
  return open
}
