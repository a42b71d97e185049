import { formatDateTime, formatDay, type Bucket, type ZoneOffset } from '#shared/time.ts'

/** Short name of a bucket under its bar: `03-14`, `03-14 08:00`, `2026-03`; the year where it is another one. */
export function bucketLabel(at: number, bucket: Bucket, zone: ZoneOffset, now: number): string {
  const sameYear = formatDay(at, zone).slice(0, 4) === formatDay(now, zone).slice(0, 4)
  if (bucket === 'month') return formatDay(at, zone).slice(0, 7)
  const full = bucket === 'hour' ? formatDateTime(at, zone).slice(0, 16) : formatDay(at, zone)
  return sameYear ? full.slice(5) : full
}

/** The bucket in full, for tooltips and exports. */
export function bucketTitle(at: number, bucket: Bucket, zone: ZoneOffset): string {
  if (bucket === 'month') return formatDay(at, zone).slice(0, 7)
  return bucket === 'hour' ? formatDateTime(at, zone).slice(0, 16) : formatDay(at, zone)
}

/** 12 → `+1.2 %`; the sign always, so that it reads as a change. */
export function changeText(perMille: number | null): string {
  if (perMille === null) return ''
  const sign = perMille > 0 ? '+' : perMille < 0 ? '−' : '±'
  const abs = Math.abs(perMille)
  return `${sign}${Math.floor(abs / 10)}.${abs % 10} %`
}

/** `+3.2`, `−0.4`: a difference of decimal strings shows its direction. */
export const signed = (difference: string | null): string => {
  if (difference === null) return ''
  if (difference.startsWith('-')) return `−${difference.slice(1)}`
  return /^0(\.0+)?$/.test(difference) ? difference : `+${difference}`
}
