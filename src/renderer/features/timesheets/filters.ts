import { addMonths, DAY, formatDay, parseDateTime, startOfMonth, type ZoneOffset } from '#shared/time.ts'
import type { FilterValues } from '../../ui/filters.ts'
import { GROUPS, UNITS, type Grouping, type Unit } from './grid.ts'

export interface Wanted {
  /** epoch ms; `to` exclusive */
  readonly from: number
  readonly to: number
  readonly unit: Unit
  readonly group: Grouping
  readonly decimal: boolean
}

/** What the address asks for; without it the running month by day, a line a worker. */
export function wantedOf(values: FilterValues, now: number, zone: ZoneOffset): Wanted {
  const first = startOfMonth(now, zone)
  const from = parsed(values['from'], zone) ?? first
  const last = parsed(values['to'], zone)
  const to = last === null ? Math.max(addMonths(first, 1, zone), from + DAY) : last + DAY
  return {
    from,
    to: to > from ? to : from + DAY,
    unit: UNITS.find((one) => one === values['unit']) ?? 'day',
    group: GROUPS.find((one) => one === values['group']) ?? 'user',
    decimal: values['as'] === 'decimal',
  }
}

const parsed = (text: string | undefined, zone: ZoneOffset) =>
  text === undefined ? null : parseDateTime(text, zone)

/** `yyyy-MM` of the address, or the running month. */
export function monthOf(text: string | undefined, now: number, zone: ZoneOffset): string {
  return text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : formatDay(now, zone).slice(0, 7)
}

/** So many months on. */
export function stepMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const count = year * 12 + number - 1 + by
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}
