import type { Clock } from '../ports.ts'

/** B-11, B-20, B-33, features §4; milliseconds unless the name says otherwise. */
export interface Timings {
  readonly connectMs: number
  readonly discoveryMs: number
  readonly replyMs: number
  readonly clockToleranceS: number
}

/** B-10: how long the line must be silent after a reply that did not fit. */
export const DRAIN_MS = 500
/** B-25: a report of the ports counts as fresh. */
export const FRESH_PORTS_MS = 10_000
/** B-33 allows 5 s, of which the end of a connection takes some. */
export const IDLE_MS = 4000
/** B-11 */
export const CONNECT_ATTEMPTS = 2

/** Settles as `work` does, or rejects with what `late` makes after `ms`; the work is then nobody's. */
export async function within<T>(clock: Clock, ms: number, work: Promise<T>, late: () => unknown): Promise<T> {
  const stop = new AbortController()
  const timer = clock.sleep(ms, stop.signal).then(
    () => Promise.reject(late()),
    () => new Promise<never>(() => undefined),
  )
  try {
    return await Promise.race([work, timer])
  } finally {
    stop.abort()
  }
}

/** Settles as `work` does, or rejects with what `stopped` makes when the signal aborts. */
export async function unless<T>(signal: AbortSignal, work: Promise<T>, stopped: () => unknown): Promise<T> {
  if (signal.aborted) {
    work.catch(() => undefined)
    throw stopped()
  }
  let onAbort = () => undefined as void
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(stopped())
  })
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
