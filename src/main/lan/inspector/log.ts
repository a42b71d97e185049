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

/**
 * The newest requests, in memory only: they hold what a caller sent. Where there are too many, the oldest one of the
 * address that fills most goes: a flood pushes out itself.
 */
export class RequestLog {
  /** by number, oldest first */
  readonly #kept = new Map<number, Kept>()
  readonly #of = new Map<string, { count: number; weight: number }>()
  /** of the last minute, oldest first; also those that are kept no longer */
  #calls: Call[] = []
  #next = 0
  #weight = 0

  add(seen: Seen, at: number): void {
    const weight = weightOf(seen)
    this.#kept.set(this.#next, { logged: { ...seen, id: String(this.#next), at }, weight })
    this.#next += 1
    this.#count(seen.address, 1, weight)
    while (this.#kept.size > MOST || (this.#weight > MOST_CHARACTERS && this.#kept.size > 1)) this.#drop()
    this.#calls.push({ at, address: seen.address, refused: seen.handled.code !== 0 })
    // once for many, so that a flood does not copy the list at each request
    if (this.#calls.length > 2 * MOST && at - (this.#calls[MOST]?.at ?? at) > MINUTE) this.#forget(at)
  }

  /** newest first; with `upTo` only that one and those before it */
  *newest(upTo?: string): Generator<Logged> {
    const first = upTo === undefined ? this.#next - 1 : Number(upTo)
    for (const [number, { logged }] of [...this.#kept].toReversed()) if (number <= first) yield logged
  }

  find(id: string): Logged | null {
    const one = this.#kept.get(Number(id))?.logged
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

  #count(address: string, count: number, weight: number): void {
    this.#weight += weight
    const before = this.#of.get(address) ?? { count: 0, weight: 0 }
    const now = { count: before.count + count, weight: before.weight + weight }
    if (now.count === 0) this.#of.delete(address)
    else this.#of.set(address, now)
  }

  #drop(): void {
    const by = this.#kept.size > MOST ? 'count' : 'weight'
    let most = { count: 0, weight: 0 }
    let whose = ''
    for (const [address, fills] of this.#of) if (fills[by] > most[by]) [whose, most] = [address, fills]
    for (const [number, { logged, weight }] of this.#kept)
      if (logged.address === whose) {
        this.#kept.delete(number)
        return this.#count(whose, -1, -weight)
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
