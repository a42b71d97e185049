import { z } from '../z.ts'
import { done, id, instant, nothing, page, paging, read, write } from './define.ts'
import { decimal, fen, meterKind } from './values.ts'

export interface RoomNode {
  id: string
  name: string
  /** 101 area, 102 building or floor, 103 room; others as sent */
  level: number
  active: boolean
  children: RoomNode[]
}

const roomNode: z.ZodType<RoomNode> = z.lazy(() =>
  z.object({
    id,
    name: z.string(),
    level: z.int(),
    active: z.boolean(),
    children: z.array(roomNode),
  }),
)

export const roomRow = z.object({
  id,
  name: z.string(),
  /** names from the top to this one */
  path: z.array(z.string()),
  level: z.int(),
  active: z.boolean(),
  /** level 103 and active: money can be sent to it (C-52) */
  selectable: z.boolean(),
  balanceFen: fen.nullable(),
  balanceAt: instant.nullable(),
})
export type RoomRow = z.infer<typeof roomRow>

/** A recharge as the campus platform lists it. */
export const roomRecharge = z.object({
  outTradeNo: z.string(),
  amountFen: fen.nullable(),
  tradeType: z.string(),
  at: instant,
})

/** A consumption record as the campus platform lists it; amounts in fen, dosages as sent. */
export const roomCost = z.object({
  at: instant,
  electricityDosage: z.string(),
  electricityFen: fen.nullable(),
  waterDosage: z.string(),
  waterFen: fen.nullable(),
  shareFen: fen.nullable(),
  totalFen: fen.nullable(),
  /** total = electricity + water + share (C-41) */
  sumOk: z.boolean(),
})

const roomDetail = roomRow.extend({
  /** three numbers, never added (C-16); null: not known yet */
  balances: z.object({ balanceFen: fen, electricityFen: fen, waterFen: fen, at: instant }).nullable(),
  meters: z.array(
    z.object({
      tableNo: z.string(),
      kind: meterKind,
      reading: decimal.nullable(),
      /** the same meter in another system's list, where its number is known there */
      meterId: id.nullable(),
    }),
  ),
  recharges: z.array(roomRecharge),
  costs: z.array(roomCost),
  /** when recharges and costs were fetched completely */
  recordsAt: instant.nullable(),
  marked: z.boolean(),
  asOf: instant.nullable(),
})

const told = z.object({
  id,
  roomId: id,
  at: instant,
  operator: z.string(),
  how: z.enum(['phone', 'wechat', 'sms', 'visit', 'paper', 'other']),
  note: z.string(),
})

export const rooms = {
  'rooms.tree': read({
    access: 'operator',
    summary: 'Areas, buildings, floors and rooms as a tree; orphans stand under a node of their own (C-12).',
    input: nothing,
    output: z.object({ rows: z.array(roomNode), asOf: instant.nullable() }),
  }),
  'rooms.search': read({
    access: 'operator',
    summary:
      'Rooms by any part of the path, meter number or pinyin initials, all without a query; rooms before other levels.',
    input: z.strictObject({ ...paging, query: z.string().max(200).optional() }),
    output: page(roomRow).extend({ asOf: instant.nullable() }),
  }),
  'rooms.get': read({
    access: 'operator',
    summary: 'The room card from the local files; fetches it anew in the background when it is old.',
    input: z.strictObject({ roomId: id }),
    output: roomDetail,
  }),
  'rooms.refresh': read({
    access: 'operator',
    summary: 'Asks the campus platform for balances and meters of one room now and answers the room card.',
    input: z.strictObject({ roomId: id }),
    output: roomDetail,
  }),
  'rooms.mark': write({
    access: ['cashier', 'supervisor'],
    summary: 'Marks a room so that its records are kept up to date.',
    input: z.strictObject({ roomId: id, marked: z.boolean() }),
    output: done,
  }),
  'rooms.recharges': read({
    access: 'operator',
    summary: 'Recharges of a room as the campus platform lists them, newest first.',
    input: z.strictObject({ ...paging, roomId: id }),
    output: page(roomRecharge).extend({ asOf: instant.nullable() }),
  }),
  'rooms.costs': read({
    access: 'operator',
    summary: 'Consumption records of a room, newest first.',
    input: z.strictObject({ ...paging, roomId: id }),
    output: page(roomCost).extend({ asOf: instant.nullable() }),
  }),
  'rooms.lowBalance': read({
    access: 'operator',
    summary: 'Rooms whose balance is below a bound, as the platform returned them, with who was told.',
    input: z.strictObject({
      ...paging,
      belowFen: fen.optional(),
      query: z.string().max(200).optional(),
      sort: z.enum(['balance', 'path', 'toldAt']).optional(),
      order: z.enum(['ascending', 'descending']).optional(),
    }),
    output: page(roomRow.extend({ lastTold: told.nullable() })).extend({ asOf: instant.nullable() }),
  }),
  'rooms.tell': write({
    access: ['cashier', 'supervisor'],
    summary: 'Records that somebody was told of a low balance, and how.',
    input: z.strictObject({
      roomId: id,
      how: told.shape.how,
      note: z.string().max(400).optional(),
    }),
    output: told,
  }),
  'rooms.told': read({
    access: 'operator',
    summary: 'Who was told of a low balance, newest first.',
    input: z.strictObject({ ...paging, roomId: id.optional() }),
    output: page(told),
  }),
}
