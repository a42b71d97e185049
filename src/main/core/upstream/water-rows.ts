import { parseDecimal } from '#shared/decimal.ts'
import { parseDateTime, SECOND, type ZoneOffset } from '#shared/time.ts'
import { integerOf, isObject, rowsOf } from './decode.ts'
import { code, text, Unusable, type RawRow, type RowDecoder } from './rows.ts'
import type {
  WaterCost,
  WaterFlow,
  WaterOperation,
  WaterPayment,
  WaterReading,
  WaterRegion,
  WaterSchedule,
} from './types-water.ts'

/** W-11: what OCR or the server made of a key, `created at`, is read as `created_at`. */
const plainKey = (key: string) => key.trim().toLowerCase().replaceAll(/\s+/g, '_')

const plainKeys = (row: RawRow): RawRow =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [plainKey(key), value]))

/** Reads the fields of one row; what may be odd is null beside its text. */
class Fields {
  readonly #row: RawRow
  readonly #zone: ZoneOffset
  readonly #raw: Record<string, string> = {}

  constructor(row: RawRow, zone: ZoneOffset) {
    this.#row = plainKeys(row)
    this.#zone = zone
  }

  /** of two names of one thing the first that says something (W-15, W-17) */
  text(name: string, other = ''): string {
    return text(this.#row[name]) || text(this.#row[other])
  }

  code(name: string): string {
    return code(this.#row[name], name)
  }

  /** a code without which nobody knows what the row is about */
  mustCode(name: string): string {
    const found = this.code(name)
    if (found === '') throw new Unusable(`no ${name}`)
    return found
  }

  /** an amount or a flow, as sent (W-19); refused where it is no decimal (§6.1, F-23) */
  decimal(name: string, other = ''): string | null {
    const found = this.text(name, other)
    if (found === '') return null
    if (!parseDecimal(found)) throw new Unusable(`${name} is no decimal: ${found.slice(0, 40)}`)
    return found.replace(/^\+/, '')
  }

  /** a number nobody computes with: null beside its text where it is none (W-20) */
  number(name: string): string | null {
    const found = this.text(name)
    return parseDecimal(found) ? found.replace(/^\+/, '') : this.#odd(name, found)
  }

  count(name: string): number | null {
    return integerOf(this.#row[name]) ?? this.#odd(name, this.text(name))
  }

  /** W-05: 13 digits are ms, 10 are s, else a time of the zone */
  time(name: string): number | null {
    const found = this.text(name)
    if (/^\d{13}$/.test(found)) return Number(found)
    if (/^\d{10}$/.test(found)) return Number(found) * SECOND
    return parseDateTime(found, this.#zone) ?? this.#odd(name, found)
  }

  /** W-21 */
  numbers(name: string): string[] | null {
    const value = this.#row[name]
    const parts = Array.isArray(value) ? value.map(text) : text(value).split(/[,，]/)
    const found = parts.map((part) => part.trim()).filter((part) => part !== '')
    if (found.length === 0) return null
    if (found.every((part) => parseDecimal(part))) return found
    return this.#odd(name, found.join(','))
  }

  /** the odd ones, for the end of the row */
  get raw(): { raw?: Readonly<Record<string, string>> } {
    return Object.keys(this.#raw).length === 0 ? {} : { raw: this.#raw }
  }

  #odd(name: string, found: string): null {
    if (found !== '') this.#raw[name] = found
    return null
  }
}

const rowOf =
  <R>(
    zone: ZoneOffset,
    read: (fields: Fields) => R,
  ): RowDecoder<R & { raw?: Readonly<Record<string, string>> }> =>
  (row) => {
    const fields = new Fields(row, zone)
    return { ...read(fields), ...fields.raw }
  }

export const flowRow = (zone: ZoneOffset): RowDecoder<WaterFlow> =>
  rowOf(zone, (f) => ({
    username: f.text('username', 'user_name'),
    house_number: f.text('house_number'),
    device_code: f.mustCode('device_code'),
    balance: f.decimal('balance'),
    status: f.text('status'),
    settle_flow: f.decimal('settle_flow'),
    total_flow: f.decimal('total_flow'),
    last_month_flow: f.decimal('last_month_flow'),
    created_at: f.time('created_at'),
    flow_chart_url: f.text('flow_chart_url'),
  }))

export const costRow = (zone: ZoneOffset): RowDecoder<WaterCost> =>
  rowOf(zone, (f) => ({
    username: f.text('username', 'user_name'),
    user_code: f.mustCode('user_code'),
    phone_number: f.text('phone_number'),
    account_balance: f.decimal('account_balance'),
    consumed_amount: f.decimal('consumed_amount'),
    arrears_balance: f.decimal('arrears_balance'),
    last_billing_date: f.time('last_billing_date'),
  }))

export const operationRow = (zone: ZoneOffset): RowDecoder<WaterOperation> =>
  rowOf(zone, (f) => ({
    log_type: f.text('log_type'),
    device_code: f.code('device_code'),
    operator: f.text('operator'),
    operation_time: f.time('operation_time'),
    ip_address: f.text('ip_address'),
  }))

export const scheduleRow = (zone: ZoneOffset): RowDecoder<WaterSchedule> =>
  rowOf(zone, (f) => ({
    user_code: f.code('user_code'),
    user_name: f.text('user_name', 'username'),
    water_meter_number: f.code('water_meter_number'),
    operation_type: f.text('operation_type'),
    execution_status: f.text('execution_status'),
    execution_count: f.count('execution_count'),
    created_at: f.time('created_at'),
    execution_time: f.time('execution_time'),
  }))

export const readingRow = (zone: ZoneOffset): RowDecoder<WaterReading> =>
  rowOf(zone, (f) => ({
    username: f.text('username', 'user_name'),
    house_number: f.text('house_number'),
    device_code: f.mustCode('device_code'),
    settle_flow: f.decimal('settle_flow'),
    total_flow: f.decimal('total_flow'),
    last_month_flow: f.decimal('last_month_flow'),
    balance: f.decimal('balance'),
    battery_voltage: f.number('battery_voltage'),
    status: f.text('status'),
    collected_at: f.time('collected_at'),
    latest_31_day_usage: f.numbers('latest_31_day_usage'),
  }))

export const paymentRow = (zone: ZoneOffset): RowDecoder<WaterPayment> =>
  rowOf(zone, (f) => ({
    user_name: f.text('user_name', 'username'),
    device_code: f.code('device_code'),
    user_code: f.code('user_code'),
    address: f.text('address'),
    user_type: f.text('user_type'),
    price_mode: f.text('price_mode'),
    payment_method: f.text('payment_method'),
    account_balance: f.decimal('account_balance'),
    amcount_recharged: f.decimal('amcount_recharged', 'amount_recharged'),
    surplus_balance: f.decimal('surplus_balance'),
    recharge_status: f.text('recharge_status'),
    collected_at: f.time('collected_at'),
  }))

/** A node of the flattened tree: its own row and the id it hangs under. */
interface Hung {
  readonly region: unknown
  readonly parent: string | null
}

/** Levels of a tree: more is none of a place on earth. */
const DEEPEST = 32

/** Parents before their children (W-10); a child of an unreadable region is read all the same. */
export function hungRegions(data: unknown, parent: string | null = null, depth = 0): Hung[] {
  const level = depth > DEEPEST ? [] : (rowsOf(data) ?? [])
  return level.flatMap((region) => {
    if (!isObject(region)) return [{ region, parent }]
    const row = plainKeys(region)
    const own = text(row['id']) || parent
    return [{ region, parent }, ...hungRegions(row['children'], own, depth + 1)]
  })
}

/** For `decodeRows`, which takes objects: what is none is refused there. */
export const regionRow: RowDecoder<WaterRegion> = (hung) => {
  const { region, parent } = hung as unknown as Hung
  if (!isObject(region)) throw new Unusable('not an object')
  const row = plainKeys(region)
  const id = code(row['id'], 'id')
  if (id === '') throw new Unusable('no id')
  return { id, parentId: parent, name: text(row['name']) || id }
}
