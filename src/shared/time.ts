/**
 * Time at a site: instants are epoch milliseconds, calendars use one fixed offset (spec §6.2). Nothing here
 * reads the host's zone, so every result is the same under any TZ.
 */
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** A fixed offset from UTC in milliseconds, east positive. */
export type ZoneOffset = number

export const DEFAULT_ZONE = '+08:00'

const ZONE = /^([+-])(0\d|1[0-4]):([0-5]\d)$/

/** `+08:00` → 28 800 000; null when it is not a fixed offset. */
export function parseZone(text: string): ZoneOffset | null {
  const m = ZONE.exec(text)
  if (!m) return null
  const offset = Number(m[2]) * HOUR + Number(m[3]) * MINUTE
  return m[1] === '-' ? -offset : offset
}

export interface CalendarTime {
  readonly year: number
  /** 1–12 */
  readonly month: number
  /** 1–31 */
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

export function toCalendar(at: number, zone: ZoneOffset): CalendarTime {
  const d = new Date(at + zone)
  return {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
  }
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysIn = (year: number, month: number) =>
  month === 2 && isLeap(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0)

/** Epoch ms of a calendar time in the zone; null when the calendar has no such moment (2026-02-30). */
export function fromCalendar(c: CalendarTime, zone: ZoneOffset): number | null {
  const right =
    c.day >= 1 &&
    c.day <= daysIn(c.year, c.month) &&
    c.hour >= 0 &&
    c.hour < 24 &&
    c.minute >= 0 &&
    c.minute < 60 &&
    c.second >= 0 &&
    c.second < 60
  return right ? Date.UTC(c.year, c.month - 1, c.day, c.hour, c.minute, c.second) - zone : null
}

const two = (n: number) => (n < 10 ? `0${n}` : String(n))
const four = (n: number) => String(n).padStart(4, '0')

/** `yyyy-MM-dd HH:mm:ss`, the form of the campus and IMR systems. */
export function formatDateTime(at: number, zone: ZoneOffset): string {
  const c = toCalendar(at, zone)
  return `${formatDay(at, zone)} ${two(c.hour)}:${two(c.minute)}:${two(c.second)}`
}

/** `yyyy-MM-dd` */
export function formatDay(at: number, zone: ZoneOffset): string {
  const c = toCalendar(at, zone)
  return `${four(c.year)}-${two(c.month)}-${two(c.day)}`
}

const DATE_TIME = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?$/

/** Epoch ms of `yyyy-MM-dd[ HH:mm[:ss]]`; null for anything that is not a calendar moment (0000-00-00 …). */
export function parseDateTime(text: string, zone: ZoneOffset): number | null {
  const calendar = FULL.test(text) ? fieldsOf(text) : partsOf(text)
  return calendar && calendar.year >= 1970 ? fromCalendar(calendar, zone) : null
}

function partsOf(text: string): CalendarTime | null {
  const m = DATE_TIME.exec(text.trim())
  if (!m) return null
  const n = (i: number) => Number(m[i] ?? 0)
  return { year: n(1), month: n(2), day: n(3), hour: n(4), minute: n(5), second: n(6) }
}

const FULL = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/
const ZERO = 48
const pair = (text: string, i: number) => (text.charCodeAt(i) - ZERO) * 10 + text.charCodeAt(i + 1) - ZERO

/** Of the full form alone, which every row of a page has: a quarter of the time that groups take. */
const fieldsOf = (text: string): CalendarTime => ({
  year: pair(text, 0) * 100 + pair(text, 2),
  month: pair(text, 5),
  day: pair(text, 8),
  hour: pair(text, 11),
  minute: pair(text, 14),
  second: pair(text, 17),
})

/** Start of the calendar day that holds `at`. */
export const startOfDay = (at: number, zone: ZoneOffset) => Math.floor((at + zone) / DAY) * DAY - zone
/** Start of the calendar hour that holds `at`. */
export const startOfHour = (at: number, zone: ZoneOffset) => Math.floor((at + zone) / HOUR) * HOUR - zone

export function startOfMonth(at: number, zone: ZoneOffset): number {
  const c = toCalendar(at, zone)
  return Date.UTC(c.year, c.month - 1, 1) - zone
}

/** Same day `months` later, clamped to the end of a shorter month (spec §6.2). */
export function addMonths(at: number, months: number, zone: ZoneOffset): number {
  const c = toCalendar(at, zone)
  const first = new Date(Date.UTC(c.year, c.month - 1 + months, 1))
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  const timeOfDay = (at + zone) % DAY
  return first.getTime() + (Math.min(c.day, lastDay) - 1) * DAY + ((timeOfDay + DAY) % DAY) - zone
}

export type Bucket = 'hour' | 'day' | 'month'

export function startOfBucket(at: number, bucket: Bucket, zone: ZoneOffset): number {
  if (bucket === 'hour') return startOfHour(at, zone)
  return bucket === 'day' ? startOfDay(at, zone) : startOfMonth(at, zone)
}

export function nextBucket(start: number, bucket: Bucket, zone: ZoneOffset): number {
  if (bucket === 'hour') return start + HOUR
  return bucket === 'day' ? start + DAY : addMonths(start, 1, zone)
}

/** Days since 1970-01-01 in the zone: the key of the daily summary. */
export const dayNumber = (at: number, zone: ZoneOffset) => Math.floor((at + zone) / DAY)
export const dayStartOf = (day: number, zone: ZoneOffset) => day * DAY - zone
