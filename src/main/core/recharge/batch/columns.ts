import { parseYuan, type Fen } from '#shared/money.ts'
import { plainTitle } from '../../sheets.ts'
import type { RoomsPort } from '../ports.ts'

/** A row as it stands in the file; `row` counts from 1, the header is 1. */
export interface SheetRow {
  readonly row: number
  readonly cells: readonly string[]
  readonly room: string
  readonly amount: string
  readonly note: string
}

export interface CheckedRow extends SheetRow {
  readonly roomId: string | null
  readonly amountFen: Fen | null
  readonly error: RowError | null
}

export type RowError = keyof typeof REASONS

type Column = 'room' | 'amount'

/** What the returned file says; the screen has i18n `batch.rowError.<code>`. `restored` is set by a restore. */
export const REASONS = {
  roomMissing: ['room', '没有填写房间'],
  roomUnknown: ['room', '找不到这个房间，或名称不唯一；请填写完整路径或房间编号'],
  roomNotSelectable: ['room', '不是可充值的房间，或房间已停用'],
  amountMissing: ['amount', '没有填写金额'],
  amountInvalid: ['amount', '金额不是数字'],
  amountNotPositive: ['amount', '金额必须大于 0'],
  amountDecimals: ['amount', '金额最多两位小数'],
  amountTooLarge: ['amount', '超过单笔上限，请单独充值'],
  restored: ['room', '恢复备份前可能已入账，请核对'],
} as const satisfies Record<string, readonly [Column, string]>

export const TITLES = { room: '房间', amount: '金额（元）', note: '备注' } as const

const NAMES: Readonly<Record<keyof typeof TITLES, readonly string[]>> = {
  room: ['房间', '房间号', '房间名称', '房间编号', '房间路径', '房间完整路径', 'room', 'roomid'],
  amount: ['金额', '充值金额', 'amount'],
  note: ['备注', '说明', 'note'],
}

export interface Layout {
  readonly room: number
  readonly amount: number
  /** -1: the file has none */
  readonly note: number
}

/** Where the columns are; the titles of those that are missing. */
export function layoutOf(header: readonly string[]): Layout | { readonly missing: readonly string[] } {
  const titles = header.map(plainTitle)
  const at = (column: keyof typeof TITLES) => titles.findIndex((title) => NAMES[column].includes(title))
  const layout = { room: at('room'), amount: at('amount'), note: at('note') }
  const missing = (['room', 'amount'] as const).filter((column) => layout[column] < 0)
  return missing.length === 0 ? layout : { missing: missing.map((column) => TITLES[column]) }
}

export function sheetRows(rows: readonly (readonly string[])[], layout: Layout): SheetRow[] {
  return rows
    .map((cells, i) => ({
      row: i + 2,
      cells,
      room: cells[layout.room] ?? '',
      amount: cells[layout.amount] ?? '',
      note: layout.note < 0 ? '' : (cells[layout.note] ?? ''),
    }))
    .filter((row) => row.cells.some((cell) => cell !== ''))
}

export interface RowJudge {
  readonly rooms: RoomsPort
  /** C-21: a larger amount needs its own second confirmation, at the desk */
  readonly maxRechargeFen: Fen
}

/** The dry run of one row: its room and amount, or what is wrong with it. */
export async function checkRow(row: SheetRow, { rooms, maxRechargeFen }: RowJudge): Promise<CheckedRow> {
  const room = await roomOf(row.room, rooms)
  const amount = amountOf(row.amount, maxRechargeFen)
  return {
    ...row,
    roomId: room.value ?? null,
    amountFen: amount.value ?? null,
    error: room.error ?? amount.error ?? null,
  }
}

type Found<T> = { value: T; error?: undefined } | { value?: undefined; error: RowError }

async function roomOf(text: string, rooms: RoomsPort): Promise<Found<string>> {
  if (text === '') return { error: 'roomMissing' }
  const roomId = await rooms.resolveName(text)
  if (roomId === null) return { error: 'roomUnknown' }
  return rooms.locate(roomId)?.selectable ? { value: roomId } : { error: 'roomNotSelectable' }
}

/** `1,234.50`: nothing else with a comma, since `0,500` may be half a yuan to who typed it. */
const GROUPED = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/

/** `1,234.50` and `¥80` are how people write amounts in sheets. */
function plainAmount(text: string): string {
  const amount = text.replace(/^[¥￥]/, '')
  return GROUPED.test(amount) ? amount.replaceAll(',', '') : amount
}

function amountOf(text: string, mostFen: Fen): Found<Fen> {
  if (text === '') return { error: 'amountMissing' }
  const parsed = parseYuan(plainAmount(text))
  if (!parsed) return { error: 'amountInvalid' }
  if (!parsed.exact) return { error: 'amountDecimals' }
  if (parsed.fen <= 0) return { error: 'amountNotPositive' }
  return parsed.fen > mostFen ? { error: 'amountTooLarge' } : { value: parsed.fen }
}
