import type { MeterRow } from '#shared/contract/meters.ts'
import { formatDecimal } from '#shared/decimal.ts'
import { SECOND } from '#shared/time.ts'
import type { HistoryTables } from '../store/schema.ts'
import { digitsOf } from './reading-flags.ts'

/** A meter's row with its latest reading, as it is stored. */
export type StoredMeter = Omit<HistoryTables['meter'], 'id' | 'first_seen_at' | 'seen_at'> & {
  readonly id: number
  readonly at: number | null
  readonly value: number | null
  readonly flags: number | null
}

export const meterIdOf = (source: string, deviceId: string) => `${source}:${deviceId}`

export const meterRowOf = (m: StoredMeter): MeterRow => ({
  id: meterIdOf(m.source, m.device_id),
  source: m.source as MeterRow['source'],
  tableNo: m.table_no,
  deviceId: m.device_id,
  name: m.name,
  kind: m.kind as MeterRow['kind'],
  typeCode: m.type_code,
  place: m.place,
  house: m.house,
  user: m.user_name,
  userCode: m.user_code,
  project: m.project,
  lastReading: m.value === null ? null : formatDecimal(m.value, digitsOf(m.flags ?? 0)),
  lastReadAt: m.at === null ? null : m.at * SECOND,
  online: m.online as MeterRow['online'],
  onlineRaw: m.online_raw,
  onlineAt: m.online_at,
  gate: m.gate as MeterRow['gate'],
  gateRaw: m.gate_raw,
  active: m.active === 1,
})
