import type { ReportFilter } from '#shared/contract/reports.ts'
import { REPORT_DEFAULTS } from '#shared/report-defaults.ts'
import { SitedeskError } from '#shared/errors.ts'
import { DAY, nextBucket, startOfBucket, startOfDay, type ZoneOffset } from '#shared/time.ts'

export interface Span {
  readonly from: number
  /** exclusive */
  readonly to: number
}

/** Whole days shown until somebody chooses. */
const DAYS = 31

/** The span of a filter in whole days, or whole months where it goes by months. */
export function spanOf(
  { from, to, bucket = REPORT_DEFAULTS.bucket }: ReportFilter,
  now: number,
  zone: ZoneOffset,
): Span {
  const today = startOfDay(now, zone)
  const first = startOfBucket(from ?? (to ?? today) - DAYS * DAY, bucket, zone)
  const end = to ?? Math.max(today, first + DAY)
  const last = startOfBucket(end - 1, bucket, zone)
  if (last < first)
    throw new SitedeskError('INVALID_INPUT', 'to: must be after from.', {
      issues: [{ path: 'to', message: 'must be after from' }],
    })
  return { from: first, to: nextBucket(last, bucket, zone) }
}
