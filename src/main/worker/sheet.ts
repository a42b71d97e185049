import type { SheetCell, SheetColumn, WorkerTasks } from '#core/ports.ts'
import { clockHours, decimalHours } from '#shared/hours.ts'
import { DAY, formatDateTime, formatDay, HOUR, MINUTE } from '#shared/time.ts'
import Papa from 'papaparse'
import writeXlsx, { type CellObject } from 'write-excel-file/node'

type Input = WorkerTasks['writeSheet']['input']

export interface Sheet extends Pick<Input, 'columns' | 'zoneOffset'> {
  readonly rows: readonly (readonly SheetCell[])[]
}

/** The file as base64. */
export async function writeSheet({ format, columns, zoneOffset, pages }: Input): Promise<string> {
  const rows = pages.flatMap((page) => JSON.parse(page) as SheetCell[][])
  const sheet = { columns, zoneOffset, rows }
  const file = format === 'csv' ? csv(sheet) : await xlsx(sheet)
  return file.toString('base64')
}

/** Text that a spreadsheet would take for a formula is led by an apostrophe (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/
const guarded = (text: string) => (FORMULA.test(text) ? `'${text}` : text)

/** UTF-8 with a BOM, without which Excel reads Chinese as GBK; codes are quoted (I-20). */
function csv({ columns, rows, zoneOffset }: Sheet): Buffer {
  const lines = rows.map((row) =>
    columns.map((column, i) => csvCell(row[i] ?? null, column.format, zoneOffset)),
  )
  const text = Papa.unparse([columns.map((column) => guarded(column.title)), ...lines], {
    quotes: columns.map((column) => column.format === 'text'),
  })
  return Buffer.from(`\uFEFF${text}\r\n`)
}

function csvCell(value: SheetCell, format: SheetColumn['format'], zone: number): string {
  if (value === null) return ''
  if (typeof value === 'number' && format === 'time') return formatDateTime(value, zone)
  if (typeof value === 'number' && format === 'day') return formatDay(value, zone)
  if (typeof value === 'number' && format === 'hours') return decimalHours(value)
  if (typeof value === 'number' && format === 'duration') return clockHours(value)
  return format === 'text' ? guarded(String(value)) : String(value)
}

function xlsx(sheet: Sheet): Promise<Buffer> {
  const { data, ...options } = xlsxSheet(sheet)
  return writeXlsx(data, options).toBuffer()
}

/** A header that stays in sight, cells of their kind, columns as wide as what they hold. */
export function xlsxSheet({ columns, rows, zoneOffset }: Sheet) {
  const header: (CellObject | null)[] = columns.map(({ title }) => ({
    value: title,
    type: String,
    fontWeight: 'bold',
  }))
  const body = rows.map((row) =>
    columns.map((column, i) => xlsxCell(row[i] ?? null, column.format, zoneOffset)),
  )
  return {
    data: [header, ...body],
    stickyRowsCount: 1,
    columns: columns.map((column, i) => ({ width: widthOf(column, i, rows) })),
  }
}

const NUMERIC: ReadonlySet<SheetColumn['format']> = new Set(['decimal', 'integer', 'money'])
const NUMBER = /^-?\d+(?:\.(\d+))?$/
/** A double holds fifteen digits exactly; longer numbers are written as text. */
const EXACT_DIGITS = 15

function xlsxCell(value: SheetCell, format: SheetColumn['format'], zone: number): CellObject | null {
  if (value === null) return null
  if (typeof value === 'number' && (format === 'time' || format === 'day'))
    // The library writes a Date's UTC fields, and a cell has no zone: shifted, it shows the site's time.
    return {
      value: new Date(value + zone),
      type: Date,
      format: format === 'time' ? 'yyyy-mm-dd hh:mm' : 'yyyy-mm-dd',
    }
  // spreadsheets count days; whole, so that what is added up there is what stands in the sums
  if (typeof value === 'number' && format === 'duration')
    return { value: (value * MINUTE) / DAY, type: Number, format: '[h]:mm' }
  if (typeof value === 'number' && format === 'hours')
    return { value: (value * MINUTE) / HOUR, type: Number, format: '0.00' }
  const text = String(value)
  const number = NUMERIC.has(format) ? NUMBER.exec(text) : null
  if (!number || text.replace(/\D/g, '').length > EXACT_DIGITS)
    return { value: text, type: String, format: '@' }
  const digits = number[1]?.length ?? 0
  return { value: Number(text), type: Number, format: digits > 0 ? `0.${'0'.repeat(digits)}` : '0' }
}

/** Rows looked at for the width of a column. */
const SAMPLE = 200
const MAX_WIDTH = 48
const FIXED_WIDTH = { time: 18, day: 12 } as const

function widthOf(column: SheetColumn, index: number, rows: Sheet['rows']): number {
  let widest = Math.max(displayWidth(column.title), 6)
  if (column.format === 'time' || column.format === 'day')
    return Math.max(widest + 2, FIXED_WIDTH[column.format])
  for (const row of rows.slice(0, SAMPLE)) widest = Math.max(widest, displayWidth(String(row[index] ?? '')))
  return Math.min(widest + 2, MAX_WIDTH)
}

/** Chinese characters are two wide. */
const displayWidth = (text: string) => text.length + (text.match(/[\u2e80-\uffef]/g)?.length ?? 0)
