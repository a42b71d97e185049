import type { Log } from '../ports.ts'
import { MINUTE } from '#shared/time.ts'

/** Weight of a new sample: HTTP Date counts whole seconds and the answer takes its time on the way. */
const WEIGHT = 0.2
/** A sample this far from the average is a clock that was set, not noise: believed at once. */
const JUMP_MS = MINUTE
const WARN_MS = MINUTE
/** Readings younger than this may still be on their way into the vendor's tables (F-18, F-25). */
const FREEZE_MS = 2 * MINUTE

/** The vendor's clock against ours, from the Date header of its answers (F-25). */
export class SkewMeter {
  readonly #log: Log
  readonly #source: string
  #skew: number | null = null
  #warned = false

  constructor(log: Log, source: string) {
    this.#log = log
    this.#source = source
  }

  /** vendor's clock minus ours, ms; null when it never said */
  get value(): number | null {
    return this.#skew === null ? null : Math.round(this.#skew)
  }

  see(date: string | undefined, now: number): void {
    const at = date === undefined ? NaN : Date.parse(date)
    if (Number.isNaN(at)) return
    // the header cuts to the second: half of one is its expected error
    const sample = at + 500 - now
    const near = this.#skew !== null && Math.abs(sample - this.#skew) < JUMP_MS
    this.#skew = near ? (1 - WEIGHT) * (this.#skew ?? 0) + WEIGHT * sample : sample
    this.#warn()
  }

  /** The end of what may be asked for: the earlier of both clocks, less what may still be moving. */
  windowEnd(now: number): number {
    return Math.floor(Math.min(now, now + (this.#skew ?? 0)) - FREEZE_MS)
  }

  #warn(): void {
    const large = Math.abs(this.#skew ?? 0) > WARN_MS
    if (large && !this.#warned)
      this.#log.warn('the clocks of vendor and computer differ', { source: this.#source, skewMs: this.value })
    this.#warned = large
  }
}
