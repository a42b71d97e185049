import { fromCalendar, toCalendar, type ZoneOffset } from '#shared/time.ts'

const two = (n: number) => String(n).padStart(2, '0')

/** `YYMMDDHHMMSS` in the zone of the site, never the host's (B-21). */
export function clockText(at: number, zone: ZoneOffset): string {
  const c = toCalendar(at, zone)
  return [c.year % 100, c.month, c.day, c.hour, c.minute, c.second].map(two).join('')
}

const TWELVE = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/

/** Epoch ms; years are 20YY; null when no calendar has it (`260230…`). */
export function readClockText(text: string, zone: ZoneOffset): number | null {
  const m = TWELVE.exec(text)
  if (!m) return null
  const n = (i: number) => Number(m[i])
  return fromCalendar(
    { year: 2000 + n(1), month: n(2), day: n(3), hour: n(4), minute: n(5), second: n(6) },
    zone,
  )
}
