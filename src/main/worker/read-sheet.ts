import type { WorkerTasks } from '#core/ports.ts'
import { unzipSync } from 'fflate'
import Papa from 'papaparse'
import { readSheet as readXlsx } from 'read-excel-file/node'

type Read = WorkerTasks['readSheet']

/** Rows that the main thread parses at a time. */
const PAGE = 1000
const XLSX_START = [0x50, 0x4b, 0x03, 0x04]
/** the compound file of Excel 97–2003 */
const XLS_START = [0xd0, 0xcf, 0x11, 0xe0]

/** A sheet as a person sent it: XLSX, or CSV in UTF-8, UTF-16 with a BOM, or GB18030. */
export async function readSheet({ base64, maxRows }: Read['input']): Promise<Read['output']> {
  const bytes = Buffer.from(base64, 'base64')
  if (startsWith(bytes, XLS_START)) return { error: 'oldExcel' }
  if (startsWith(bytes, XLSX_START) && unpackedSize(bytes) > MOST_UNPACKED) return { error: 'tooManyRows' }
  const rows = startsWith(bytes, XLSX_START) ? await xlsxRows(bytes) : csvRows(bytes)
  if (!rows) return { error: 'notASheet' }
  const kept = withoutEmptyEnd(rows)
  return kept.length > maxRows ? { error: 'tooManyRows' } : { pages: pagesOf(kept) }
}

/** Text crosses to the main thread in no time, objects do not. */
function pagesOf(rows: readonly (readonly string[])[]): string[] {
  const pages: string[] = []
  for (let at = 0; at < rows.length; at += PAGE) pages.push(JSON.stringify(rows.slice(at, at + PAGE)))
  return pages
}

/** A sheet of a hundred thousand full rows; a file of a few KB can say that it holds as many GB. */
const MOST_UNPACKED = 256 * 1024 * 1024

/** What the parts of a ZIP file say they unpack to; nothing is unpacked for it. */
function unpackedSize(bytes: Buffer): number {
  let size = 0
  try {
    unzipSync(bytes, { filter: ({ originalSize }) => ((size += originalSize), false) })
  } catch {
    return 0 // no ZIP file: the reader says so
  }
  return size
}

const startsWith = (bytes: Buffer, start: readonly number[]) => start.every((byte, i) => bytes[i] === byte)

async function xlsxRows(bytes: Buffer): Promise<string[][] | null> {
  try {
    const sheet = await readXlsx(bytes)
    return sheet.map((row) => row.map(cellText))
  } catch {
    return null
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return dateText(cell)
  if (typeof cell === 'string') return cell.trim()
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : ''
}

/** A cell has no zone, and counts in days: what it shows, to the second. */
function dateText(cell: Date): string {
  const shown = new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString()
  const time = shown.slice(11, 19)
  return time === '00:00:00' ? shown.slice(0, 10) : `${shown.slice(0, 10)} ${time}`
}

function csvRows(bytes: Buffer): string[][] | null {
  const text = textOf(bytes)
  if (text === null || text.includes('\0')) return null
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: false })
  return data.map((row) => row.map((cell) => unguarded(cell.trim())))
}

/** The apostrophe that keeps a spreadsheet from taking text for a formula (our own files have it). */
const unguarded = (text: string) => (/^'[=+\-@]/.test(text) ? text.slice(1) : text)

/** A BOM decides; else UTF-8 where the bytes are, else what Excel writes in a Chinese office. */
function textOf(bytes: Buffer): string | null {
  if (startsWith(bytes, [0xff, 0xfe])) return new TextDecoder('utf-16le').decode(bytes)
  if (startsWith(bytes, [0xfe, 0xff])) return new TextDecoder('utf-16be').decode(bytes)
  for (const encoding of ['utf-8', 'gb18030'])
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      continue
    }
  return null
}

function withoutEmptyEnd(rows: string[][]): string[][] {
  const last = rows.findLastIndex((row) => row.some((cell) => cell !== ''))
  return rows.slice(0, last + 1)
}
