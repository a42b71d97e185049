import type { Clock } from '../ports.ts'

export interface Throttle {
  /** runs now, or once at the end of the interval that is going on */
  poke(): void
  /** forgets what is waiting */
  stop(): void
}

/** At most one run every `ms`; the last poke is never lost. */
export function throttle(clock: Clock, ms: number, run: () => void): Throttle {
  let lastAt = Number.NEGATIVE_INFINITY
  let waiting: AbortController | null = null
  const now = () => {
    waiting = null
    lastAt = clock.monotonic()
    run()
  }
  return {
    poke() {
      if (waiting) return
      const rest = lastAt + ms - clock.monotonic()
      if (rest <= 0) return now()
      waiting = new AbortController()
      clock.sleep(rest, waiting.signal).then(now, () => undefined)
    },
    stop() {
      waiting?.abort()
      waiting = null
    },
  }
}
