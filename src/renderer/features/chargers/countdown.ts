import { MINUTE, SECOND } from '#shared/time.ts'

/** ms that a port has left now, from the minutes it said at `at`; it says whole minutes only. */
export const leftMs = (minutes: number, at: number, now: number): number =>
  Math.max(0, minutes * MINUTE - Math.max(0, now - at))

/** `4:07`, `1:30:00` */
export function clockLeft(ms: number): string {
  const seconds = Math.ceil(ms / SECOND)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
