import type { Source } from '#shared/contract/index.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { gateOf, imrMeterKind, onlineOf } from '../upstream/index.ts'
import type { ImrMeter } from '../upstream/types.ts'
import type { Attributes } from './attributes.ts'
import type { MeterKeys } from './keys.ts'

export interface Catalogue {
  /** inside `history.write` */
  upsert(rows: readonly ImrMeter[], at: number): void
  /** inside `history.write`, and only after a complete catalogue: what it did not list is inactive (C-50) */
  retireUnseen(source: Source, seenSince: number): number
}

const UPSERT = `
  INSERT INTO meter (source, device_id, table_no, name, project, type_code, kind, place, house, user_code, user_name,
    online, online_raw, online_at, gate, gate_raw, active, first_seen_at, seen_at)
  VALUES ('imr', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
  ON CONFLICT (source, device_id) DO UPDATE SET
    table_no = excluded.table_no, name = excluded.name, project = excluded.project,
    type_code = excluded.type_code, kind = excluded.kind, place = excluded.place, house = excluded.house,
    user_code = excluded.user_code, user_name = excluded.user_name, online = excluded.online,
    online_raw = excluded.online_raw, online_at = excluded.online_at, gate = excluded.gate,
    gate_raw = excluded.gate_raw, active = 1, seen_at = excluded.seen_at`

export function createCatalogue(
  db: HistoryDatabase,
  parts: { readonly keys: MeterKeys; readonly attributes: Attributes },
  onChange: () => void,
): Catalogue {
  const { keys, attributes } = parts
  const upsert = db.statement(UPSERT)
  const claim = db.statement('UPDATE meter SET device_id = ? WHERE id = ?')
  const retire = db.statement('UPDATE meter SET active = 0 WHERE source = ? AND active = 1 AND seen_at < ?')
  const claimOrphan = (row: ImrMeter) => {
    if (keys.byDevice('imr', row.deviceId) !== undefined) return
    const orphan = keys.unclaimed('imr', row.tableNo)
    if (orphan !== undefined) claim.run(row.deviceId, orphan)
  }
  return {
    upsert(rows, at) {
      keys.verify()
      for (const row of rows) {
        claimOrphan(row)
        attributes.around('imr', row.deviceId, row.tableNo, () => upsert.run(...valuesOf(row), at, at))
      }
      keys.forgetJoins()
      keys.settle()
      onChange()
    },
    retireUnseen(source, seenSince) {
      onChange()
      return retire.run(source, seenSince).changes
    },
  }
}

const valuesOf = (row: ImrMeter) => [
  row.deviceId,
  row.tableNo,
  row.name,
  row.project,
  row.typeCode,
  imrMeterKind(row.typeCode),
  row.place,
  row.house,
  row.userCode,
  row.userName,
  onlineOf(row.onlineRaw),
  row.onlineRaw,
  row.onlineAt,
  gateOf(row.gateRaw),
  row.gateRaw,
]
