import type { Generated } from 'kysely'

/** Tables of site.db for meter commands; times in epoch ms. */
export interface MeterCommandTables {
  meter_command: {
    ordinal: Generated<number>
    id: string
    batch_id: string | null
    meter_id: string
    device_id: string
    table_no: string
    place: string
    house: string
    user_name: string
    action: string
    state: string
    requested_by: string
    confirmed_by: string | null
    door: string
    requested_at: number
    sent_at: number | null
    accepted_at: number | null
    ended_at: number | null
    gate_before: string | null
    gate_now: string | null
    read_at_before: number | null
    read_at_now: number | null
    error_code: string | null
    error_message: string | null
  }
  protected_meter: { meter_id: string; reason: string; by: string; at: number }
}
