import { formatDay, HOUR, MINUTE, DAY, parseDateTime, type ZoneOffset } from '#shared/time.ts'
import { SitedeskError } from '#shared/errors.ts'

/** Asked for around a day: clocks differ, and a sale of midnight is listed under either date. */
export const MARGIN_MS = HOUR
/** A record may appear this long after its sale ended; both clocks may differ by as much (F-25, F-32). */
export const SETTLE_MS = 5 * MINUTE

export interface DaySpan {
  readonly day: string
  readonly from: number
  /** exclusive */
  readonly to: number
}

/** A calendar day of the site. */
export function spanOf(day: string, zone: ZoneOffset): DaySpan {
  const from = parseDateTime(day, zone)
  if (from === null || formatDay(from, zone) !== day)
    throw new SitedeskError('INVALID_INPUT', `day: ${day} is no day of the calendar.`, { day })
  return { day, from, to: from + DAY }
}
