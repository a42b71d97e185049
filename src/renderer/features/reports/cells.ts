import type { ReportCell, ReportColumn, ReportTable } from '#shared/contract/reports.ts'
import { formatDecimal, neededDigits, parseDecimal } from '#shared/decimal.ts'
import { formatDay, type ZoneOffset } from '#shared/time.ts'
import { formatMoney, formatNumber, NONE } from '../../app/format.ts'

/** How cells read, the same on the screen and on paper. */

export type State = ReportTable['marks'][number][2]

export interface ReportRow {
  readonly index: number
  readonly kind: 'row' | 'subtotal' | 'total'
  readonly cells: readonly ReportCell[]
  /** by column */
  readonly marks: ReadonlyMap<number, State> | undefined
}

/** All rows with what is marked about them; the sums of all come last. */
export function rowsOf({ rows, total, subtotals, marks }: ReportTable): ReportRow[] {
  const byRow = new Map<number, Map<number, State>>()
  for (const [row, column, state] of marks) {
    const own = byRow.get(row) ?? new Map<number, State>()
    byRow.set(row, own.set(column, state))
  }
  const sums = new Set(subtotals)
  const all = rows.map((cells, index): ReportRow => ({
    index,
    kind: sums.has(index) ? 'subtotal' : 'row',
    cells,
    marks: byRow.get(index),
  }))
  if (total && rows.length > 0)
    all.push({ index: rows.length, kind: 'total', cells: total, marks: undefined })
  return all
}

export const isFigure = ({ format }: ReportColumn) => !['text', 'word', 'day'].includes(format)

/** `03-14` of a day, `2026-03` of a month. */
export const bucketTitle = (at: number, monthly: boolean, zone: ZoneOffset) =>
  monthly ? formatDay(at, zone).slice(0, 7) : formatDay(at, zone).slice(5)

export interface Words {
  word(value: string): string
  time(at: number): string
  day(at: number): string
}

export function cellText(cell: ReportCell, { format }: ReportColumn, words: Words): string {
  if (cell === null) return ''
  if (format === 'word') return words.word(String(cell))
  if (format === 'money') return formatMoney(Number(cell))
  if (format === 'time') return words.time(Number(cell))
  if (format === 'day') return words.day(Number(cell))
  if (format === 'percent') return `${cell} %`
  return format === 'text' ? String(cell) : formatNumber(cell)
}

/** What stands where there is no figure. */
export const NO_FIGURE = NONE

/** Sums of some rows, exactly; null where the report itself adds nothing up, and for shares. */
export function sumsOf(table: ReportTable, rows: readonly ReportRow[]): ReportCell[] {
  const own = rows.filter(({ kind }) => kind === 'row')
  return table.columns.map((column, i) => {
    if (!isFigure(column) || column.format === 'percent' || (table.total?.[i] ?? null) === null) return null
    const cells = own.map(({ cells: all }) => all[i] ?? null).filter((cell) => cell !== null)
    if (column.format !== 'decimal') return cells.reduce<number>((sum, cell) => sum + Number(cell), 0)
    const scaled = cells.reduce<number>((sum, cell) => sum + (parseDecimal(cell)?.scaled ?? 0), 0)
    return cells.length === 0 ? null : formatDecimal(scaled, neededDigits(scaled, 2))
  })
}
