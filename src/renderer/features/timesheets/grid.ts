import type { Output } from '#shared/contract/index.ts'
import {
  addMonths,
  DAY,
  dayNumber,
  dayStartOf,
  startOfDay,
  startOfMonth,
  type ZoneOffset,
} from '#shared/time.ts'

export const UNITS = ['day', 'week', 'month'] as const
export type Unit = (typeof UNITS)[number]
export const GROUPS = ['user', 'project', 'both'] as const
export type Grouping = (typeof GROUPS)[number]

/** Columns that can still be read and drawn; more days are shown as weeks. */
export const MOST_DAYS = 62

type StatRow = Output<'attendance.statistics'>['rows'][number]

/** 1970-01-01 was a Thursday: three days more make a week begin on Monday. */
const THURSDAY = 3

function startOf(at: number, unit: Unit, zone: ZoneOffset): number {
  if (unit === 'day') return startOfDay(at, zone)
  if (unit === 'month') return startOfMonth(at, zone)
  return dayStartOf(Math.floor((dayNumber(at, zone) + THURSDAY) / 7) * 7 - THURSDAY, zone)
}

const nextOf = (start: number, unit: Unit, zone: ZoneOffset): number =>
  unit === 'month' ? addMonths(start, 1, zone) : start + (unit === 'week' ? 7 : 1) * DAY

/** Starts of the days, weeks or months that touch a span; empty ones too. */
export function bucketsOf(from: number, to: number, unit: Unit, zone: ZoneOffset): number[] {
  const buckets: number[] = []
  for (let at = startOf(from, unit, zone); at < to; at = nextOf(at, unit, zone)) buckets.push(at)
  return buckets
}

/** The unit that is shown: days only while there is room for them. */
export const unitOf = (asked: Unit, from: number, to: number): Unit =>
  asked === 'day' && (to - from) / DAY > MOST_DAYS ? 'week' : asked

export interface GridRow {
  readonly key: string
  readonly projectId: string | null
  readonly projectName: string
  readonly user: string | null
  readonly userName: string
  /** minutes by bucket; null: nothing counted there */
  readonly cells: readonly (number | null)[]
  readonly minutes: number
  readonly count: number
  readonly open: number
  readonly pending: number
}

export interface Grid {
  readonly rows: readonly GridRow[]
  /** minutes by bucket over all rows */
  readonly totals: readonly (number | null)[]
  readonly most: number
}

/** Rows of the answer, one for each cell, as lines of a table; by name, as people look for them. */
export function gridOf(rows: readonly StatRow[], buckets: readonly number[]): Grid {
  const at = new Map(buckets.map((bucket, i) => [bucket, i]))
  const lines = [...Map.groupBy(rows, (row) => `${row.projectId ?? ''} ${row.user ?? ''}`)].map(
    ([key, own]) => lineOf(key, own, { at, width: buckets.length }),
  )
  const sorted = lines.toSorted(
    (a, b) =>
      a.projectName.localeCompare(b.projectName, 'zh-CN') || a.userName.localeCompare(b.userName, 'zh-CN'),
  )
  const totals = buckets.map((_, i) => sumOf(sorted.map(({ cells }) => cells[i] ?? null)))
  const most = Math.max(1, ...sorted.flatMap(({ cells }) => cells.map((cell) => cell ?? 0)))
  return { rows: sorted, totals, most }
}

function lineOf(
  key: string,
  own: readonly StatRow[],
  { at, width }: { at: ReadonlyMap<number, number>; width: number },
): GridRow {
  const cells = Array<number | null>(width).fill(null)
  const sums = { minutes: 0, count: 0, open: 0, pending: 0 }
  for (const row of own) {
    const i = at.get(row.bucket ?? Number.NaN)
    if (i !== undefined && row.count > 0) cells[i] = (cells[i] ?? 0) + row.minutes
    for (const name of ['minutes', 'count', 'open', 'pending'] as const) sums[name] += row[name]
  }
  const { projectId = null, projectName = '', user = null, userName = '' } = own[0] ?? {}
  return { key, projectId, projectName, user, userName, cells, ...sums }
}

export function sumOf(cells: readonly (number | null)[]): number | null {
  const known = cells.filter((cell) => cell !== null)
  return known.length === 0 ? null : known.reduce((sum, cell) => sum + cell, 0)
}

/** Share of the accent in a cell, per cent; the fullest stays readable under its text. */
export const heatShare = (minutes: number | null, most: number): number =>
  minutes === null || minutes === 0 ? 0 : 6 + Math.round((minutes / most) * 34)
