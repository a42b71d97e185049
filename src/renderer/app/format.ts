import {
  DAY,
  formatDateTime,
  formatDay,
  HOUR,
  MINUTE,
  SECOND,
  toCalendar,
  type ZoneOffset,
} from '#shared/time.ts'

/**
 * How figures and times read on screens. All times are in the site's zone, never the browser's;
 * a dash stands for what is not known.
 */
export const NONE = '—'

/** `MM-DD HH:mm`; with the year in front when it is not this year. */
export function formatTime(at: number | null | undefined, now: number, zone: ZoneOffset): string {
  if (at === null || at === undefined) return NONE
  const full = formatDateTime(at, zone).slice(0, 16)
  return sameYear(at, now, zone) ? full.slice(5) : full
}

/** `MM-DD`; with the year in front when it is not this year. */
export function formatDate(at: number | null | undefined, now: number, zone: ZoneOffset): string {
  if (at === null || at === undefined) return NONE
  const full = formatDay(at, zone)
  return sameYear(at, now, zone) ? full.slice(5) : full
}

/** `yyyy-MM-dd HH:mm:ss`, shown on hover. */
export const formatFull = (at: number, zone: ZoneOffset) => formatDateTime(at, zone)

const sameYear = (a: number, b: number, zone: ZoneOffset) =>
  toCalendar(a, zone).year === toCalendar(b, zone).year

const group = (digits: string) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** A decimal string as it is, thousands apart: `10622.50` → `10,622.50`. Never through a float. */
export function formatNumber(value: string | number | null | undefined, decimals?: number): string {
  if (value === null || value === undefined || value === '') return NONE
  const text = String(value)
  const m = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!m) return text
  const fraction =
    decimals === undefined ? (m[3] ?? '') : (m[3] ?? '').slice(0, decimals).padEnd(decimals, '0')
  return `${m[1] === '-' ? '−' : ''}${group(m[2] ?? '')}${fraction ? `.${fraction}` : ''}`
}

/** Fen to `¥1,234.50`. */
export function formatMoney(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return NONE
  const abs = Math.abs(fen)
  const cents = String(abs % 100).padStart(2, '0')
  return `${fen < 0 ? '−' : ''}¥${group(String(Math.floor(abs / 100)))}.${cents}`
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  const text = unit === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)
  return `${text} ${UNITS[unit] ?? ''}`
}

export type AgeUnit = 'now' | 'seconds' | 'minutes' | 'hours' | 'days'

/** An age in its largest whole unit, for `common.age.<unit>`; under 5 s it is now. */
export function ageOf(at: number, now: number): { unit: AgeUnit; n: number } {
  const age = Math.max(0, now - at)
  if (age < 5 * SECOND) return { unit: 'now', n: 0 }
  if (age < MINUTE) return { unit: 'seconds', n: Math.floor(age / SECOND) }
  if (age < HOUR) return { unit: 'minutes', n: Math.floor(age / MINUTE) }
  if (age < 2 * DAY) return { unit: 'hours', n: Math.floor(age / HOUR) }
  return { unit: 'days', n: Math.floor(age / DAY) }
}
