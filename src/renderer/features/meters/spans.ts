import {
  addMonths,
  DAY,
  formatDay,
  nextBucket,
  parseDateTime,
  startOfBucket,
  startOfDay,
  startOfMonth,
  type Bucket,
  type ZoneOffset,
} from '#shared/time.ts'

/** Spans a person asks for by name; `custom` carries its own days in the URL. */
export const QUICK_SPANS = ['7d', '31d', 'month', 'lastMonth', 'year', '12m', 'custom'] as const
export type QuickSpan = (typeof QUICK_SPANS)[number]

/** from ≤ at < to, epoch ms, both on midnights of the site's zone. */
export interface Span {
  readonly from: number
  /** exclusive */
  readonly to: number
}

/** Hours of more than a quarter are too narrow to see and cost more rows than they tell. */
export const LONGEST_HOURLY = 93 * DAY
/** Ten years: what a custom span may hold. */
export const LONGEST_SPAN = 3660 * DAY

/** A named span; those that run until now end with today, whose bucket is still running. */
export function quickSpan(name: Exclude<QuickSpan, 'custom'>, now: number, zone: ZoneOffset): Span {
  const tomorrow = startOfDay(now, zone) + DAY
  const month = startOfMonth(now, zone)
  switch (name) {
    case '7d':
      return { from: tomorrow - 7 * DAY, to: tomorrow }
    case '31d':
      return { from: tomorrow - 31 * DAY, to: tomorrow }
    case 'month':
      return { from: month, to: tomorrow }
    case 'lastMonth':
      return { from: addMonths(month, -1, zone), to: month }
    case 'year':
      return { from: startOfYear(now, zone), to: tomorrow }
    default:
      return { from: addMonths(tomorrow, -12, zone), to: tomorrow }
  }
}

/** Days as a person names them, the last one included; null when they are no days or stand the wrong way round. */
export function customSpan(first: string, last: string, zone: ZoneOffset): Span | null {
  const from = parseDateTime(first, zone)
  const lastDay = parseDateTime(last, zone)
  if (from === null || lastDay === null || lastDay < from) return null
  const span = { from: startOfDay(from, zone), to: startOfDay(lastDay, zone) + DAY }
  return span.to - span.from > LONGEST_SPAN ? null : span
}

/** First and last day of a span, the last one included. */
export const daysOf = (span: Span, zone: ZoneOffset) => ({
  first: formatDay(span.from, zone),
  last: formatDay(span.to - 1, zone),
})

/** Buckets that can be asked for: hours only of spans short enough to read. */
export const bucketAllowed = (bucket: Bucket, span: Span) =>
  bucket !== 'hour' || span.to - span.from <= LONGEST_HOURLY

/** What a span is shown by until somebody chooses: bars that stay wide enough to read. */
export function defaultBucket(span: Span): Bucket {
  const days = (span.to - span.from) / DAY
  if (days <= 2) return 'hour'
  return days <= 400 ? 'day' : 'month'
}

/** The span widened to whole buckets, so that a month asked for is a whole month. */
export const alignSpan = (span: Span, bucket: Bucket, zone: ZoneOffset): Span => ({
  from: startOfBucket(span.from, bucket, zone),
  to: nextBucket(startOfBucket(span.to - 1, bucket, zone), bucket, zone),
})

/** Starts of every bucket of a span that has begun by `now`; nothing is asked of the future. */
export function bucketsOf(span: Span, bucket: Bucket, now: number, zone: ZoneOffset): number[] {
  const starts: number[] = []
  const aligned = alignSpan(span, bucket, zone)
  for (let at = aligned.from; at < aligned.to && at <= now; at = nextBucket(at, bucket, zone)) starts.push(at)
  return starts
}

/** Start of the bucket that still counts, which a chart shows lighter. */
export const runningBucket = (bucket: Bucket, now: number, zone: ZoneOffset) =>
  startOfBucket(now, bucket, zone)

function startOfYear(at: number, zone: ZoneOffset): number {
  const month = startOfMonth(at, zone)
  return addMonths(month, -(Number(formatDay(month, zone).slice(5, 7)) - 1), zone)
}
