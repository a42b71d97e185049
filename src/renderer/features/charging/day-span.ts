import { DAY, formatDay, parseDateTime, startOfDay, type ZoneOffset } from '#shared/time.ts'
import type { FilterValues } from '../../ui/filters.ts'

/** Days as people mean them, both ends included, as the core takes a span. */
export function daySpan(values: FilterValues, zone: ZoneOffset): { from?: number; to?: number } {
  const from = values['from'] ? parseDateTime(values['from'], zone) : null
  const to = values['to'] ? parseDateTime(values['to'], zone) : null
  return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to: to + DAY }) }
}

/** The first of the last seven days, today the last of them: `yyyy-MM-dd`. */
export const weekBefore = (now: number, zone: ZoneOffset): string =>
  formatDay(startOfDay(now, zone) - 6 * DAY, zone)
