import type { CoreContext } from '../../context.ts'
import { writeErrorSheet, writeSheet, type SheetFile, type SheetFormat } from '../../sheets.ts'
import type { SiteDatabase } from '../../store/store.ts'
import { layoutOf, REASONS, TITLES, type RowError } from './columns.ts'
import { allRows, HEADER_ROW, storedBatch } from './store.ts'

export const templateFile = (ctx: CoreContext, format: SheetFormat): Promise<SheetFile> =>
  writeSheet(ctx, { name: '批量充值模板', format, header: Object.values(TITLES), rows: [] })

/** The same file with two columns more: which column is wrong, and why. */
export function errorFile(ctx: CoreContext, site: SiteDatabase, batchId: string): Promise<SheetFile> {
  const { file_name: fileName } = storedBatch(site, batchId)
  const rows = allRows(site, batchId).map((row) => ({ ...row, cells: JSON.parse(row.cells) as string[] }))
  const header = rows.find((row) => row.row === HEADER_ROW)?.cells ?? []
  const layout = layoutOf(header)
  const explained = (error: string | null): [string, string] => {
    if (error === null || 'missing' in layout) return ['', '']
    const [column, reason] = REASONS[error as RowError]
    return [header[layout[column]] ?? TITLES[column], reason]
  }
  return writeErrorSheet(ctx, {
    fileName,
    header,
    rows: rows.filter((row) => row.row > HEADER_ROW),
    explain: ({ error }) => explained(error),
  })
}
