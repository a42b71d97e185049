import type { Source } from '#shared/contract/index.ts'
import { parseDecimal } from '#shared/decimal.ts'
import { SECOND } from '#shared/time.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { ImrCameraReading, ImrReading } from '../upstream/types.ts'
import type { MeterKeys } from './keys.ts'

export interface CameraStore {
  /** inside `history.write`; the same rows again change nothing */
  ingest(source: Source, rows: readonly ImrCameraReading[], at: number): void
  /** told inside `history.write` which meters have other rows now */
  onChange(listener: (meters: ReadonlySet<number>) => void): void
}

/** Another address is another picture: it is fetched again. */
const UPSERT = `
  INSERT INTO camera (meter, at, status, ok, url, value, file)
  VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (meter, at) DO UPDATE SET
    status = excluded.status, ok = excluded.ok, url = excluded.url, value = excluded.value,
    file = iif(camera.url = excluded.url, camera.file, excluded.file),
    problem = iif(camera.url = excluded.url, camera.problem, NULL),
    tries = iif(camera.url = excluded.url, camera.tries, 0), try_after = 0
  WHERE (status, ok, url, value) IS NOT (excluded.status, excluded.ok, excluded.url, excluded.value)`

/** IE-8: what cameras read, also where they could not (I-27); no row names a device, only a number. */
export function createCameraStore(
  db: HistoryDatabase,
  { keys, onNewMeter }: { keys: MeterKeys; onNewMeter: () => void },
): CameraStore {
  const upsert = db.statement(UPSERT)
  let told: (meters: ReadonlySet<number>) => void = () => undefined
  return {
    ingest(source, rows, at) {
      keys.verify()
      const changed = new Set<number>()
      for (const row of rows) {
        const meter = keys.keyOf(source, { deviceId: '', tableNo: row.tableNo }, at)
        const file = row.imageUrl === '' ? 'none' : 'wanted'
        const values = [row.status, row.ok ? 1 : 0, row.imageUrl, row.value, file]
        if (upsert.run(meter, Math.floor(row.at / SECOND), ...values).changes > 0) changed.add(meter)
      }
      if (keys.settle()) onNewMeter()
      if (changed.size > 0) told(changed)
    },
    onChange(listener) {
      told = listener
    },
  }
}

/** Rows that the vendor itself calls read (I-28) are readings of their meter; the others wait for a person. */
export function readingsOfCamera(rows: readonly ImrCameraReading[]): ImrReading[] {
  return rows.flatMap(({ ok, value: text, tableNo, at }) => {
    const value = ok && text !== null ? parseDecimal(text) : null
    return value === null ? [] : [{ deviceId: '', tableNo, at, value, text: text ?? '' }]
  })
}
