import type { Source } from '#shared/contract/index.ts'
import { SECOND, type ZoneOffset } from '#shared/time.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { gateOf } from '../upstream/index.ts'
import type { ImrReading } from '../upstream/types.ts'
import { dayOfReading, extendRun, startRun, type DailySummary, type DayRun } from './daily.ts'
import type { Effective } from './effective.ts'
import { createLatestFixed } from './fixes.ts'
import type { MeterKeys } from './keys.ts'
import { createLatest, type LatestRow } from './latest.ts'
import { CONFLICT, flagsOf } from './reading-flags.ts'
import { storeOne, type Origin, type Stored } from './store-one.ts'
import { createTallies } from './tallies.ts'

/** Rows a sync gives to one `ingest` in one transaction, so that no block of the main thread passes 30 ms. */
export const INGEST_SLICE = 200

export interface ReadingStore {
  /**
   * Stores readings with their daily summary and latest value; inside `history.write`. The same rows again
   * change nothing. Another value for a stored instant replaces it and is flagged, the old one is kept as a note.
   */
  ingest(source: Source, endpoint: string, rows: readonly ImrReading[], at: number): void
}

interface Parts {
  readonly daily: DailySummary
  readonly effective: Effective
  readonly zone: () => ZoneOffset
  store(key: number, second: number, row: ImrReading, origin: Origin): Stored
  latest(rows: readonly LatestRow[]): void
  /** of a meter whose readings people changed something about */
  latestFixed(meter: number): void
  gate(key: number, raw: string): void
}

export interface ReadingParts {
  readonly keys: MeterKeys
  readonly daily: DailySummary
  readonly effective: Effective
  zone(): ZoneOffset
  onChange(): void
  /** a reading named a meter that no catalogue had (I-14) */
  onNewMeter(): void
}

export function createReadings(
  db: HistoryDatabase,
  { keys, zone, daily, effective, ...on }: ReadingParts,
): ReadingStore {
  const tallies = createTallies(db)
  const setGate = db.statement('UPDATE meter SET gate = ?, gate_raw = ? WHERE id = ? AND gate_raw <> ?')
  const parts: Parts = {
    daily,
    effective,
    latestFixed: createLatestFixed(db),
    zone,
    store: storeOne(db),
    latest: createLatest(db),
    gate: (key, raw) => void setGate.run(gateOf(raw), raw, key, raw),
  }
  return {
    ingest(source, endpoint, rows, at) {
      keys.verify()
      const found = Int32Array.from(rows, (row) => keys.keyOf(source, row, at))
      const added = storeRows(parts, found, rows, { endpoint, at })
      tallies.add(source, added, at)
      if (keys.settle()) on.onNewMeter()
      on.onChange()
    },
  }
}

/** Row numbers by meter and time, arrival order among equals: the clustered tables are then written in order. */
function writingOrder(keys: Int32Array, rows: readonly ImrReading[]): number[] {
  const order = Array.from(rows, (_, i) => i)
  return order.sort(
    (a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || (rows[a]?.at ?? 0) - (rows[b]?.at ?? 0) || a - b,
  )
}

/** Returns how many readings are new. */
function storeRows(parts: Parts, keys: Int32Array, rows: readonly ImrReading[], origin: Origin): number {
  const page = new PageWriter(parts, origin)
  for (const index of writingOrder(keys, rows)) {
    const row = rows[index]
    if (row) page.write(keys[index] ?? 0, row)
  }
  page.end()
  return page.added
}

/** Writes rows that come by meter and time; at the end the summary and the latest value, once per day and meter. */
class PageWriter {
  added = 0
  readonly #parts: Parts
  readonly #origin: Origin
  readonly #zone: ZoneOffset
  #meter = -1
  #run: DayRun | null = null
  #runs: DayRun[] = []
  readonly #latest: LatestRow[] = []
  #newest: ImrReading | null = null
  #second = -1
  #flags = 0
  #stored = false

  constructor(parts: Parts, origin: Origin) {
    this.#parts = parts
    this.#origin = origin
    this.#zone = parts.zone()
  }

  write(key: number, row: ImrReading): void {
    if (key !== this.#meter) this.#endMeter()
    const second = Math.floor(row.at / SECOND)
    const stored = this.#parts.store(key, second, row, this.#origin)
    if (stored !== 'same' || second !== this.#second || key !== this.#meter)
      this.#flags = flagsOf(row.value) | (stored === 'changed' ? CONFLICT : 0)
    this.#meter = key
    this.#newest = row
    this.#second = second
    if (stored === 'same') return
    this.#stored = true
    const day = dayOfReading(second, this.#zone)
    if (stored === 'new') this.#add(day, row.value.scaled)
    else this.#recompute(day)
  }

  end(): void {
    this.#endMeter()
    this.#addRuns()
    this.#parts.latest(this.#latest)
    for (const { meter } of this.#latest)
      if (this.#parts.effective.isFixed(meter)) this.#parts.latestFixed(meter)
  }

  #endMeter(): void {
    this.#endRun()
    const newest = this.#newest
    if (!newest) return
    this.#newest = null
    const { scaled: value } = newest.value
    if (this.#stored) this.#latest.push({ meter: this.#meter, at: this.#second, value, flags: this.#flags })
    this.#stored = false
    if (newest.gateRaw) this.#parts.gate(this.#meter, newest.gateRaw)
  }

  #add(day: number, value: number): void {
    this.added++
    if (this.#run?.day === day) return extendRun(this.#run, this.#second, value)
    this.#endRun()
    this.#run = startRun(this.#meter, day, this.#second, value)
  }

  /** what the day was counted to have until now is counted anew */
  #recompute(day: number): void {
    this.#endRun()
    this.#addRuns()
    this.#parts.daily.recompute(this.#meter, day)
  }

  #endRun(): void {
    if (this.#run) this.#runs.push(this.#run)
    this.#run = null
  }

  #addRuns(): void {
    this.#parts.daily.add(this.#runs)
    this.#runs = []
  }
}
