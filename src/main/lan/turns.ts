import { setImmediate as nextTurn } from 'node:timers/promises'

/** So long may answers hold the thread in one turn of the event loop, ms; what was begun is ended. */
const SHARE_MS = 5

/** The thread is the desk's as well: many answers at once, and the parts of a long one, are made in many turns. */
export class Turns {
  #began: number | null = null

  /** Does it at once, or in the next turn in which there is something left of the share. */
  async run<T>(work: () => T): Promise<Awaited<T>> {
    while (this.#spent() >= SHARE_MS) await nextTurn()
    return await work()
  }

  #spent(): number {
    const now = performance.now()
    if (this.#began === null) {
      this.#began = now
      setImmediate(() => {
        this.#began = null
      })
    }
    return now - this.#began
  }
}
