import { MINUTE, SECOND } from '#shared/time.ts'
import type { Clock, Log, Random } from '../ports.ts'
import { UpstreamError } from './types.ts'

/** A token lives two hours; renewed before that, by the monotonic clock (C-07). */
const RENEW_AFTER_MS = 110 * MINUTE
/** A token refused this soon after its log-in was ended by somebody else's (F-30). */
const YOUNG_MS = 60 * SECOND
const BACK_OFF_LEAST_MS = 30 * SECOND
const BACK_OFF_MOST_MS = 120 * SECOND

export interface SessionParts {
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly source: string
  readonly loginPath: string
  logIn(): Promise<string>
}

/** Somebody else logs in with this account; `waitMs` until it is tried again. */
export class AccountElsewhere extends UpstreamError {
  readonly waitMs: number

  constructor(endpoint: string, waitMs: number) {
    super('accountElsewhere', 'This account is used elsewhere: each log-in ends the other.', { endpoint })
    this.waitMs = waitMs
  }
}

/** The token of one account: in memory only, opaque (C-05, C-06), one log-in at a time. */
export class Session {
  readonly #parts: SessionParts
  #token: string | null = null
  #issuedAt = 0
  #loggingIn: Promise<string> | null = null
  /** tokens in a row that were refused while young */
  #young = 0
  #quietUntil = -Infinity
  #forcedAt = -Infinity

  constructor(parts: SessionParts) {
    this.#parts = parts
  }

  async token(): Promise<string> {
    if (this.#loggingIn) return this.#loggingIn
    if (this.#token !== null && this.#age() < RENEW_AFTER_MS) return this.#token
    const wait = this.#quietUntil - this.#parts.clock.monotonic()
    if (wait > 0) throw new AccountElsewhere(this.#parts.loginPath, wait)
    this.#loggingIn = this.#logIn()
    try {
      return await this.#loggingIn
    } finally {
      this.#loggingIn = null
    }
  }

  /** 1006 or 1007 (F-01, F-02, F-30). One that is not in use any more has been replaced already. */
  refused(token: string): void {
    if (token !== this.#token) return
    this.#token = null
    this.#young = this.#age() < YOUNG_MS ? this.#young + 1 : 0
    if (this.#young < 2) return
    // the next young refusal is enough: at most three log-ins a minute
    this.#young = 1
    const { clock, random, log, source } = this.#parts
    const wait = BACK_OFF_LEAST_MS + random.fraction() * (BACK_OFF_MOST_MS - BACK_OFF_LEAST_MS)
    this.#quietUntil = clock.monotonic() + wait
    log.warn('the account is used elsewhere', { source, waitMs: Math.round(wait) })
  }

  /**
   * 1009, which says "wrong token" and "no permission" alike (C-47): whether a token is worth another try. One
   * forced log-in a minute for all endpoints together, or eight without permission would make a storm.
   */
  doubted(token: string): boolean {
    if (token !== this.#token) return true
    const now = this.#parts.clock.monotonic()
    if (now - this.#forcedAt < YOUNG_MS) return false
    this.#forcedAt = now
    this.#token = null
    return true
  }

  get isElsewhere(): boolean {
    return this.#parts.clock.monotonic() < this.#quietUntil
  }

  async #logIn(): Promise<string> {
    const token = await this.#parts.logIn()
    this.#token = token
    this.#issuedAt = this.#parts.clock.monotonic()
    return token
  }

  #age(): number {
    return this.#parts.clock.monotonic() - this.#issuedAt
  }
}
