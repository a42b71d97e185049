import { SitedeskError } from '#shared/errors.ts'
import type { Clock } from '../ports.ts'
import type { CallOptions } from './types.ts'

/** `endpoint`: each endpoint has a gap of its own · `account`: one gap for all together (I-32). */
export type LimiterScope = 'endpoint' | 'account'

export interface PacedOptions extends CallOptions {
  /** from `ticket()` before the first try: a repeated request keeps its place */
  readonly ticket?: number
}

interface Waiter {
  readonly endpoint: string
  readonly urgent: boolean
  readonly ticket: number
  start(): void
  cancel(): void
}

interface Lane {
  busy: boolean
  /** monotonic ms */
  nextAt: number
}

/**
 * Keeps the vendor's minimum gap: from the end of one answer to the start of the next request. One queue for
 * every endpoint of an account, used by sync and screens alike; who a person waits for goes first (F-29).
 */
export class Limiter {
  readonly #clock: Clock
  readonly #gapMs: number
  readonly #lanes = new Map<string, Lane>()
  readonly #closing = new AbortController()
  #scope: LimiterScope
  #waiting: readonly Waiter[] = []
  #tickets = 0
  #wakeAt = Infinity

  constructor(clock: Clock, options: { readonly gapMs: number; readonly scope: LimiterScope }) {
    this.#clock = clock
    this.#gapMs = options.gapMs
    this.#scope = options.scope
  }

  get scope(): LimiterScope {
    return this.#scope
  }

  ticket(): number {
    return this.#tickets++
  }

  run<T>(endpoint: string, work: () => Promise<T>, options: PacedOptions = {}): Promise<T> {
    const { signal, urgent = false, ticket = this.ticket() } = options
    return new Promise((resolve, reject) => {
      if (signal?.aborted || this.#closing.signal.aborted) return reject(cancelled())
      const cancel = () => {
        this.#leave(waiter)
        reject(cancelled())
      }
      const start = () => {
        this.#leave(waiter)
        signal?.removeEventListener('abort', cancel)
        this.#occupy(endpoint, work).then(resolve, reject)
      }
      const waiter: Waiter = { endpoint, urgent, ticket, start, cancel }
      signal?.addEventListener('abort', cancel, { once: true })
      this.#waiting = [...this.#waiting, waiter].toSorted(byTurn)
      this.#startWhatMay()
    })
  }

  /** Nothing of this endpoint starts within `ms` (1011, Retry-After). */
  hold(endpoint: string, ms: number): void {
    const lane = this.#laneOf(endpoint)
    lane.nextAt = Math.max(lane.nextAt, this.#clock.monotonic() + ms)
  }

  /** One gap for the whole account from now on, for the session (I-33). */
  widen(): void {
    this.#scope = 'account'
  }

  close(): void {
    this.#closing.abort(cancelled())
    for (const waiter of this.#waiting) waiter.cancel()
  }

  #leave(waiter: Waiter): void {
    this.#waiting = this.#waiting.filter((other) => other !== waiter)
  }

  #laneOf(endpoint: string): Lane {
    const found = this.#lanes.get(endpoint)
    if (found) return found
    const lane = { busy: false, nextAt: -Infinity }
    this.#lanes.set(endpoint, lane)
    return lane
  }

  /** When this endpoint may start: not before somebody's answer (Infinity), else a monotonic instant. */
  #freeAt(endpoint: string): number {
    const own = this.#laneOf(endpoint)
    const lanes = this.#scope === 'account' ? [...this.#lanes.values()] : [own]
    return Math.max(...lanes.map((lane) => (lane.busy ? Infinity : lane.nextAt)))
  }

  #startWhatMay(): void {
    for (const waiter of this.#waiting) {
      const at = this.#freeAt(waiter.endpoint)
      if (at <= this.#clock.monotonic()) waiter.start()
      else if (at < this.#wakeAt) void this.#wakeUp(at)
    }
  }

  async #wakeUp(at: number): Promise<void> {
    this.#wakeAt = at
    try {
      await this.#clock.sleep(Math.max(0, at - this.#clock.monotonic()), this.#closing.signal)
    } catch {
      return
    }
    if (this.#wakeAt === at) this.#wakeAt = Infinity
    this.#startWhatMay()
  }

  async #occupy<T>(endpoint: string, work: () => Promise<T>): Promise<T> {
    const lane = this.#laneOf(endpoint)
    lane.busy = true
    try {
      return await work()
    } finally {
      lane.busy = false
      lane.nextAt = Math.max(lane.nextAt, this.#clock.monotonic() + this.#gapMs)
      this.#startWhatMay()
    }
  }
}

const byTurn = (a: Waiter, b: Waiter) => Number(b.urgent) - Number(a.urgent) || a.ticket - b.ticket

export const cancelled = () => new SitedeskError('CANCELLED', 'The request was cancelled.')
