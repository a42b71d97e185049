import { btNameOf } from '#shared/chargers.ts'
import type { Advertisement } from './radio.ts'

/** What was heard, by the chip id in the name (B-34); how the radio calls a device is no identity. */
export interface Sighting {
  readonly name: string
  readonly radioId: string
  /** median of the last five, dBm */
  readonly rssi: number
  /** epoch ms */
  readonly lastSeenAt: number
  /** monotonic */
  readonly heardAt: number
  readonly ambiguous: boolean
}

export interface Sightings {
  /** the charger's name, or null for a stranger or half an advertisement */
  hear(heard: Advertisement, now: number): string | null
  of(name: string, now: number): Sighting | null
  all(now: number): Sighting[]
  strangers(since: number): number
  samples(name: string, since: number): number[]
  /** another device has used this name since then */
  otherSince(name: string, radioId: string, since: number): boolean
  clear(): void
}

interface Id {
  firstAt: number
  lastAt: number
}
interface Heard {
  readonly ids: Map<string, Id>
  samples: { at: number; rssi: number }[]
  radioId: string
  lastSeenAt: number
  heardAt: number
}

/** A row stays for so long after the charger was last heard. */
const KEEP_MS = 180_000
/** Two devices with one name count while both were heard within this time. */
const CONTEST_MS = 30_000
/** A device that takes another address goes on a moment later; two devices speak at the same time. */
const SLACK_MS = 1000
const MEDIAN_OF = 5
const MOST_SAMPLES = 50
const MOST_STRANGERS = 2000

const ends = /^[\s\0]+|[\s\0]+$/g

export function createSightings(): Sightings {
  return new Book()
}

class Book implements Sightings {
  readonly #chargers = new Map<string, Heard>()
  readonly #nameOfId = new Map<string, string>()
  readonly #strangers = new Map<string, number>()

  hear({ radioId, name: said, rssi, at }: Advertisement, now: number): string | null {
    const before = this.#nameOfId.get(radioId)
    // a name may come in the scan response only: until then the id tells (B-34)
    const name = said === null ? (before ?? null) : chargerName(said)
    if (before !== undefined && before !== name) {
      this.#chargers.get(before)?.ids.delete(radioId)
      this.#nameOfId.delete(radioId)
    }
    if (name === null) {
      this.#stranger(radioId, now)
      return null
    }
    this.#strangers.delete(radioId)
    this.#nameOfId.set(radioId, name)
    const known = this.#chargers.get(name) ?? unheard(radioId)
    this.#chargers.set(name, known)
    const id = known.ids.get(radioId)
    if (id) id.lastAt = now
    else known.ids.set(radioId, { firstAt: now, lastAt: now })
    known.samples = [...known.samples.slice(1 - MOST_SAMPLES), { at: now, rssi: Math.round(rssi) }]
    Object.assign(known, { radioId, lastSeenAt: at, heardAt: now })
    return name
  }

  of(name: string, now: number): Sighting | null {
    const known = this.#chargers.get(name)
    return known && now - known.heardAt <= KEEP_MS ? viewOf(name, known, now) : null
  }

  all(now: number): Sighting[] {
    this.#prune(now)
    return [...this.#chargers]
      .map(([name, known]) => viewOf(name, known, now))
      .toSorted((a, b) => b.rssi - a.rssi)
  }

  strangers(since: number): number {
    return [...this.#strangers.values()].filter((at) => at >= since).length
  }

  samples(name: string, since: number): number[] {
    const samples = this.#chargers.get(name)?.samples ?? []
    return samples.filter(({ at }) => at >= since).map(({ rssi }) => rssi)
  }

  otherSince(name: string, radioId: string, since: number): boolean {
    const ids = this.#chargers.get(name)?.ids ?? []
    return [...ids].some(([id, { lastAt }]) => id !== radioId && lastAt >= since)
  }

  clear(): void {
    this.#chargers.clear()
    this.#nameOfId.clear()
    this.#strangers.clear()
  }

  /** The oldest make room: a busy street has more phones than memory is worth. */
  #stranger(radioId: string, now: number): void {
    this.#strangers.delete(radioId)
    this.#strangers.set(radioId, now)
    const [oldest] = this.#strangers.keys()
    if (this.#strangers.size > MOST_STRANGERS && oldest !== undefined) this.#strangers.delete(oldest)
  }

  #prune(now: number): void {
    for (const [name, { heardAt, ids }] of this.#chargers) {
      for (const [id, { lastAt }] of ids) {
        if (now - lastAt <= KEEP_MS) continue
        ids.delete(id)
        this.#nameOfId.delete(id)
      }
      if (now - heardAt > KEEP_MS) this.#chargers.delete(name)
    }
    for (const [id, at] of this.#strangers) if (now - at > KEEP_MS) this.#strangers.delete(id)
  }
}

const unheard = (radioId: string): Heard => ({
  ids: new Map(),
  samples: [],
  radioId,
  lastSeenAt: 0,
  heardAt: 0,
})

const viewOf = (
  name: string,
  { ids, samples, radioId, lastSeenAt, heardAt }: Heard,
  now: number,
): Sighting => ({
  name,
  radioId,
  lastSeenAt,
  heardAt,
  rssi: median(samples.slice(-MEDIAN_OF).map(({ rssi }) => rssi)),
  ambiguous: contested([...ids.values()], now),
})

/** Small letters, blanks and zero bytes round it are taken (B-01); 12 characters alone are no advertised name. */
function chargerName(said: string): string | null {
  const name = said.replaceAll(ends, '')
  return name.length === 16 ? btNameOf(name) : null
}

function contested(ids: readonly Id[], now: number): boolean {
  const lately = ids.filter(({ lastAt }) => now - lastAt <= CONTEST_MS)
  return lately.some((a, i) =>
    lately.slice(i + 1).some((b) => Math.max(a.firstAt, b.firstAt) - Math.min(a.lastAt, b.lastAt) < SLACK_MS),
  )
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const high = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? high : Math.round(((sorted[middle - 1] ?? high) + high) / 2)
}
