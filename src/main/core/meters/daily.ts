import { DAY, SECOND, type ZoneOffset } from '#shared/time.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { chunkValues, inChunks } from './chunks.ts'

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

/** Days whose readings the runs continue; `firstAt` says where a run begins. */
const extendBy = (values: string, firstAt: string) => `
  INSERT INTO daily (day, meter, first_value, last_value, last_at, readings, fell) VALUES ${values}
  ON CONFLICT (day, meter) DO UPDATE SET
    fell = fell | excluded.fell | (excluded.first_value < last_value), readings = readings + excluded.readings,
    last_value = excluded.last_value, last_at = excluded.last_at
  WHERE last_at < ${firstAt}`
const EXTEND = extendBy('(?, ?, ?, ?, ?, ?, ?)', '?')
/** of single readings, which end where they begin */
const EXTEND_SINGLES = extendBy(chunkValues(7), 'excluded.last_at')
/** A reading before the last of the day; where the register fell across it, it falls on one side of it still. */
const INSERT_WITHIN = `
  UPDATE daily SET readings = readings + 1, fell = fell | ?, first_value = coalesce(?, first_value)
  WHERE day = ? AND meter = ?`
const REPLACE = `
  INSERT OR REPLACE INTO daily (day, meter, first_value, last_value, last_at, readings, fell)
  VALUES (?, ?, ?, ?, ?, ?, ?)`

export function createDailySummary(db: HistoryDatabase, zone: () => ZoneOffset): DailySummary {
  const extend = db.statement(EXTEND)
  const recompute = recomputeDay(db, zone)
  const insert = insertWithin(db, zone)
  const extended = (run: DayRun) => extend.run(...valuesOf(run), run.firstAt).changes > 0
  const rebuild = (run: DayRun) => {
    if (!extended(run)) recompute(run.meter, run.day)
  }
  const addSingle = (run: DayRun) => {
    if (!extended(run)) insert(run)
  }
  const addSingles = extendSingles(db, insert)
  return {
    recompute,
    rebuild,
    add(runs) {
      const singles = runs.filter((run) => run.count === 1)
      inChunks(singles, addSingles, addSingle)
      if (singles.length < runs.length) for (const run of runs) if (run.count > 1) rebuild(run)
    },
  }
}

const valuesOf = (run: DayRun) =>
  [run.day, run.meter, run.first, run.last, run.lastAt, run.count, run.fell] as const

/** Where not all of a chunk continue their days, those that do are the last of them now. */
function extendSingles(db: HistoryDatabase, insert: (run: DayRun) => void) {
  const extend = db.statement(EXTEND_SINGLES)
  const lastAt = db.statement<{ last_at: number }>('SELECT last_at FROM daily WHERE day = ? AND meter = ?')
  return (runs: readonly DayRun[]) => {
    const { changes } = extend.run(...runs.flatMap(valuesOf))
    if (changes === runs.length) return
    for (const run of runs)
      if (changes === 0 || lastAt.get(run.day, run.meter)?.last_at !== run.lastAt) insert(run)
  }
}

function recomputeDay(db: HistoryDatabase, zone: () => ZoneOffset) {
  const replace = db.statement(REPLACE)
  const ofDay = db.statement(
    'SELECT at, value FROM reading WHERE meter = ? AND at > ? AND at <= ? ORDER BY at',
  )
  return (meter: number, day: number) => {
    const start = dayStartSecond(day, zone())
    const rows = ofDay.arrays(meter, start, start + DAY_S) as [number, number][]
    const run = foldRun(meter, day, rows)
    if (run) replace.run(...valuesOf(run))
  }
}

/**
 * One new reading before the last of its day, from its two neighbours: the newest readings come before those of
 * the day's hours, so each page of a sync of today has a thousand of them.
 */
function insertWithin(db: HistoryDatabase, zone: () => ZoneOffset) {
  const within = db.statement(INSERT_WITHIN)
  const before = db.statement<{ value: number }>(
    'SELECT value FROM reading WHERE meter = ? AND at > ? AND at < ? ORDER BY at DESC LIMIT 1',
  )
  const after = db.statement<{ value: number }>(
    'SELECT value FROM reading WHERE meter = ? AND at > ? ORDER BY at LIMIT 1',
  )
  return ({ meter, day, first: value, firstAt }: DayRun) => {
    const previous = before.get(meter, dayStartSecond(day, zone()), firstAt)?.value
    const next = after.get(meter, firstAt)?.value ?? value
    const fell = (previous ?? value) > value || value > next
    within.run(fell ? 1 : 0, previous === undefined ? value : null, day, meter)
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
