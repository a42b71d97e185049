import type { Source } from '#shared/contract/index.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { meterIdOf } from './rows.ts'

/** Where a meter stands in the store and what its vendor calls it. */
export interface Located {
  readonly key: number
  readonly source: Source
  readonly tableNo: string
  readonly deviceId: string
}

/** Finds a meter by its public id, `source:deviceId`; null when there is none. */
export function createLocate(db: HistoryDatabase): (meterId: string) => Located | null {
  const find = db.statement<Located>(
    `SELECT id AS key, source, table_no AS tableNo, device_id AS deviceId FROM meter
     WHERE source = ? AND device_id = ?`,
  )
  return (meterId) => {
    const colon = meterId.indexOf(':')
    return find.get(meterId.slice(0, Math.max(0, colon)), meterId.slice(colon + 1)) ?? null
  }
}

/** The public id of a number in a meter system: not of the campus platform, which only knows where it hangs. */
export function createIdOfNumber(db: HistoryDatabase): (tableNo: string) => string | null {
  const find = db.statement<{ source: string; device_id: string }>(
    `SELECT source, device_id FROM meter WHERE table_no = ? AND source <> 'campus'
     ORDER BY active DESC, id LIMIT 1`,
  )
  return (tableNo) => {
    const found = find.get(tableNo)
    return found ? meterIdOf(found.source, found.device_id) : null
  }
}

/** All meters of a number in the meter systems, those in use first. */
export function createOfNumber(db: HistoryDatabase): (tableNo: string) => (Located & { active: 0 | 1 })[] {
  const find = db.statement<Located & { active: 0 | 1 }>(
    `SELECT id AS key, source, table_no AS tableNo, device_id AS deviceId, active FROM meter
     WHERE table_no = ? AND source <> 'campus' ORDER BY active DESC, id`,
  )
  return (tableNo) => find.all(tableNo)
}
