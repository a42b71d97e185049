import { useEffect, useState } from 'react'
import type { SitedeskError } from '#shared/errors.ts'

/** Until when the core refuses PINs, epoch ms of its own clock; null when the refusal was another one. */
export function retryAtOf(error: SitedeskError | null): number | null {
  if (error?.code !== 'TOO_MANY_ATTEMPTS') return null
  const { retryAt } = (error.data ?? {}) as { retryAt?: unknown }
  return typeof retryAt === 'number' ? retryAt : null
}

/** Whole seconds left until `until` by the clock given; draws again every second. */
export function useCountdown(until: number | null, now: () => number): number {
  const [, setTick] = useState(0)
  const left = until === null ? 0 : Math.max(0, Math.ceil((until - now()) / 1000))
  const running = left > 0
  useEffect(() => {
    if (!running) return undefined
    const timer = setInterval(() => setTick((n) => n + 1), 500)
    return () => clearInterval(timer)
  }, [running])
  return left
}
