import type { SheetCell, WorkerTasks } from '#core/ports.ts'
import writeXlsx from 'write-excel-file/node'
import { xlsxSheet } from './sheet.ts'

type Sheet = ReturnType<typeof xlsxSheet>
type Book = WorkerTasks['writeBook']

/** Several sheets in one XLSX file, base64. */
export async function writeBook({ sheets, zoneOffset }: Book['input']): Promise<Book['output']> {
  const written = sheets.map(({ name, columns, rows, sums }) => {
    const sheet = xlsxSheet({ columns, zoneOffset, rows: parsed(rows) })
    return { sheet: name, ...sheet, data: sums ? withSums(sheet.data) : sheet.data }
  })
  const file = await writeXlsx(written).toBuffer()
  return file.toString('base64')
}

const parsed = (rows: Book['input']['sheets'][number]['rows']): SheetCell[][] =>
  [rows].flat().flatMap((page) => JSON.parse(page) as SheetCell[][])

function withSums(data: Sheet['data']): Sheet['data'] {
  const last = data.at(-1) ?? []
  const strong = { fontWeight: 'bold', topBorderStyle: 'thin' } as const
  return [...data.slice(0, -1), last.map((cell) => (cell === null ? null : { ...cell, ...strong }))]
}
