import type { Source } from '#shared/contract/index.ts'
import { PHASE_NAMES } from '#shared/phases.ts'
import { SECOND } from '#shared/time.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { ImrBands } from '../upstream/types.ts'
import type { MeterKeys } from './keys.ts'

const upsertInto = (table: string, columns: readonly string[]) => `
  INSERT INTO ${table} (meter, at, ${columns.join(', ')}) VALUES (?, ?${', ?'.repeat(columns.length)})
  ON CONFLICT (meter, at) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}
  WHERE (${columns.join(', ')}) IS NOT (${columns.map((name) => `excluded.${name}`).join(', ')})`

const REGISTERS = ['reported_at', 'total', 'sharp', 'peak', 'flat', 'valley', 'sum_ok'] as const

export interface BandStore {
  /** inside `history.write`; the same rows again change nothing */
  ingest(source: Source, rows: readonly ImrBands[], at: number): void
}

/** IE-7: registers of the bands and, where any came, the phase values of the same instant (I-26). */
export function createBandStore(
  db: HistoryDatabase,
  { keys, onNewMeter }: { keys: MeterKeys; onNewMeter: () => void },
): BandStore {
  const upsertBand = db.statement(upsertInto('band', REGISTERS))
  const upsertPhase = db.statement(upsertInto('phase', PHASE_NAMES))
  return {
    ingest(source, rows, at) {
      keys.verify()
      for (const row of rows) {
        const meter = keys.keyOf(source, row, at)
        const second = Math.floor(row.at / SECOND)
        const { reportedAt, total, sharp, peak, flat, valley, sumOk } = row
        upsertBand.run(meter, second, reportedAt, total, sharp, peak, flat, valley, sumOk ? 1 : 0)
        const phases = PHASE_NAMES.map((name) => row.phases[name] ?? null)
        if (phases.some((value) => value !== null)) upsertPhase.run(meter, second, ...phases)
      }
      if (keys.settle()) onNewMeter()
    },
  }
}
