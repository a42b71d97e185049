import { notFound } from '#shared/errors.ts'
import { SECOND } from '#shared/time.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { HistoryTables } from '../store/schema.ts'

/** A camera reading by what the vendor calls it: that outlives history.db. */
export interface ImageName {
  readonly source: string
  readonly tableNo: string
  /** epoch seconds */
  readonly at: number
}

/** `imr:190620833464@1735689600000`: number and instant (I-27), so it is the same after a new fetch of everything. */
export const imageIdOf = ({ source, tableNo, at }: ImageName) => `${source}:${tableNo}@${at * SECOND}`

export function parseImageId(id: string): ImageName {
  const m = /^([^:]+):(.+)@(\d{1,15})$/.exec(id)
  if (!m) throw notFound('image', id)
  return { source: m[1] ?? '', tableNo: m[2] ?? '', at: Math.floor(Number(m[3]) / SECOND) }
}

export interface Found extends ImageName {
  readonly id: string
  readonly meter: number
  readonly deviceId: string
  readonly row: HistoryTables['camera']
}

/** Finds a camera reading; NOT_FOUND where there is none. */
export function createFindImage(db: HistoryDatabase): (id: string) => Found {
  const find = db.statement<HistoryTables['camera'] & { device_id: string }>(
    `SELECT c.*, m.device_id FROM meter m JOIN camera c ON c.meter = m.id
     WHERE m.source = ? AND m.table_no = ? AND c.at = ? ORDER BY m.active DESC, m.id LIMIT 1`,
  )
  return (id) => {
    const name = parseImageId(id)
    const found = find.get(name.source, name.tableNo, name.at)
    if (!found) throw notFound('image', id)
    const { device_id: deviceId, ...row } = found
    return { ...name, id, meter: row.meter, deviceId, row }
  }
}
