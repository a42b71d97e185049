import { SitedeskError } from '#shared/errors.ts'
import type { CoreContext } from './context.ts'
import type { SheetColumn } from './ports.ts'

/** Files that people fill in and get back: every cell is text, so that codes keep their zeros. */
export interface SheetFile {
  readonly name: string
  readonly type: string
  readonly base64: string
}

export type SheetFormat = 'xlsx' | 'csv'

const TYPES = {
  csv: 'text/csv;charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** Rows between two turns of the event loop: a few milliseconds. */
export const SHEET_SLICE = 1000

/** Works over many rows and lets others have their turn. */
export async function inSlices<T, R>(
  { ports }: Pick<CoreContext, 'ports'>,
  rows: readonly T[],
  work: (slice: readonly T[], at: number) => R | Promise<R>,
  size = SHEET_SLICE,
): Promise<R[]> {
  const done: R[] = []
  for (let at = 0; at < rows.length; at += size) {
    done.push(await work(rows.slice(at, at + size), at))
    await ports.clock.yield()
  }
  return done
}

export async function writeSheet<T = readonly string[]>(
  ctx: CoreContext,
  sheet: {
    name: string
    format: SheetFormat
    header: readonly string[]
    rows: readonly T[]
    /** the cells of a row, where rows are not their cells */
    cells?: (row: T, index: number) => readonly string[]
  },
): Promise<SheetFile> {
  const { name, format, header, rows, cells } = sheet
  const columns: SheetColumn[] = header.map((title) => ({ title, format: 'text' }))
  const pages = await inSlices(ctx, rows, (slice, at) =>
    JSON.stringify(cells ? slice.map((row, i) => cells(row, at + i)) : slice),
  )
  const base64 = await ctx.ports.workers.run('writeSheet', { format, columns, pages, zoneOffset: 0 })
  return { name: `${name}.${format}`, type: TYPES[format], base64 }
}

/** The same file with two columns more: which column is wrong, and why. `explain` gives both for a row. */
export function writeErrorSheet<T extends { readonly cells: readonly string[] }>(
  ctx: CoreContext,
  sheet: {
    fileName: string
    header: readonly string[]
    rows: readonly T[]
    explain: (row: T, index: number) => readonly [string, string]
  },
): Promise<SheetFile> {
  const { fileName, header, rows, explain } = sheet
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), header.length)
  const padded = (cells: readonly string[]) => [...cells, ...Array<string>(width - cells.length).fill('')]
  const dot = fileName.lastIndexOf('.')
  return writeSheet(ctx, {
    name: `${dot > 0 ? fileName.slice(0, dot) : fileName}（错误）`,
    format: fileName.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv',
    header: [...padded(header), '错误列', '原因'],
    rows,
    cells: (row, i) => [...padded(row.cells), ...explain(row, i)],
  })
}

/** A refused upload: `data.reason` tells the screens what is wrong with it. */
export const refuseSheet = (reason: string, message: string, data: object = {}) =>
  new SitedeskError('INVALID_INPUT', message, { reason, ...data, issues: [{ path: 'base64', message }] })

/** The rows of an uploaded XLSX or CSV file (UTF-8, BOM or GB18030); refuses what is no sheet. */
export async function readSheet(ctx: CoreContext, base64: string, maxRows: number): Promise<string[][]> {
  const sheet = await ctx.ports.workers.run('readSheet', { base64, maxRows: maxRows + 1 })
  if (!('error' in sheet))
    return (await inSlices(ctx, sheet.pages, ([page = '[]']) => JSON.parse(page) as string[][], 1)).flat()
  const said = {
    notASheet: 'This is neither an XLSX nor a CSV file.',
    oldExcel: 'This is an Excel 97–2003 file; save it as XLSX.',
    tooManyRows: `A sheet holds at most ${maxRows} rows.`,
  }
  throw refuseSheet(sheet.error, said[sheet.error], { most: maxRows })
}

/** A title as columns are known by; what stands in brackets, 金额（元）, says nothing new. */
export const plainTitle = (title: string) =>
  title
    .replaceAll(/[（(].*?[）)]/g, '')
    .replaceAll(/\s+/g, '')
    .toLowerCase()
