/** Tables of history.db for the water system. */
export interface WaterTables {
  water_region: {
    id: string
    parent_id: string | null
    name: string
    ordinal: number
    active: number
  }
  water_record: {
    dataset: string
    key: string
    at: number | null
    device_code: string
    user_code: string
    name: string
    place: string
    word: string
    amount: number | null
    body: string
  }
  water_member: { kind: string; value: string; code: string; seen_at: number }
}

/** Tables of site.db for the water system. */
export interface WaterLinkTables {
  water_link: {
    id: string
    room_id: string
    device_code: string
    user_code: string
    how: string
    note: string
    operator: string
    at: number
  }
}
