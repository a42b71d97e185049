import type { Output } from '#shared/contract/index.ts'
import type { ZoneOffset } from '#shared/time.ts'
import { counterpart, type Shift } from './compare.ts'
import { changePerMille, meanDecimal, subtractDecimals, sumDecimals } from './decimals.ts'

export type UsageRow = Output<'meters.usage'>['rows'][number]
export type UsageState = UsageRow['state']

/** What one bucket of one series shows. `running` counts so far and is not final. */
export interface UsageCell {
  readonly usage: string | null
  readonly state: UsageState
}

/** One line of the chart: a meter over the buckets of the span, or over their counterparts. */
export interface UsageSeries {
  readonly key: string
  readonly name: string
  /** one cell a bucket; null where the calendar has no counterpart */
  readonly cells: readonly (UsageCell | null)[]
}

const GAP: UsageCell = { usage: null, state: 'gap' }

/** Rows of one meter by bucket. */
export function indexRows(rows: readonly UsageRow[], meterId: string): Map<number, UsageCell> {
  const index = new Map<number, UsageCell>()
  for (const row of rows) if (row.meterId === meterId) index.set(row.bucket, row)
  return index
}

/** A cell for every bucket: what was not answered is a gap, never zero. */
export const fill = (buckets: readonly number[], index: ReadonlyMap<number, UsageCell>): UsageCell[] =>
  buckets.map((at) => index.get(at) ?? GAP)

/** The earlier span laid over this one, bucket by bucket (compare.ts says which answers to which). */
export const fillEarlier = (
  buckets: readonly number[],
  index: ReadonlyMap<number, UsageCell>,
  shift: Shift,
  zone: ZoneOffset,
): (UsageCell | null)[] =>
  buckets.map((at) => {
    const back = counterpart(at, shift, zone)
    return back === null ? null : (index.get(back) ?? GAP)
  })

/** One row of the table under the chart: the same numbers as the bars. */
export interface TableRow {
  readonly bucket: number
  readonly usage: string | null
  readonly state: UsageState
  readonly running: boolean
  /** the compared series in their order */
  readonly others: readonly (UsageCell | null)[]
  /** against the first compared series */
  readonly difference: string | null
  readonly perMille: number | null
}

export function tableRows(
  buckets: readonly number[],
  main: readonly UsageCell[],
  others: readonly UsageSeries[],
  running: number,
): TableRow[] {
  return buckets.map((bucket, i) => {
    const cell = main[i] ?? GAP
    const beside = others.map((series) => series.cells[i] ?? null)
    const against = beside[0]?.usage ?? null
    return {
      bucket,
      usage: cell.usage,
      state: cell.state,
      running: bucket === running,
      others: beside,
      difference: subtractDecimals(cell.usage, against),
      perMille: changePerMille(cell.usage, against),
    }
  })
}

/** What the totals row and the caption say of a series. */
export interface Totals {
  readonly sum: string | null
  readonly mean: string | null
  /** buckets that have a figure */
  readonly measured: number
  /** buckets that could have one */
  readonly total: number
  readonly resets: number
  readonly gaps: number
}

/** The bucket that still runs is no gap before its first reading has come: `running` is its index, or -1. */
export function totalsOf(cells: readonly (UsageCell | null)[], running = -1): Totals {
  const present = cells.filter(
    (cell, i): cell is UsageCell => cell !== null && !(i === running && cell.state === 'gap'),
  )
  const measured = present.filter((cell) => cell.usage !== null).length
  const sum = sumDecimals(present.map((cell) => cell.usage))
  return {
    sum,
    mean: meanDecimal(sum, measured),
    measured,
    total: present.length,
    resets: present.filter((cell) => cell.state === 'reset').length,
    gaps: present.filter((cell) => cell.state === 'gap').length,
  }
}

/**
 * Totals of main and compared over the buckets both have, so that 28 measured days are not compared with 31.
 */
export function likeForLike(
  main: readonly (UsageCell | null)[],
  other: readonly (UsageCell | null)[],
): { main: string | null; other: string | null; buckets: number; perMille: number | null } {
  const both = main.flatMap((cell, i) => {
    const a = cell?.usage ?? null
    const b = other[i]?.usage ?? null
    return a === null || b === null ? [] : [[a, b] as const]
  })
  const a = sumDecimals(both.map(([usage]) => usage))
  const b = sumDecimals(both.map(([, usage]) => usage))
  return { main: a, other: b, buckets: both.length, perMille: changePerMille(a, b) }
}
