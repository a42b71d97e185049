import type { CampusEndpoint } from '#shared/contract/demo.ts'
import { formatYuan, parseYuan, toYuanNumber, type Fen } from '#shared/money.ts'
import { formatDateTime, parseDateTime } from '#shared/time.ts'
import { REFUSALS, type Fields, type Refusal } from '../gatekeeper.ts'
import { formatRegister } from '../imr/register.ts'
import { nest, oddList } from './addresses.ts'
import type { CampusFaultKind } from './faults.ts'
import type { DemoRoom } from './rooms.ts'
import type { CampusSite } from './site.ts'

export interface Envelope {
  readonly code: number
  readonly msg: string
  readonly [payload: string]: unknown
}
export interface EndpointParts {
  readonly site: CampusSite
  /** whether a fault strikes the endpoint that is served; counts it */
  readonly strikes: (kind: CampusFaultKind) => boolean
  /** milliseconds after which a recharge struck by `lateApply` is applied */
  readonly lateMs: number
}
type Endpoint = (parts: EndpointParts, fields: Fields) => Envelope

/** No payload key comes with a refusal (C-45). */
export const refusal = ([code, msg]: Refusal): Envelope => ({ code, msg })
const ok = (payload: Readonly<Record<string, unknown>>): Envelope => ({ code: 200, ...payload, msg: '成功' })
const { failed, missing, duplicate } = REFUSALS

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0

const addrQuery: Endpoint = ({ site, strikes }) =>
  ok({ addrObj: strikes('oddTree') ? oddList(site.addresses) : site.addresses })

const buildTree: Endpoint = ({ site, strikes }) =>
  ok({ buildingObj: nest(strikes('oddTree') ? oddList(site.addresses) : site.addresses) })

/** The room that is asked for, or why there is none. */
function roomOf(site: CampusSite, { roomId }: Fields): DemoRoom | Refusal {
  return isText(roomId) ? (site.room(roomId) ?? failed) : missing
}
const isRefusal = (found: DemoRoom | Refusal): found is Refusal => Array.isArray(found)

const TABLE_TYPE = { water: '20', electricity: '25' } as const

const userInfo: Endpoint = ({ site }, fields) => {
  const room = roomOf(site, fields)
  if (isRefusal(room)) return refusal(room)
  const { electricityFen, waterFen } = site.subsidy(room)
  const userInfoObj = {
    balance: toYuanNumber(site.balance(room)),
    elec_balance: toYuanNumber(electricityFen),
    water_balance: toYuanNumber(waterFen),
    device: room.meters.map((meter) => ({
      tableNo: meter.tableNo,
      reading: site.reading(meter),
      tableType: TABLE_TYPE[meter.counter.kind],
    })),
  }
  return ok({ userInfoObj })
}

const MAX_NUMBER = 64

/** CE-5: the recharge, for all its name. */
const userBalanceQuery: Endpoint = (parts, fields) => {
  const { site, strikes } = parts
  const { out_trade_no: outTradeNo, total_fee: fee, type } = fields
  const money = typeof fee === 'number' ? parseYuan(fee) : null
  if (!isText(outTradeNo) || !isCount(type) || money === null) return refusal(missing)
  const room = roomOf(site, fields)
  if (isRefusal(room)) return refusal(room)
  if (!money.exact || money.fen <= 0 || type > 2 || outTradeNo.length > MAX_NUMBER) return refusal(failed)
  if (site.ledger.knows(outTradeNo) || strikes('duplicate')) return refusal(duplicate)
  if (!strikes('neverApplied')) apply(parts, { outTradeNo, roomId: room.id, amountFen: money.fen, type })
  return { code: 200, msg: '充值成功' }
}

/** What `amountMismatch` adds to the amount that is listed, fen. */
const MISMATCH_FEN = 100

function apply(
  { site, strikes, lateMs }: EndpointParts,
  recharge: { outTradeNo: string; roomId: string; amountFen: Fen; type: number },
): void {
  const at = site.now() + (strikes('lateApply') ? lateMs : 0)
  const listedFen = recharge.amountFen + (strikes('amountMismatch') ? MISMATCH_FEN : 0)
  site.ledger.add({ ...recharge, at, listedFen })
}

const hasRefundOrder: Endpoint = ({ site, strikes }, { out_trade_no: outTradeNo }) => {
  if (!isText(outTradeNo)) return refusal(missing)
  const known = site.ledger.isApplied(outTradeNo) && !strikes('orderHidden')
  return ok({ result: known ? 1 : 0 })
}

const MAX_PAGE = 1000
const TRADE_TYPE: Readonly<Record<number, string>> = { 1: '微信充值', 2: '一卡通充值' }

/** The two lists of a room with beginTime and endTime, both included. */
function windowed<R>(
  key: 'buyObj' | 'costObj',
  list: (site: CampusSite, room: DemoRoom, range: { from: number; to: number }) => readonly R[],
  write: (row: R, name: string, time: (at: number) => string) => Readonly<Record<string, unknown>>,
): Endpoint {
  return ({ site }, fields) => {
    const { beginTime, endTime, pageNo, pageSize } = fields
    const from = isText(beginTime) ? parseDateTime(beginTime, site.zone) : null
    const to = isText(endTime) ? parseDateTime(endTime, site.zone) : null
    if (from === null || to === null || !isCount(pageNo) || !isCount(pageSize)) return refusal(missing)
    const room = roomOf(site, fields)
    if (isRefusal(room)) return refusal(room)
    const rows = list(site, room, { from, to })
    const size = Math.min(pageSize, MAX_PAGE)
    const page = rows.slice((pageNo - 1) * size, pageNo * size)
    const time = (at: number) => formatDateTime(at, site.zone)
    return ok({ [key]: page.map((row) => write(row, room.name, time)), totalCount: rows.length })
  }
}

const roomBuyRecord = windowed(
  'buyObj',
  (site, room, range) => site.bought(room, range),
  (row, name, time) => ({
    out_trade_no: row.outTradeNo,
    name,
    total_fee: formatYuan(row.fen),
    trade_type: TRADE_TYPE[row.type],
    create_time: time(row.at),
  }),
)

const roomCostRecord = windowed(
  'costObj',
  (site, room, range) => site.costs(room, range),
  (row, name, time) => ({
    cost_time: time(row.at),
    name,
    elec_dosage: formatRegister(row.electricity),
    elec_amount: toYuanNumber(row.electricityFen),
    water_dosage: formatRegister(row.water),
    water_amount: toYuanNumber(row.waterFen),
    share_amount: toYuanNumber(row.shareFen),
    total_amount: toYuanNumber(row.electricityFen + row.waterFen + row.shareFen),
  }),
)

/** CE-8: strictly below the bound, which may be text or a number and is 0 if absent (C-43). */
const noMoreMoneyRoom: Endpoint = ({ site }, { money = 0 }) => {
  const bound = parseYuan(money)
  if (bound === null) return refusal(missing)
  const roomListObj = site.rooms
    .map((room) => ({ roomId: room.id, name: room.name, fen: site.balance(room) }))
    .filter(({ fen }) => fen < bound.fen)
    .map(({ roomId, name, fen }) => ({ roomId, name, balance: toYuanNumber(fen) }))
  return ok({ roomListObj })
}

export const endpoints: Readonly<Record<Exclude<CampusEndpoint, 'login'>, Endpoint>> = {
  addrQuery,
  buildTree,
  userInfo,
  userBalanceQuery,
  hasRefundOrder,
  roomBuyRecord,
  noMoreMoneyRoom,
  roomCostRecord,
}
