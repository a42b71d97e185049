import type { RadioHealth } from '#core/chargers/radio.ts'

export const UNKNOWN: RadioHealth = { state: 'unknown', reason: null, detail: null }

/** What is known of the radio, and who wants to know of changes. */
export class HealthBoard {
  readonly #listeners = new Set<(health: RadioHealth) => void>()
  #now = UNKNOWN

  get now(): RadioHealth {
    return this.#now
  }

  set(health: RadioHealth): void {
    const { state, reason, detail } = this.#now
    if (health.state === state && health.reason === reason && health.detail === detail) return
    this.#now = health
    for (const listener of this.#listeners) listener(health)
  }

  on(listener: (health: RadioHealth) => void): () => void {
    const own = (health: RadioHealth) => listener(health)
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }
}
