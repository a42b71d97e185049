import { parseDecimal } from '#shared/decimal.ts'
import { parseYuan } from '#shared/money.ts'
import type { ZoneOffset } from '#shared/time.ts'
import { integerOf, isObject, rowsOf } from './decode.ts'
import { code, decodeRows, moment, text, Unusable, type RawRow, type RowDecoder } from './rows.ts'
import type {
  CampusAddress,
  CampusAmount,
  CampusCost,
  CampusLowRoom,
  CampusMeter,
  CampusRecharge,
  CampusRoom,
} from './types-campus.ts'

/** C-15, C-38, C-40: a number or a string; what is no amount stays as its text. */
export function amountOf(value: unknown): CampusAmount {
  const raw = text(value)
  const money = parseYuan(raw)
  return { fen: money?.fen ?? null, raw, exact: money?.exact ?? true }
}

/** As `amountOf`, where a row means nothing without it. */
function amountNeeded(value: unknown, name: string): CampusAmount {
  const amount = amountOf(value)
  if (amount.fen === null) throw new Unusable(`${name} is no amount: ${amount.raw.slice(0, 40)}`)
  return amount
}

/** C-09: 0, "0", "", null and absent are roots. */
function parentOf(value: unknown): string | null {
  const parent = code(value, 'supaddrId')
  return parent === '' || parent === '0' ? null : parent
}

export function addressOf(row: RawRow): CampusAddress {
  const id = code(row['addrId'], 'addrId')
  if (id === '') throw new Unusable('no addrId')
  // C-10: the name is probably a typo of the second
  const level = integerOf(row['addLevel'] ?? row['addrLevel'])
  if (level === null) throw new Unusable('no level')
  return { id, parentId: parentOf(row['supaddrId']), name: text(row['addrName']), level }
}

/** A tree deeper than this is one that holds itself. */
const DEEPEST = 64

/** CE-3: the nodes of a tree as one list, parents first; no children are absent, null, [] or "" (C-14). */
export function flattened(raw: readonly unknown[], depth = 0): unknown[] {
  if (depth > DEEPEST) return []
  return raw.flatMap((node) => {
    if (!isObject(node)) return [node]
    const { children, ...own } = node
    return [own, ...flattened(rowsOf(children) ?? [], depth + 1)]
  })
}

/** CE-4; a meter that cannot be read is left out and does not hide the balance. */
export function roomOf(found: unknown): CampusRoom {
  if (!isObject(found)) throw new Unusable('no userInfoObj')
  return {
    balance: amountNeeded(found['balance'], 'balance'),
    electricityBalance: amountOf(found['elec_balance']),
    waterBalance: amountOf(found['water_balance']),
    // C-19
    meters: decodeRows(rowsOf(found['device']) ?? [], meterOf).rows,
  }
}

function meterOf(row: RawRow): CampusMeter {
  const tableNo = code(row['tableNo'], 'tableNo')
  if (tableNo === '') throw new Unusable('no tableNo')
  const reading = text(row['reading'])
  return { tableNo, typeCode: text(row['tableType']), reading: parseDecimal(reading) ? reading : null }
}

/** C-37 */
const TRADE_TYPES: Readonly<Record<string, 1 | 2>> = { 微信充值: 1, 一卡通充值: 2 }

function timeNeeded(value: unknown, name: string, zone: ZoneOffset): number {
  const at = moment(value, name, zone)
  if (at === null) throw new Unusable(`no ${name}`)
  return at
}

export const rechargeRow =
  (zone: ZoneOffset): RowDecoder<CampusRecharge> =>
  (row) => {
    const tradeType = text(row['trade_type'])
    return {
      outTradeNo: code(row['out_trade_no'], 'out_trade_no'),
      name: text(row['name']),
      amount: amountOf(row['total_fee']),
      type: TRADE_TYPES[tradeType] ?? null,
      tradeType,
      at: timeNeeded(row['create_time'], 'create_time', zone),
    }
  }

export const costRow =
  (zone: ZoneOffset): RowDecoder<CampusCost> =>
  (row) => {
    const electricity = amountOf(row['elec_amount'])
    const water = amountOf(row['water_amount'])
    const share = amountOf(row['share_amount'])
    const total = amountOf(row['total_amount'])
    return {
      name: text(row['name']),
      at: timeNeeded(row['cost_time'], 'cost_time', zone),
      electricityDosage: text(row['elec_dosage']),
      electricity,
      waterDosage: text(row['water_dosage']),
      water,
      share,
      total,
      sumOk: sumsUp([electricity, water, share], total),
    }
  }

/** C-41: nothing to complain of where a part or the total is missing. */
function sumsUp(parts: readonly CampusAmount[], total: CampusAmount): boolean {
  if (total.fen === null || parts.some(({ fen }) => fen === null)) return true
  return parts.reduce((sum, { fen }) => sum + (fen ?? 0), 0) === total.fen
}

export function lowRoomOf(row: RawRow): CampusLowRoom {
  const roomId = code(row['roomId'], 'roomId')
  if (roomId === '') throw new Unusable('no roomId')
  return { roomId, name: text(row['name']), balance: amountNeeded(row['balance'], 'balance') }
}

/** CE-6: true, false, or null where the answer is neither (C-28). */
export function existsOf(result: unknown): boolean | null {
  if (typeof result === 'boolean') return result
  const number = integerOf(result)
  return number === 1 ? true : number === 0 ? false : null
}
