import { SECOND } from '#shared/time.ts'
import type { Random } from '../ports.ts'
import { ExchangeError } from './exchange.ts'
import { AccountElsewhere } from './session.ts'
import type { UpstreamError } from './types.ts'

/** F-09, F-10, F-11, F-13, F-14 */
const TRANSIENT_MS = [1 * SECOND, 4 * SECOND, 16 * SECOND]
/** F-07 */
const FAILED_MS = [2 * SECOND, 8 * SECOND]
/** I-33: 2.2 s × 2ⁿ with jitter, at most 30 s, at most five times */
const TOO_FAST_FIRST_MS = 2200
const TOO_FAST_MOST_MS = 30 * SECOND
const TOO_FAST_TRIES = 5
/** F-12: a vendor that wants a longer pause gets it from the next run */
const RETRY_AFTER_MOST_MS = 60 * SECOND

/** What one reading call may still try. A call that mutates has none of this (§7.1). */
export class RetryPlan {
  readonly #random: Random
  readonly #urgent: boolean
  #transient: number
  #failed = 0
  #tooFast = 0
  #refused = 0
  #denied = 0
  #elsewhere = 0

  /** `known` offline: one probe is enough, nobody waits for three more (F-10) */
  constructor(random: Random, options: { readonly urgent: boolean; readonly knownOffline: boolean }) {
    this.#random = random
    this.#urgent = options.urgent
    this.#transient = options.knownOffline ? TRANSIENT_MS.length : 0
  }

  /** How long to wait before the same request again, ms; null: this is the end. */
  next(error: UpstreamError, renewable: boolean): number | null {
    if (error instanceof AccountElsewhere) return this.#urgent || this.#elsewhere++ > 0 ? null : error.waitMs
    if (!(error instanceof ExchangeError)) return null
    if (error.transient) return this.#jittered(TRANSIENT_MS[this.#transient++])
    switch (error.fault) {
      case 'failed':
        return this.#jittered(FAILED_MS[this.#failed++])
      case 'tooFast':
        return this.#afterTooFast(error)
      case 'tokenRefused':
        return this.#refused++ === 0 ? 0 : null
      case 'denied':
        return renewable && this.#denied++ === 0 ? 0 : null
      default:
        return null
    }
  }

  #jittered(base: number | undefined): number | null {
    return base === undefined ? null : base * (1 + 0.2 * this.#random.fraction())
  }

  #afterTooFast(error: ExchangeError): number | null {
    if (this.#tooFast >= TOO_FAST_TRIES) return null
    const backOff = TOO_FAST_FIRST_MS * 2 ** this.#tooFast++ + SECOND * this.#random.fraction()
    const asked = error.retryAfterMs
    if (asked !== null) return asked > RETRY_AFTER_MOST_MS ? null : asked
    return Math.min(TOO_FAST_MOST_MS, backOff)
  }
}
