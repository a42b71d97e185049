import { MINUTE } from '#shared/time.ts'

/** Addresses that are remembered; a LAN has fewer. */
const MOST_ADDRESSES = 1000

/** Sessions that were none, by who sent them, a minute at a time (U-02). Times are monotonic. */
export class Guesses {
  readonly #failed = new Map<string, { since: number; times: number }>()

  /** `most` 0: no limit. */
  tooMany(address: string, most: number, now: number): boolean {
    return most > 0 && (this.#current(address, now)?.times ?? 0) >= most
  }

  count(address: string, now: number): void {
    const { since, times } = this.#current(address, now) ?? { since: now, times: 0 }
    this.#failed.delete(address)
    this.#failed.set(address, { since, times: times + 1 })
    if (this.#failed.size > MOST_ADDRESSES) this.#failed.delete(this.#failed.keys().next().value ?? '')
  }

  #current(address: string, now: number): { since: number; times: number } | null {
    const found = this.#failed.get(address)
    return found && now - found.since < MINUTE ? found : null
  }
}
