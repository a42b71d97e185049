/** Tables of site.db about meters: decisions in epoch seconds and 1/10 000, stamps in epoch ms. */
export interface DecidedTables {
  meter_decision: {
    id: string
    entered: number
    changed: number
    source: string
    device_id: string
    at: number
    kind: string
    origin: string
    value: number | null
    digits: number
    estimated: number
    from_at: number | null
    register_digits: number | null
    old_last: number | null
    new_first: number | null
    original: string | null
    reason: string
    by: string | null
    created_at: number
    batch: string | null
    withdrawn_at: number | null
    withdrawn_by: string | null
    withdrawn_reason: string | null
  }
  meter_attribute: {
    source: string
    device_id: string
    name: string | null
    place: string | null
    house: string | null
    user_name: string | null
    digits: number | null
    by: string | null
    changed_at: number
  }
  meter_attribute_change: {
    import: string
    source: string
    device_id: string
    before: string
    after: string
    undone: number
  }
  meter_import: {
    id: string
    file_name: string
    rows: number
    by: string | null
    at: number
    withdrawn_at: number | null
    withdrawn_by: string | null
    kind: string
    changed: number
    withdrawn_reason: string | null
  }
}

/** Tables of history.db that follow from readings and decisions. */
export interface UsageEventTables {
  reading_fix: {
    meter: number
    at: number
    value: number | null
    flags: number
    estimated: number
    decision: string
    origin: string
  }
  usage_event: {
    meter: number
    at: number
    kind: string
    from_at: number
    to_at: number
    from_value: number
    before_value: number
    value: number
    to_value: number
    digits: number | null
    step: number | null
    decision: string | null
  }
  meter_vendor: { meter: number; name: string; place: string; house: string; user_name: string }
}
