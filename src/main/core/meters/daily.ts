import { DAY, SECOND, type ZoneOffset } from '#shared/time.ts'
import type { HistoryDatabase } from '../store/store.ts'

/** Seconds of a day and of an offset: readings count in epoch seconds. */
const DAY_S = DAY / SECOND

/**
 * The day a reading belongs to, as days since 1970-01-01 in the zone. A day is (start, end]: the reading exactly
 * at midnight is the register at the end of the day before.
 */
export const dayOfReading = (second: number, zone: ZoneOffset) =>
  Math.floor((second - 1 + zone / SECOND) / DAY_S)

/** Second after which a day's readings begin; they end `DAY_S` later, inclusive. */
export const dayStartSecond = (day: number, zone: ZoneOffset) => day * DAY_S - zone / SECOND

/** Readings of one meter and day, in ascending order of time. */
export interface DayRun {
  readonly meter: number
  readonly day: number
  readonly firstAt: number
  readonly first: number
  last: number
  lastAt: number
  count: number
  fell: number
}

export const startRun = (meter: number, day: number, at: number, value: number): DayRun => ({
  meter,
  day,
  firstAt: at,
  first: value,
  last: value,
  lastAt: at,
  count: 1,
  fell: 0,
})

export function extendRun(run: DayRun, at: number, value: number): void {
  if (value < run.last) run.fell = 1
  run.last = value
  run.lastAt = at
  run.count++
}

/** The daily summary, one row per meter and day, kept by whoever changes readings. */
export interface DailySummary {
  /** adds new readings; what does not simply continue the day is computed from its readings again */
  add(run: DayRun): void
  recompute(meter: number, day: number): void
}

const EXTEND = `
  INSERT INTO daily (day, meter, first_value, last_value, last_at, readings, fell) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (day, meter) DO UPDATE SET
    fell = fell | excluded.fell | (excluded.first_value < last_value), readings = readings + excluded.readings,
    last_value = excluded.last_value, last_at = excluded.last_at
  WHERE last_at < ?`
const REPLACE = `
  INSERT OR REPLACE INTO daily (day, meter, first_value, last_value, last_at, readings, fell)
  VALUES (?, ?, ?, ?, ?, ?, ?)`

export function createDailySummary(db: HistoryDatabase, zone: () => ZoneOffset): DailySummary {
  const extend = db.statement(EXTEND)
  const replace = db.statement(REPLACE)
  const ofDay = db.statement(
    'SELECT at, value FROM reading WHERE meter = ? AND at > ? AND at <= ? ORDER BY at',
  )
  const recompute = (meter: number, day: number) => {
    const start = dayStartSecond(day, zone())
    const rows = ofDay.arrays(meter, start, start + DAY_S) as [number, number][]
    const run = foldRun(meter, day, rows)
    if (run) replace.run(day, meter, run.first, run.last, run.lastAt, run.count, run.fell)
  }
  return {
    recompute,
    add(run) {
      const { day, meter, first, last, lastAt, count, fell, firstAt } = run
      if (extend.run(day, meter, first, last, lastAt, count, fell, firstAt).changes === 0)
        recompute(meter, day)
    },
  }
}

/** Sums up ascending [at, value] rows of one meter and day. */
function foldRun(meter: number, day: number, rows: readonly [number, number][]): DayRun | null {
  let run: DayRun | null = null
  for (const [at, value] of rows) {
    if (run) extendRun(run, at, value)
    else run = startRun(meter, day, at, value)
  }
  return run
}
