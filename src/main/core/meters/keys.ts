import type { Source } from '#shared/contract/index.ts'
import type { HistoryDatabase } from '../store/store.ts'

/** A reading's own words for its meter. */
export interface MeterName {
  readonly deviceId: string
  readonly tableNo: string
}

/** Finds the integer key of a meter by what a vendor calls it; hot, so found keys are kept in memory. */
export interface MeterKeys {
  /** by deviceId, then by tableNo (I-14); a meter nobody knows is created as inactive and unknown */
  keyOf(source: Source, name: MeterName, at: number): number
  byDevice(source: Source, deviceId: string): number | undefined
  /** a meter that was never in a catalogue and is known by its number only: the catalogue may claim it */
  unclaimed(source: Source, tableNo: string): number | undefined
  /** the catalogue changed: what was joined by table number may now have a meter of its own */
  forgetJoins(): void
  /** first in every write: drops what was kept if an earlier transaction was undone */
  verify(): void
  /** last in every write; whether it created meters */
  settle(): boolean
}

export function createMeterKeys(db: HistoryDatabase): MeterKeys {
  const devices = new Map<string, Map<string, number>>()
  const joins = new Map<string, number>()
  let newest = 0
  const byDevice = lookUp(db, 'SELECT id FROM meter WHERE source = ? AND device_id = ?')
  const byTable = lookUp(
    db,
    'SELECT id FROM meter WHERE source = ? AND table_no = ? ORDER BY active DESC, seen_at DESC, id LIMIT 1',
  )
  const unclaimed = lookUp(
    db,
    'SELECT id FROM meter WHERE source = ? AND table_no = ? AND device_id = table_no AND seen_at = 0',
  )
  const newestId = db.statement<{ id: number | null }>('SELECT max(id) AS id FROM meter')
  const insertOrphan = db.statement(
    `INSERT INTO meter (source, device_id, table_no, active, first_seen_at, seen_at) VALUES (?, ?, ?, 0, ?, 0)`,
  )
  const known = (source: Source) => {
    let found = devices.get(source)
    if (!found) devices.set(source, (found = new Map<string, number>()))
    return found
  }
  const findDevice = (source: Source, deviceId: string) => {
    const cache = known(source)
    const kept = cache.get(deviceId)
    if (kept !== undefined) return kept
    const found = deviceId === '' ? undefined : byDevice(source, deviceId)
    if (found !== undefined) cache.set(deviceId, found)
    return found
  }
  const joinOrCreate = (source: Source, { deviceId, tableNo }: MeterName, at: number) => {
    const join = `${source}\n${deviceId}\n${tableNo}`
    const kept = joins.get(join)
    if (kept !== undefined) return kept
    const found =
      (tableNo === '' ? undefined : byTable(source, tableNo)) ??
      insertOrphan.run(source, deviceId || tableNo, tableNo, at).lastInsertRowid
    joins.set(join, found)
    return found
  }
  return {
    keyOf: (source, name, at) => findDevice(source, name.deviceId) ?? joinOrCreate(source, name, at),
    byDevice: findDevice,
    unclaimed,
    forgetJoins: () => joins.clear(),
    verify() {
      // Rows are only ever added here, so a highest key other than the remembered one means an undone write.
      const found = newestId.get()?.id ?? 0
      if (found === newest) return
      newest = found
      devices.clear()
      joins.clear()
    },
    settle() {
      const before = newest
      newest = newestId.get()?.id ?? 0
      return newest !== before
    },
  }
}

function lookUp(db: HistoryDatabase, sql: string) {
  const statement = db.statement<{ id: number }>(sql)
  return (source: Source, value: string) => statement.get(source, value)?.id
}
