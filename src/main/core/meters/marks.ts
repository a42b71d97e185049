import type { HistoryDatabase } from '../store/store.ts'
import { ESTIMATED, MEASURED, RESET, TOLERANCE_S, type Register, type UsageTable } from './usage-tables.ts'

/** What stands between two readings of a meter beside their difference; instants in epoch seconds. */
export interface Mark {
  readonly kind: string
  readonly from: number
  readonly to: number
  /** null: parked, no difference across it counts; else it is added to the difference */
  readonly step: number | null
}

export interface Marks {
  /** marks of these meters that lie, if only partly, in (from, to]; ascending */
  of(meters: readonly number[], from: number, to: number): ReadonlyMap<number, readonly Mark[]>
}

/** Beyond so many meters all marks of the time are read: there are few. */
const SEEK_MOST = 50

type Row = Mark & { readonly meter: number }

export function createMarks(db: HistoryDatabase): Marks {
  const columns = 'meter, kind, from_at AS "from", to_at AS "to", step'
  const one = db.statement<Row>(
    `SELECT ${columns} FROM usage_event WHERE meter = ? AND to_at > ? AND from_at <= ? ORDER BY at`,
  )
  const all = db.statement<Row>(
    `SELECT ${columns} FROM usage_event WHERE to_at > ? AND from_at <= ? ORDER BY meter, at`,
  )
  return {
    of(meters, from, to) {
      const found = new Map<number, Mark[]>()
      const rows =
        meters.length > SEEK_MOST ? all.all(from, to) : meters.flatMap((meter) => one.all(meter, from, to))
      for (const row of rows) {
        const list = found.get(row.meter)
        if (list) list.push(row)
        else found.set(row.meter, [row])
      }
      return found
    },
  }
}

/** Usage between two registers with what stands between them. */
export function usageBetween(
  before: Register,
  end: Register,
  marks: readonly Mark[],
): { usage: number; state: number } {
  let usage = end.value - before.value
  let state = MEASURED
  for (const { kind, from, to, step } of marks) {
    if (kind === 'estimate') {
      if (to === before.at || to === end.at) state = ESTIMATED
    } else if (from < end.at && to > before.at) {
      if (step === null) return { usage: 0, state: RESET }
      usage += step
    }
  }
  return usage < 0 ? { usage: 0, state: RESET } : { usage, state }
}

/** A register at the end of a bucket that has readings. */
export interface BucketEnd extends Register {
  readonly bucket: number
}

/** Hours or days of one meter with marks, from the ends of its buckets, ascending. */
export function markedSteps(
  table: UsageTable,
  slot: number,
  ends: readonly BucketEnd[],
  marks: readonly Mark[],
): void {
  let before: BucketEnd | null = null
  for (const end of ends) {
    if (before?.bucket === end.bucket - 1 && end.bucket >= 0 && end.bucket < table.buckets)
      table.put(slot, end.bucket, usageBetween(before, end, marks))
    before = end
  }
}

export interface MarkedMonths {
  /** the last register before the first month */
  readonly base: Register | null
  /** the last register of each day that has readings, ascending, with its month */
  readonly rows: readonly BucketEnd[]
  /** epoch seconds */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** Months of one meter with marks. */
export function markedMonths(
  table: UsageTable,
  slot: number,
  { base, rows, starts, ends }: MarkedMonths,
  marks: readonly Mark[],
): void {
  let before = base
  rows.forEach((end, i) => {
    const { bucket } = end
    if (rows[i + 1]?.bucket === bucket) return
    if (before) {
      const { usage, state } = usageBetween(before, end, marks)
      const late = (starts[bucket] ?? 0) - before.at > TOLERANCE_S
      const early = (ends[bucket] ?? 0) - end.at > TOLERANCE_S
      table.put(slot, bucket, { usage, state: state === MEASURED && (late || early) ? ESTIMATED : state })
    }
    before = end
  })
}
