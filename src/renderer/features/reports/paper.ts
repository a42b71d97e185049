import type { ReportTable } from '#shared/contract/reports.ts'
import type { ReportRow } from './cells.ts'

/** Rows of a page that leave room for head, filter, sums and foot: 6 mm each. */
export const ROWS = { portrait: 32, landscape: 19 } as const
/** More columns lie across. */
const MOST_UPRIGHT = 8
/** More do not fit on any A4. */
export const MOST_COLUMNS = 38
/** More belong in a file. */
export const MOST_ROWS = 2000

export const liesAcross = ({ columns }: Pick<ReportTable, 'columns'>) => columns.length > MOST_UPRIGHT

/** Rows in pages; one page also where there are none. The sums of all are no row of a page. */
export function pagesOf(rows: readonly ReportRow[], perPage: number): ReportRow[][] {
  const own = rows.filter(({ kind }) => kind !== 'total').slice(0, MOST_ROWS)
  const pages = Math.max(1, Math.ceil(own.length / perPage))
  return Array.from({ length: pages }, (_, i) => own.slice(i * perPage, (i + 1) * perPage))
}

const MANY = 12
/** Left out where a month of days needs the room. */
const SPARE = new Set(['user', 'figures', 'missing'])

/** Whether there are so many buckets that they stand close, and which columns are printed then. */
export function printed({ columns }: Pick<ReportTable, 'columns'>): { many: boolean; shown: number[] } {
  const many = columns.filter(({ at }) => at !== undefined).length > MANY
  return { many, shown: columns.flatMap(({ key }, i) => (many && SPARE.has(key) ? [] : [i])) }
}
