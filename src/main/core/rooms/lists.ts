import type { RoomRow, roomCost, roomRecharge } from '#shared/contract/rooms.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked, Output } from '#shared/contract/index.ts'
import type { z } from '#shared/z.ts'
import type { CoreContext } from '../context.ts'
import type { HistoryDatabase, SiteDatabase } from '../store/store.ts'
import type { Directory } from './directory.ts'
import { isSelectable, rowMaker } from './rows.ts'

type Recharge = z.infer<typeof roomRecharge>
type Cost = z.infer<typeof roomCost>
type Told = Output<'rooms.tell'>

interface Paging {
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

export const rechargesOf = (db: HistoryDatabase, roomId: string, page: Paging): Recharge[] =>
  db
    .statement<Recharge>(
      `SELECT out_trade_no AS outTradeNo, amount_fen AS amountFen, trade_type AS tradeType, at
       FROM room_recharge WHERE room_id = ? ORDER BY at DESC, out_trade_no, ordinal LIMIT ? OFFSET ?`,
    )
    .all(roomId, page.limit ?? DEFAULT_LIMIT, page.offset ?? 0)

export const rechargesBetween = (db: HistoryDatabase, roomId: string, from: number, to: number): Recharge[] =>
  db
    .statement<Recharge>(
      `SELECT out_trade_no AS outTradeNo, amount_fen AS amountFen, trade_type AS tradeType, at
       FROM room_recharge WHERE room_id = ? AND at >= ? AND at < ? ORDER BY at, out_trade_no, ordinal`,
    )
    .all(roomId, from, to)

export const costsOf = (db: HistoryDatabase, roomId: string, page: Paging): Cost[] =>
  db
    .statement<Omit<Cost, 'sumOk'> & { sumOk: number }>(
      `SELECT at, electricity_dosage AS electricityDosage, electricity_fen AS electricityFen,
         water_dosage AS waterDosage, water_fen AS waterFen, share_fen AS shareFen, total_fen AS totalFen,
         sum_ok AS sumOk
       FROM room_cost WHERE room_id = ? ORDER BY at DESC, digest, ordinal LIMIT ? OFFSET ?`,
    )
    .all(roomId, page.limit ?? DEFAULT_LIMIT, page.offset ?? 0)
    .map((row) => ({ ...row, sumOk: row.sumOk === 1 }))

export const countOf = (db: HistoryDatabase, table: 'room_recharge' | 'room_cost', roomId: string): number =>
  db.statement<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE room_id = ?`).get(roomId)?.n ?? 0

const TOLD = 'SELECT id, room_id AS roomId, at, operator, how, note FROM room_told'

export function toldOf(db: SiteDatabase, input: Checked<'rooms.told'>): Output<'rooms.told'> {
  const { roomId, offset = 0, limit = DEFAULT_LIMIT } = input
  const where = roomId === undefined ? '' : ' WHERE room_id = ?'
  const values = roomId === undefined ? [] : [roomId]
  const total = db.statement<{ n: number }>(`SELECT count(*) AS n FROM room_told${where}`).get(...values)?.n
  const rows = db
    .statement<Told>(`${TOLD}${where} ORDER BY at DESC, id LIMIT ? OFFSET ?`)
    .all(...values, limit, offset)
  return { total: total ?? 0, rows }
}

/** ¥20: below it a room is told of. */
const LOW_FEN = 2000

type LowInput = Checked<'rooms.lowBalance'>
type LowRow = RoomRow & { lastTold: Told | null }

/** Rooms at or below a bound: what the platform says is low is shown, also when it is equal (C-43). */
export async function lowBalance(
  { store }: CoreContext,
  directory: Directory,
  input: LowInput,
): Promise<{ total: number; rows: LowRow[] }> {
  const { history, site } = store
  const { belowFen = LOW_FEN, query = '', offset = 0, limit = DEFAULT_LIMIT } = input
  const { places } = directory.tree()
  const found = query.trim() === '' ? null : new Set((await directory.find(query)).map(({ id }) => id))
  const rowOf = rowMaker(history)
  const last = new Map(
    site
      .statement<Told>(`${TOLD} ORDER BY at, id`)
      .all()
      .map((told) => [told.roomId, told]),
  )
  const low = history
    .statement<{ room_id: string }>(
      'SELECT room_id FROM room_balance WHERE balance_fen <= ? ORDER BY balance_fen, room_id',
    )
    .all(belowFen)
  const rows = low.flatMap(({ room_id }) => {
    const place = places.get(room_id)
    const shown = place && isSelectable(place) && (found === null || found.has(room_id))
    return shown ? [{ ...rowOf(place), lastTold: last.get(room_id) ?? null }] : []
  })
  sortLow(rows, input)
  return { total: rows.length, rows: rows.slice(offset, offset + limit) }
}

function sortLow(rows: LowRow[], { sort = 'balance', order = 'ascending' }: LowInput): void {
  const paths = new Map(rows.map((row) => [row, row.path.join('\t')]))
  const by: Record<typeof sort, (a: LowRow, b: LowRow) => number> = {
    balance: (a, b) => (a.balanceFen ?? 0) - (b.balanceFen ?? 0),
    path: (a, b) => compare(paths.get(a) ?? '', paths.get(b) ?? ''),
    toldAt: (a, b) => (a.lastTold?.at ?? 0) - (b.lastTold?.at ?? 0),
  }
  const sign = order === 'ascending' ? 1 : -1
  rows.sort((a, b) => sign * by[sort](a, b))
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
