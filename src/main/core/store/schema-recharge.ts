import type { Generated } from 'kysely'

/** Money tables of site.db: amounts in fen, times in epoch ms; JSON where a name says content, memory or report. */
export interface RechargeTables {
  recharge_intent: {
    id: string
    out_trade_no: string
    state: string
    room_id: string
    room_path: string
    amount_fen: number
    tender: string
    operator: string
    shift_id: string | null
    batch_id: string | null
    balance_before_fen: number | null
    balance_after_fen: number | null
    memory: string
    next_check_at: number | null
    created_at: number
    ended_at: number | null
  }
  recharge_event: {
    intent_id: string
    seq: number
    at: number
    state: string
    code: string
    data: string | null
    operator: string | null
  }
  refund: {
    id: string
    intent_id: string
    reason: string
    requested_by: string
    requested_at: number
    state: string
    decided_by: string | null
    decided_at: number | null
    decision_reason: string | null
    posted_note: string | null
    posted_by: string | null
    posted_at: number | null
    shift_id: string | null
  }
  recharge_batch: {
    id: string
    file_name: string
    digest: string
    state: string
    tender: string | null
    created_by: string
    created_at: number
  }
  recharge_batch_row: {
    batch_id: string
    row: number
    cells: string
    room: string
    room_id: string | null
    amount: string
    amount_fen: number | null
    note: string
    error: string | null
    intent_id: string | null
    /** who said that it is to be posted although another batch posted the same; epoch ms */
    repeat_by: string | null
    repeat_at: number | null
  }
  shift: {
    id: string
    number: number
    operator: string
    state: string
    opened_at: number
    closed_at: number | null
    cash_float_fen: number
    expected_fen: number | null
    counted_fen: number | null
    counted: string | null
    difference_fen: number | null
    difference_reason: string | null
    signed_by: string | null
    signed_at: number | null
    report: string | null
  }
  shift_movement: {
    id: string
    shift_id: string
    at: number
    operator: string
    amount_fen: number
    reason: string
  }
  receipt: {
    id: string
    number: string
    intent_id: string
    made_at: number
    content: string
    state: string
    copies: Generated<number>
    printed_at: number | null
    failure: string | null
  }
  number_series: {
    name: string
    last: number
  }
  reconciliation_day: {
    day: string
    state: string
    scope: string
    job_id: string | null
    ran_at: number | null
    rooms: Generated<number>
    rooms_done: Generated<number>
    signed_by: string | null
    signed_at: number | null
    note: string | null
    signed_records: string | null
  }
  reconciliation_room: {
    day: string
    room_id: string
    done_at: number
  }
  room_mark: {
    room_id: string
    operator: string
    at: number
  }
  room_told: {
    id: string
    room_id: string
    at: number
    operator: string
    how: string
    note: string
  }
}

/** Room tables of history.db: what the campus platform can send again. */
export interface RoomTables {
  room: {
    id: string
    parent_id: string | null
    name: string
    level: number
    active: Generated<number>
    seen_at: number
    touched_at: number | null
  }
  room_balance: {
    room_id: string
    balance_fen: number
    balance_raw: string
    at: number
    electricity_fen: number | null
    water_fen: number | null
    card_at: number | null
  }
  room_meter: {
    room_id: string
    table_no: string
    type_code: string
    reading: string | null
    at: number
  }
  room_recharge: {
    room_id: string
    out_trade_no: string
    at: number
    ordinal: Generated<number>
    amount_fen: number | null
    amount_raw: string
    trade_type: string
    name: string
  }
  room_cost: {
    room_id: string
    at: number
    digest: string
    ordinal: number
    name: string
    electricity_dosage: string
    electricity_fen: number | null
    water_dosage: string
    water_fen: number | null
    share_fen: number | null
    total_fen: number | null
    sum_ok: number
  }
  room_records: {
    room_id: string
    kind: string
    complete_to: number
    fetched_at: number
  }
}
