import type { Source } from '#shared/contract/index.ts'
import { SECOND } from '#shared/time.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { ImrConsumption } from '../upstream/types.ts'
import type { MeterKeys } from './keys.ts'

const UPSERT = `INSERT INTO consumption (meter, daily, at, reading, dosage, amount, meter_type)
  VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (meter, daily, at) DO UPDATE SET reading = excluded.reading, dosage = excluded.dosage,
    amount = excluded.amount, meter_type = excluded.meter_type
  WHERE (reading, dosage, amount, meter_type)
    IS NOT (excluded.reading, excluded.dosage, excluded.amount, excluded.meter_type)`

export interface ConsumptionStore {
  /** inside `history.write`; the same rows again change nothing */
  ingest(source: Source, daily: boolean, rows: readonly ImrConsumption[], at: number): void
}

/** IE-5 as it came; both kinds side by side, never added up together (I-40). */
export function createConsumptionStore(
  db: HistoryDatabase,
  { keys, onNewMeter }: { keys: MeterKeys; onNewMeter: () => void },
): ConsumptionStore {
  const upsert = db.statement(UPSERT)
  return {
    ingest(source, daily, rows, at) {
      keys.verify()
      for (const row of rows) {
        const { dosage, amount, meterType } = row
        const second = Math.floor(row.at / SECOND)
        upsert.run(
          keys.keyOf(source, row, at),
          daily ? 1 : 0,
          second,
          row.text.trim(),
          dosage,
          amount,
          meterType,
        )
      }
      if (keys.settle()) onNewMeter()
    },
  }
}
