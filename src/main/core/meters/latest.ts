import type { HistoryDatabase } from '../store/store.ts'
import { chunkValues, inChunks } from './chunks.ts'

/** The newest reading of one meter in some rows. */
export interface LatestRow {
  readonly meter: number
  /** epoch seconds */
  readonly at: number
  readonly value: number
  readonly flags: number
}

const upsert = (values: string) => `
  INSERT INTO latest (meter, at, value, flags) VALUES ${values} ON CONFLICT (meter)
  DO UPDATE SET at = excluded.at, value = excluded.value, flags = excluded.flags WHERE excluded.at > latest.at`

/** Keeps the latest value of each meter; inside `history.write`. */
export function createLatest(db: HistoryDatabase): (rows: readonly LatestRow[]) => void {
  const one = db.statement(upsert('(?, ?, ?, ?)'))
  const many = db.statement(upsert(chunkValues(4)))
  return (rows) =>
    inChunks(
      rows,
      (chunk) => void many.run(...chunk.flatMap(({ meter, at, value, flags }) => [meter, at, value, flags])),
      ({ meter, at, value, flags }) => void one.run(meter, at, value, flags),
    )
}
