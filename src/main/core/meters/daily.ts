import { DAY, SECOND, type ZoneOffset } from '#shared/time.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { chunkValues, inChunks, tuple } from './chunks.ts'
import type { Effective } from './effective.ts'

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
  /** adds new readings, which are stored already, wherever in their days they lie; one run per meter and day */
  add(runs: readonly DayRun[]): void
  /** adds stored readings of which some may be counted already */
  rebuild(run: DayRun): void
  recompute(meter: number, day: number): void
}

const COLUMNS = 'day, meter, first_value, last_value, last_at, readings, fell'
/** A run that goes on where its day ends. */
const EXTEND = `
  INSERT INTO daily (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (day, meter) DO UPDATE SET
    fell = fell | excluded.fell | (excluded.first_value < last_value), readings = readings + excluded.readings,
    last_value = excluded.last_value, last_at = excluded.last_at
  WHERE last_at < ?`

const IS_LAST = 'last_at < excluded.last_at'
/** Of a reading before the last of its day; `?` is the zone's offset in seconds. */
const BEFORE = `
  (SELECT value FROM reading WHERE meter = excluded.meter AND at < excluded.last_at
     AND at > excluded.day * ${DAY_S} - ? ORDER BY at DESC LIMIT 1)`
const AFTER = `
  (SELECT value FROM reading WHERE meter = excluded.meter AND at > excluded.last_at ORDER BY at LIMIT 1)`
/**
 * Single readings anywhere in their days. One inside looks at its two neighbours only, not at the whole day:
 * where the register fell across it, it falls on one side of it still. Vendors list the newest first, or their
 * latest readings before those of the day's hours, so that whole pages come that way.
 */
const addSingles = (values: string) => `
  INSERT INTO daily (${COLUMNS}) VALUES ${values}
  ON CONFLICT (day, meter) DO UPDATE SET
    fell = fell | CASE WHEN ${IS_LAST} THEN excluded.first_value < last_value
      ELSE coalesce(${BEFORE} > excluded.last_value, 0) | coalesce(excluded.last_value > ${AFTER}, 0) END,
    first_value = CASE WHEN ${IS_LAST} THEN first_value
      WHEN ${BEFORE} IS NULL THEN excluded.first_value ELSE first_value END,
    last_value = CASE WHEN ${IS_LAST} THEN excluded.last_value ELSE last_value END,
    last_at = max(last_at, excluded.last_at), readings = readings + 1`
const REPLACE = `
  INSERT OR REPLACE INTO daily (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`

/** Who sums up days: by the readings that count, and telling which days changed. */
export interface DailyParts {
  readonly effective: Effective
  zone(): ZoneOffset
  /** the days' usage is to be looked at again (meters/check.ts) */
  touched(meter: number, day: number): void
}

export function createDailySummary(db: HistoryDatabase, parts: DailyParts): DailySummary {
  const { zone, effective } = parts
  const extend = db.statement(EXTEND)
  const single = db.statement(addSingles(tuple(COLUMN_COUNT)))
  const singles = db.statement(addSingles(chunkValues(COLUMN_COUNT)))
  const recompute = recomputeDay(db, parts)
  const isFixedDay = ({ meter, day }: DayRun) => {
    const start = dayStartSecond(day, zone())
    return effective.hasFix(meter, start, start + DAY_S)
  }
  const rebuild = (run: DayRun) => {
    if (extend.run(...valuesOf(run), run.firstAt).changes === 0) recompute(run.meter, run.day)
  }
  return {
    recompute,
    rebuild,
    add(runs) {
      const offset = zone() / SECOND
      inChunks(
        runs.filter((run) => run.count === 1),
        (chunk) => void singles.run(...chunk.flatMap(valuesOf), offset, offset),
        (run) => void single.run(...valuesOf(run), offset, offset),
      )
      for (const run of runs) {
        if (run.count > 1) rebuild(run)
        parts.touched(run.meter, run.day)
        // what came is counted as it came; of a day that people changed something about, what they said counts
        if (effective.isFixed(run.meter) && isFixedDay(run)) recompute(run.meter, run.day)
      }
    },
  }
}

const COLUMN_COUNT = 7
const valuesOf = (run: DayRun) =>
  [run.day, run.meter, run.first, run.last, run.lastAt, run.count, run.fell] as const

function recomputeDay(db: HistoryDatabase, { effective, zone, touched }: DailyParts) {
  const replace = db.statement(REPLACE)
  const remove = db.statement('DELETE FROM daily WHERE day = ? AND meter = ?')
  return (meter: number, day: number) => {
    const start = dayStartSecond(day, zone())
    const run = foldRun(meter, day, effective.between(meter, start, start + DAY_S))
    if (run) replace.run(...valuesOf(run))
    else remove.run(day, meter)
    touched(meter, day)
  }
}

/** Sums up ascending [at, value] rows of one meter and day. */
function foldRun(meter: number, day: number, rows: readonly (readonly [number, number])[]): DayRun | null {
  let run: DayRun | null = null
  for (const [at, value] of rows) {
    if (run) extendRun(run, at, value)
    else run = startRun(meter, day, at, value)
  }
  return run
}
