import { MINUTE, SECOND } from '#shared/time.ts'

/** `0:07`, `2:05`, `1:02:05`: a timer a cashier can read from a step away. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest.replace(/^0/, '')
}

/** How long until the platform is asked again; null: it is not asked any more. */
export function untilCheck(
  at: number | null,
  now: number,
): { readonly unit: 'now' | 'seconds' | 'minutes'; readonly n: number } | null {
  if (at === null) return null
  const left = at - now
  if (left <= 0) return { unit: 'now', n: 0 }
  return left < 100 * SECOND
    ? { unit: 'seconds', n: Math.ceil(left / SECOND) }
    : { unit: 'minutes', n: Math.ceil(left / MINUTE) }
}
