import type { ReportCell, ReportColumn, ReportFilter, ReportTable } from '#shared/contract/reports.ts'
import type { ZoneOffset } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import type { Figures } from '../meters/index.ts'
import type { Ledger } from '../recharge/index.ts'
import type { Rooms } from '../rooms/index.ts'
import type { Source } from '#shared/contract/index.ts'
import type { Water } from '../water/index.ts'
import type { DayStore } from './day-store.ts'

/** Where reports have their figures from. */
export interface ReportParts {
  readonly ctx: CoreContext
  readonly figures: Figures
  readonly ledger: Pick<Ledger, 'cashiersOf'>
  readonly rooms: Pick<Rooms, 'low'>
  readonly water: Water['figures']
  readonly days: DayStore
  zone(): ZoneOffset
  /** lets the event loop turn when the work has lasted long enough */
  breathe(): Promise<void> | undefined
  /** epoch ms up to which a source has told all it will (F-25) */
  windowEnd(source: Source): number
}

export type Builder = (parts: ReportParts, filter: ReportFilter) => Promise<ReportTable> | ReportTable

export type Cells = ReportCell[]
export type Mark = ReportTable['marks'][number]

export const column = (key: string, format: ReportColumn['format']): ReportColumn => ({ key, format })

/** What most reports leave empty. */
export const tableOf = (
  report: ReportTable['report'],
  more: Pick<ReportTable, 'columns' | 'rows'> & Partial<ReportTable>,
): ReportTable => ({
  report,
  from: null,
  to: null,
  total: null,
  subtotals: [],
  marks: [],
  coverage: null,
  asOf: null,
  closed: null,
  ...more,
})

/** `part : whole` as percent with one decimal; null of nothing. */
export const percent = (part: number, whole: number): string | null =>
  whole === 0 ? null : ((part / whole) * 100).toFixed(1)
