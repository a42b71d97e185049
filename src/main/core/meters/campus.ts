import { parseDecimal } from '#shared/decimal.ts'
import { SECOND } from '#shared/time.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { meterKindOf } from '../upstream/index.ts'
import type { Attributes } from './attributes.ts'
import type { MeterKeys } from './keys.ts'
import { flagsOf } from './reading-flags.ts'

/** A meter as the campus platform tells of it: only on the cards of the rooms it hangs in (CE-4, C-49). */
export interface RoomMeter {
  readonly tableNo: string
  readonly typeCode: string
  /** of the room */
  readonly name: string
  /** paths of the rooms */
  readonly place: string
  /** false: it hangs in no room that is in use */
  readonly active: boolean
  readonly reading: string | null
  /** when the platform was asked: it does not say when the meter was read */
  readonly at: number
}

interface Known {
  readonly id: number
  readonly name: string
  readonly place: string
  readonly type_code: string
  readonly active: number
}

export interface CampusMeters {
  /** inside `history.write` */
  put(meters: readonly RoomMeter[]): void
  /** inside `history.write`: these hang nowhere any more; kept with what was known */
  gone(tableNos: readonly string[]): void
  /** whether the list tells of it already as it is */
  holds(meter: RoomMeter): boolean
}

const UPSERT = `
  INSERT INTO meter (source, device_id, table_no, name, type_code, kind, place, active, first_seen_at, seen_at)
  VALUES ('campus', ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (source, device_id) DO UPDATE SET name = excluded.name, type_code = excluded.type_code,
    kind = excluded.kind, place = excluded.place, active = excluded.active, seen_at = excluded.seen_at`
const GONE = "UPDATE meter SET active = 0 WHERE source = 'campus' AND device_id = ?"
/** as the platform said it, whatever people entered */
const KNOWN = `SELECT m.id, coalesce(v.name, m.name) AS name, coalesce(v.place, m.place) AS place, type_code, active
  FROM meter m LEFT JOIN meter_vendor v ON v.meter = m.id WHERE source = 'campus' AND device_id = ?`
/** The last value only: when it was read is not known, so it makes no series and no usage. */
const LATEST = `INSERT INTO latest (meter, at, value, flags) VALUES (?, ?, ?, ?) ON CONFLICT (meter)
  DO UPDATE SET at = excluded.at, value = excluded.value, flags = excluded.flags WHERE excluded.at >= latest.at`

/** Keeps campus meters among the others, under their own source: one number in two systems is two rows. */
export function createCampusMeters(
  db: HistoryDatabase,
  { keys, attributes }: { readonly keys: MeterKeys; readonly attributes: Attributes },
  on: { catalogue(): void; latest(): void },
): CampusMeters {
  const known = db.statement<Known>(KNOWN)
  const upsert = db.statement(UPSERT)
  const setLatest = db.statement(LATEST)
  const putOne = (meter: RoomMeter): boolean => {
    const { tableNo, typeCode, name, place, active, reading, at } = meter
    const before = known.get(tableNo)
    const kind = meterKindOf('campus', typeCode)
    const values = [tableNo, tableNo, name, typeCode, kind, place, active ? 1 : 0, at, at]
    attributes.around('campus', tableNo, tableNo, () => upsert.run(...values))
    const value = reading === null ? null : parseDecimal(reading)
    const id = before?.id ?? known.get(tableNo)?.id
    if (value && id !== undefined) setLatest.run(id, Math.floor(at / SECOND), value.scaled, flagsOf(value))
    return !before || differs(before, meter)
  }
  return {
    put(meters) {
      keys.verify()
      const changed = meters.filter(putOne).length > 0
      keys.settle()
      if (changed) on.catalogue()
      else on.latest()
    },
    gone(tableNos) {
      const gone = db.statement(GONE)
      for (const tableNo of tableNos) gone.run(tableNo)
      if (tableNos.length > 0) on.catalogue()
    },
    holds(meter) {
      const before = known.get(meter.tableNo)
      return before !== undefined && !differs(before, meter)
    },
  }
}

const differs = (before: Known, { name, place, typeCode, active }: RoomMeter) =>
  before.name !== name ||
  before.place !== place ||
  before.type_code !== typeCode ||
  before.active !== (active ? 1 : 0)
