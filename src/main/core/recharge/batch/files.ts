import type { CoreContext } from '../../context.ts'
import type { SheetColumn } from '../../ports.ts'
import type { SiteDatabase } from '../../store/store.ts'
import { layoutOf, REASONS, TITLES, type RowError } from './columns.ts'
import { allRows, HEADER_ROW, storedBatch } from './store.ts'

type Format = 'xlsx' | 'csv'

const TYPES = {
  csv: 'text/csv;charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export interface SheetFile {
  readonly name: string
  readonly type: string
  readonly base64: string
}

/** All cells are text, so that numbers of rooms and meters keep their zeros. */
async function sheetFile(
  { ports }: CoreContext,
  sheet: { name: string; format: Format; header: readonly string[]; rows: readonly (readonly string[])[] },
): Promise<SheetFile> {
  const { name, format, header, rows } = sheet
  const columns: SheetColumn[] = header.map((title) => ({ title, format: 'text' }))
  const base64 = await ports.workers.run('writeSheet', {
    format,
    columns,
    pages: [JSON.stringify(rows)],
    zoneOffset: 0,
  })
  return { name: `${name}.${format}`, type: TYPES[format], base64 }
}

export const templateFile = (ctx: CoreContext, format: Format): Promise<SheetFile> =>
  sheetFile(ctx, { name: '批量充值模板', format, header: Object.values(TITLES), rows: [] })

/** The same file with two columns more: which column is wrong, and why. */
export function errorFile(ctx: CoreContext, site: SiteDatabase, batchId: string): Promise<SheetFile> {
  const { file_name: fileName } = storedBatch(site, batchId)
  const rows = allRows(site, batchId).map((row) => ({ ...row, cells: JSON.parse(row.cells) as string[] }))
  const header = rows.find((row) => row.row === HEADER_ROW)?.cells ?? []
  const width = Math.max(...rows.map((row) => row.cells.length))
  const padded = (cells: readonly string[]) => [...cells, ...Array<string>(width - cells.length).fill('')]
  const layout = layoutOf(header)
  const explained = (error: string | null) => {
    if (error === null || 'missing' in layout) return ['', '']
    const [column, reason] = REASONS[error as RowError]
    return [header[layout[column]] ?? TITLES[column], reason]
  }
  const dot = fileName.lastIndexOf('.')
  return sheetFile(ctx, {
    name: `${dot > 0 ? fileName.slice(0, dot) : fileName}（错误）`,
    format: fileName.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv',
    header: [...padded(header), '错误列', '原因'],
    rows: rows
      .filter((row) => row.row > HEADER_ROW)
      .map((row) => [...padded(row.cells), ...explained(row.error)]),
  })
}
