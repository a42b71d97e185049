import type { Seen } from '../server.ts'

/** Requests that are kept for the inspector. */
const MOST = 1000
/** Characters of requests and answers that are kept: large ones push out more of the others. */
const MOST_CHARACTERS = 8_000_000
const MINUTE = 60_000

export interface Logged extends Seen {
  readonly id: string
  /** epoch ms */
  readonly at: number
}

interface Kept {
  readonly logged: Logged
  readonly weight: number
}
interface Call {
  readonly at: number
  readonly address: string
  readonly refused: boolean
}

/** The newest requests, in memory only: they hold what a caller sent. */
export class RequestLog {
  readonly #kept: Kept[] = []
  /** of the last minute, oldest first; also those that are kept no longer */
  #calls: Call[] = []
  #next = 0
  #weight = 0

  add(seen: Seen, at: number): void {
    const weight = weightOf(seen)
    this.#kept.push({ logged: { ...seen, id: String(this.#next), at }, weight })
    this.#next += 1
    this.#weight += weight
    while (this.#kept.length > MOST || (this.#weight > MOST_CHARACTERS && this.#kept.length > 1))
      this.#weight -= this.#kept.shift()?.weight ?? 0
    this.#calls.push({ at, address: seen.address, refused: seen.handled.code !== 0 })
    // once for many, so that a flood does not copy the list at each request
    if (this.#calls.length > 2 * MOST && at - (this.#calls[MOST]?.at ?? at) > MINUTE) this.#forget(at)
  }

  /** newest first; with `upTo` only that one and those before it */
  *newest(upTo?: string): Generator<Logged> {
    const first = upTo === undefined ? this.#next - 1 : Number(upTo)
    for (let i = this.#kept.length - 1; i >= 0; i -= 1) {
      const logged = this.#kept[i]?.logged
      if (logged && Number(logged.id) <= first) yield logged
    }
  }

  find(id: string): Logged | null {
    const oldest = Number(this.#kept[0]?.logged.id ?? 0)
    const one = this.#kept[Number(id) - oldest]?.logged
    return one?.id === id ? one : null
  }

  lastMinute(now: number): { requests: number; refused: number; addresses: string[] } {
    this.#forget(now)
    return {
      requests: this.#calls.length,
      refused: this.#calls.filter(({ refused }) => refused).length,
      addresses: [...new Set(this.#calls.map(({ address }) => address).toReversed())],
    }
  }

  #forget(now: number): void {
    this.#calls = this.#calls.filter(({ at }) => now - at <= MINUTE)
  }
}

function weightOf({ url, handled }: Seen): number {
  let weight = url.length + handled.json.length
  for (const [name, value] of handled.body?.fields ?? [])
    weight += name.length + (typeof value === 'string' ? value.length : 8)
  return weight
}
