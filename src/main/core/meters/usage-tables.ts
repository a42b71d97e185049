import { DAY, SECOND } from '#shared/time.ts'

export const GAP = 0
export const MEASURED = 1
export const RESET = 2
export const ESTIMATED = 3

/** Usage of `slots` meters in `buckets` buckets, meter by meter, in plain arrays: it may hold a million. */
export class UsageTable {
  readonly buckets: number
  readonly usage: Float64Array
  readonly state: Uint8Array

  constructor(slots: number, buckets: number) {
    this.buckets = buckets
    this.usage = new Float64Array(slots * buckets)
    this.state = new Uint8Array(slots * buckets)
  }

  set(slot: number, bucket: number, usage: number, fell: boolean, otherwise = MEASURED): void {
    const at = slot * this.buckets + bucket
    // A register that came back higher after it fell says nothing either; one that ends lower says the same.
    const reset = fell || usage < 0
    this.state[at] = reset ? RESET : otherwise
    this.usage[at] = reset ? 0 : usage
  }

  put(slot: number, bucket: number, { usage, state }: { usage: number; state: number }): void {
    const at = slot * this.buckets + bucket
    this.state[at] = state
    this.usage[at] = usage
  }
}

/**
 * Hours or days: the register's last value in a bucket minus the last one in the bucket before (interfaces §3).
 * Fed with every bucket that has readings, ascending for each slot, from one bucket before the first asked.
 */
export class StepUsage {
  readonly table: UsageTable
  readonly #bucket: Float64Array
  readonly #last: Float64Array

  constructor(slots: number, buckets: number) {
    this.table = new UsageTable(slots, buckets)
    this.#bucket = new Float64Array(slots).fill(Number.NaN)
    this.#last = new Float64Array(slots)
  }

  accept(slot: number, bucket: number, first: number, last: number, fell: boolean): void {
    const before = this.#last[slot] ?? 0
    if (this.#bucket[slot] === bucket - 1 && bucket >= 0 && bucket < this.table.buckets)
      this.table.set(slot, bucket, last - before, fell || first < before)
    this.#bucket[slot] = bucket
    this.#last[slot] = last
  }
}

/** A register value at an epoch second. */
export interface Register {
  readonly at: number
  readonly value: number
}

/** An end of a month without a reading within this many seconds is an estimate. */
export const TOLERANCE_S = DAY / SECOND

/**
 * Months: the last register of a month minus the last one before it, however long before. Fed with the days of
 * one meter, ascending, then `finish`ed; ends and starts are epoch seconds.
 */
export class MonthUsage {
  readonly table: UsageTable
  readonly #starts: readonly number[]
  readonly #ends: readonly number[]
  readonly #base: (Register | null)[]
  readonly #month: Int32Array
  readonly #end: (Register | null)[]
  readonly #fell: Uint8Array

  constructor(before: readonly (Register | null)[], starts: readonly number[], ends: readonly number[]) {
    this.table = new UsageTable(before.length, starts.length)
    this.#starts = starts
    this.#ends = ends
    this.#base = [...before]
    this.#end = [...before]
    this.#month = new Int32Array(before.length).fill(-1)
    this.#fell = new Uint8Array(before.length)
  }

  accept(slot: number, month: number, first: number, last: Register, fell: boolean): void {
    const before = this.#end[slot]
    if (month !== this.#month[slot]) {
      this.#close(slot)
      this.#base[slot] = before ?? null
      this.#month[slot] = month
      this.#fell[slot] = 0
    }
    if (fell || (before && first < before.value)) this.#fell[slot] = 1
    this.#end[slot] = last
  }

  finish(): UsageTable {
    for (let slot = 0; slot < this.#month.length; slot++) this.#close(slot)
    return this.table
  }

  #close(slot: number): void {
    const month = this.#month[slot] ?? -1
    const base = this.#base[slot]
    const end = this.#end[slot]
    if (month < 0 || !base || !end) return
    const late = (this.#starts[month] ?? 0) - base.at > TOLERANCE_S
    const early = (this.#ends[month] ?? 0) - end.at > TOLERANCE_S
    const fell = this.#fell[slot] === 1
    this.table.set(slot, month, end.value - base.value, fell, late || early ? ESTIMATED : MEASURED)
  }
}
