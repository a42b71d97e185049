import type { Output } from '#shared/contract/index.ts'
import { sumOf } from './grid.ts'

type Sheet = Output<'attendance.sheet'>
export type PaperRow = Sheet['rows'][number]

/** Lines of a landscape A4 page that leave room for head, sums and signatures: 16 × 7 mm of 176 mm. */
export const ROWS_PER_PAGE = 16

export interface PaperPart {
  readonly rows: readonly PaperRow[]
  /** of this page, minutes by day */
  readonly days: readonly (number | null)[]
  readonly minutes: number
}

/** Workers in pages, each with its own sums; one page also where nobody worked. */
export function partsOf(sheet: Pick<Sheet, 'rows' | 'days'>): PaperPart[] {
  const workers = sheet.rows.filter(({ kind }) => kind === 'worker')
  const pages = Math.max(1, Math.ceil(workers.length / ROWS_PER_PAGE))
  return Array.from({ length: pages }, (_, page) => {
    const rows = workers.slice(page * ROWS_PER_PAGE, (page + 1) * ROWS_PER_PAGE)
    return {
      rows,
      days: Array.from({ length: sheet.days }, (_day, i) => sumOf(rows.map(({ days }) => days[i] ?? null))),
      minutes: rows.reduce((sum, { minutes }) => sum + minutes, 0),
    }
  })
}

/** Hours without zeros that say nothing: 8, 7.5, 7.25. */
export const shortHours = (minutes: number | null): string =>
  minutes === null ? '' : String(Math.round((minutes * 100) / 60) / 100)
