import type { HistoryDatabase } from '../store/store.ts'
import type { Attributes } from './attributes.ts'
import type { MeterKeys } from './keys.ts'

/** A meter as the water system names it in its lists: there is no catalogue. */
export interface WaterMeter {
  readonly deviceCode: string
  readonly house: string
  readonly user: string
  /** the vendor's word for how it stands */
  readonly status: string
  /** when it stood so, epoch ms */
  readonly at: number | null
}

export interface WaterMeters {
  /** inside `history.write`; `now`: epoch ms of the run. What is older than what is known changes nothing. */
  put(meters: readonly WaterMeter[], now: number): void
}

const UPSERT = `
  INSERT INTO meter
    (source, device_id, table_no, kind, house, user_name, online_raw, online_at, active, first_seen_at, seen_at)
  VALUES ('water', ?, ?, 'water', ?, ?, ?, ?, 1, ?, ?)
  ON CONFLICT (source, device_id) DO UPDATE SET kind = 'water', active = 1, house = excluded.house,
    user_name = excluded.user_name, online_raw = excluded.online_raw, online_at = excluded.online_at,
    seen_at = excluded.seen_at
  WHERE kind <> 'water' OR active = 0 OR coalesce(excluded.online_at, 0) > coalesce(online_at, 0)`

/** Each `device_code` is one meter, its number and its device at once (interfaces §3). */
export function createWaterMeters(
  db: HistoryDatabase,
  { keys, attributes }: { readonly keys: MeterKeys; readonly attributes: Attributes },
  onChange: () => void,
): WaterMeters {
  const upsert = db.statement(UPSERT)
  return {
    put(meters, now) {
      keys.verify()
      let changes = 0
      for (const { deviceCode, house, user, status, at } of meters) {
        const values = [deviceCode, deviceCode, house, user, status, at, now, now]
        changes += attributes.around('water', deviceCode, deviceCode, () => upsert.run(...values).changes)
      }
      keys.settle()
      if (changes > 0) onChange()
    },
  }
}
