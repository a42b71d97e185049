import {
  addMonths,
  DAY,
  dayNumber,
  formatDateTime,
  parseDateTime,
  startOfMonth,
  toCalendar,
  type ZoneOffset,
} from '#shared/time.ts'

/** `HH:mm` in the zone of the site. */
export const clockOf = (at: number, zone: ZoneOffset): string => formatDateTime(at, zone).slice(11, 16)

/** How many calendar days later it ended: 0 the same day, 1 past midnight. */
export const daysOver = (from: number, to: number, zone: ZoneOffset): number =>
  dayNumber(to, zone) - dayNumber(from, zone)

/**
 * A time as somebody at the gate types it: `17:30` today, `03-01 17:30` this year (the year before where that lies
 * ahead), or the whole date. null: no time.
 */
export function parseWhen(text: string, now: number, zone: ZoneOffset): number | null {
  const typed = text.trim().replaceAll('：', ':').replaceAll('/', '-').replaceAll(/\s+/g, ' ')
  const today = formatDateTime(now, zone).slice(0, 10)
  if (/^\d{1,2}:\d{2}$/.test(typed)) return parseDateTime(`${today} ${typed}`, zone)
  if (/^\d{1,2}-\d{1,2} \d{1,2}:\d{2}$/.test(typed)) {
    const { year } = toCalendar(now, zone)
    const at = parseDateTime(`${year}-${typed}`, zone)
    return at !== null && at > now + DAY ? parseDateTime(`${year - 1}-${typed}`, zone) : at
  }
  return /^\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}$/.test(typed) ? parseDateTime(typed, zone) : null
}

/** `MM-DD HH:mm`, as it may be typed again. */
export const typedTime = (at: number, zone: ZoneOffset): string => formatDateTime(at, zone).slice(5, 16)

/** `2026-03` of an instant. */
export const monthOf = (at: number, zone: ZoneOffset): string => formatDateTime(at, zone).slice(0, 7)

const startOf = (month: string, zone: ZoneOffset): number => parseDateTime(`${month}-01 00:00`, zone) ?? 0

export const otherMonth = (month: string, by: number, zone: ZoneOffset): string =>
  monthOf(addMonths(startOf(month, zone), by, zone), zone)

/** The days of a month by weeks from Monday; null before the first and after the last. */
export function weeksOf(month: string, zone: ZoneOffset): (number | null)[][] {
  const first = startOfMonth(startOf(month, zone), zone)
  const count = Math.round((addMonths(first, 1, zone) - first) / DAY)
  // 1970-01-01 was a Thursday: three days after a Monday
  const lead = (dayNumber(first, zone) + 3) % 7
  const cells = Array.from({ length: Math.ceil((lead + count) / 7) * 7 }, (_, i) =>
    i < lead || i >= lead + count ? null : first + (i - lead) * DAY,
  )
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}
