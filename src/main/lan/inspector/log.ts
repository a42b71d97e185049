import type { Seen } from '../server.ts'

/** Requests that are kept for the inspector. */
const MOST = 1000
const MINUTE = 60_000

export interface Logged extends Seen {
  readonly id: string
  /** epoch ms */
  readonly at: number
}

/** The newest requests, in memory only: they hold what a caller sent. */
export class RequestLog {
  readonly #ring: Logged[] = []
  #next = 0

  add(seen: Seen, at: number): void {
    const id = String(this.#next)
    this.#ring[this.#next % MOST] = { ...seen, id, at }
    this.#next += 1
  }

  /** newest first */
  *newest(): Generator<Logged> {
    for (let i = 1; i <= this.#ring.length; i += 1) {
      const one = this.#ring[(this.#next - i) % MOST]
      if (one) yield one
    }
  }

  find(id: string): Logged | null {
    const one = this.#ring[Number(id) % MOST]
    return one?.id === id ? one : null
  }

  lastMinute(now: number): { requests: number; refused: number; addresses: string[] } {
    const addresses = new Set<string>()
    let requests = 0
    let refused = 0
    for (const { at, address, handled } of this.newest()) {
      if (now - at > MINUTE) break
      requests += 1
      if (handled.code !== 0) refused += 1
      addresses.add(address)
    }
    return { requests, refused, addresses: [...addresses] }
  }
}
