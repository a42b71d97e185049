import { parseDecimal } from '#shared/decimal.ts'
import type { WaterTables } from '../store/schema-water.ts'
import type {
  WaterCost,
  WaterFlow,
  WaterOperation,
  WaterPayment,
  WaterReading,
  WaterSchedule,
} from '../upstream/index.ts'

/** The six lists of records; regions are a tree of their own. */
export interface WaterRows {
  readonly flows: WaterFlow
  readonly costs: WaterCost
  readonly operations: WaterOperation
  readonly schedules: WaterSchedule
  readonly readings: WaterReading
  readonly payments: WaterPayment
}
export type WaterList = keyof WaterRows

type Found = Omit<WaterTables['water_record'], 'dataset' | 'key' | 'body'>

/** How rows of one list are told apart and found. */
export interface Shape<R> {
  /** fields that make two rows the same one (W-22) */
  readonly key: readonly (keyof R & string)[]
  found(row: R): Partial<Found>
}

const scaled = (text: string | null) => parseDecimal(text)?.scaled ?? null

export const SHAPES: { readonly [L in WaterList]: Shape<WaterRows[L]> } = {
  flows: {
    key: ['device_code', 'created_at'],
    found: (row) => ({
      at: row.created_at,
      device_code: row.device_code,
      name: row.username,
      place: row.house_number,
      word: row.status,
    }),
  },
  costs: {
    key: ['user_code'],
    found: (row) => ({
      at: row.last_billing_date,
      user_code: row.user_code,
      name: row.username,
      amount: scaled(row.arrears_balance),
    }),
  },
  operations: {
    key: ['operation_time', 'device_code', 'operator', 'log_type', 'ip_address'],
    found: (row) => ({
      at: row.operation_time,
      device_code: row.device_code,
      name: row.operator,
      place: row.ip_address,
      word: row.log_type,
    }),
  },
  schedules: {
    key: ['user_code', 'water_meter_number', 'operation_type', 'created_at'],
    found: (row) => ({
      at: row.created_at,
      device_code: row.water_meter_number,
      user_code: row.user_code,
      name: row.user_name,
      place: row.operation_type,
      word: row.execution_status,
    }),
  },
  readings: {
    key: ['device_code', 'collected_at'],
    found: (row) => ({
      at: row.collected_at,
      device_code: row.device_code,
      name: row.username,
      place: row.house_number,
      word: row.status,
    }),
  },
  payments: {
    key: ['device_code', 'user_code', 'collected_at', 'amcount_recharged'],
    found: (row) => ({
      at: row.collected_at,
      device_code: row.device_code,
      user_code: row.user_code,
      name: row.user_name,
      place: row.address,
      word: row.recharge_status,
      amount: scaled(row.amcount_recharged),
    }),
  },
}

/** A time that could not be read tells rows apart by its text. */
export function keyOf<L extends WaterList>(list: L, row: WaterRows[L]): string {
  const shape: Shape<WaterRows[L]> = SHAPES[list]
  return JSON.stringify(shape.key.map((name) => row[name] ?? row.raw?.[name] ?? null))
}
