/** Addresses remembered at most; the longest quiet one goes first. */
const MOST_ADDRESSES = 4096

/** So many requests a second from one address, and as many at once after a quiet second (H-26). */
export class Rate {
  readonly #left = new Map<string, { tokens: number; at: number }>()

  /** Whether one more may come now; `perSecond` 0: always. `now` in ms, never going backwards. */
  take(address: string, perSecond: number, now: number): boolean {
    if (perSecond === 0) return true
    const known = this.#left.get(address)
    const tokens = known
      ? Math.min(perSecond, known.tokens + ((now - known.at) / 1000) * perSecond)
      : perSecond
    const taken = tokens >= 1
    // set anew, so that the map stays in the order of the last visit
    this.#left.delete(address)
    this.#left.set(address, { tokens: taken ? tokens - 1 : tokens, at: now })
    if (this.#left.size > MOST_ADDRESSES)
      for (const [oldest] of this.#left) return this.#forget(oldest, taken)
    return taken
  }

  #forget(address: string, taken: boolean): boolean {
    this.#left.delete(address)
    return taken
  }
}
