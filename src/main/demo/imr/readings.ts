import { DAY, HOUR, MINUTE, SECOND, type ZoneOffset } from '#shared/time.ts'
import type { DemoMeter } from './meters.ts'
import { hash } from '../hash.ts'
import { dayOfYear } from './register.ts'

export interface Calendar {
  readonly seed: number
  readonly zone: ZoneOffset
  /** day number (since 1970, in the zone) of the first reading */
  readonly firstDay: number
  /** day number on which the site was started */
  readonly startDay: number
}

/** One reading in so many is reported hours late (I-42). */
const LATE_EVERY = 61
/** A daily reading is taken between 23:10 and 23:55, by every fifth meter at midnight. */
const EVENING = 23 * HOUR + 10 * MINUTE
const EVENING_SPAN = 45 * 60

/** When in its slot (day or hour) a meter takes its reading. */
function offsetOf(seed: number, meter: DemoMeter): number {
  const h = hash(seed, meter.index, 21)
  if (meter.index % 5 === 0) return 0
  return meter.hourly ? (h % 600) * SECOND : EVENING + (h % EVENING_SPAN) * SECOND
}

/** Days on which a meter says nothing: it is silent since, or has a gap every year. */
function saysNothing(meter: DemoMeter, day: number, calendar: Calendar): boolean {
  if (day < calendar.firstDay) return true
  if (meter.silentDays !== null && day >= calendar.startDay - meter.silentDays) return true
  if (meter.gap === null) return false
  const of = dayOfYear(day)
  return of >= meter.gap.from && of < meter.gap.from + meter.gap.days
}

/** Milliseconds from the reading to the moment the vendor has it. */
function delayOf(seed: number, meter: DemoMeter, slot: number): number {
  const h = hash(seed, meter.index * 31 + 5, slot)
  return h % LATE_EVERY === 0 ? (3 + ((h >>> 8) % 36)) * HOUR : MINUTE
}

/** Calls `visit` with the time of every reading from ≤ at ≤ to that the vendor has by `now`, ascending. */
export function eachReading(
  calendar: Calendar,
  meter: DemoMeter,
  range: { from: number; to: number; now: number },
  visit: (at: number) => void,
): void {
  const { seed, zone } = calendar
  const step = meter.hourly ? HOUR : DAY
  const offset = offsetOf(seed, meter)
  const last = Math.min(range.to, range.now)
  for (let slot = Math.ceil((range.from + zone - offset) / step); ; slot++) {
    const at = slot * step - zone + offset
    if (at > last) return
    if (saysNothing(meter, Math.floor((at + zone) / DAY), calendar)) continue
    if (at + delayOf(seed, meter, slot) <= range.now) visit(at)
  }
}

/** How far back the latest reading is looked for. */
const LOOK_BACK_DAYS = 60

/** The newest reading the vendor has by `now`; null for a meter without any. */
export function latestReading(calendar: Calendar, meter: DemoMeter, now: number): number | null {
  const silentSince = calendar.startDay - (meter.silentDays ?? 0)
  const end = meter.silentDays === null ? now : Math.min(now, silentSince * DAY - calendar.zone)
  for (let days = 3; days <= LOOK_BACK_DAYS; days *= 4) {
    const seen: number[] = []
    eachReading(calendar, meter, { from: end - days * DAY, to: end, now }, (at) => void seen.push(at))
    const newest = seen.at(-1)
    if (newest !== undefined) return newest
  }
  return null
}

/** Marks of a row that was garbled on its way: once a year for a few meters (F-23). */
export const isGarbled = (calendar: Calendar, meter: DemoMeter, at: number): boolean => {
  if (meter.badDay === null) return false
  const local = at + calendar.zone
  if (dayOfYear(Math.floor(local / DAY)) !== meter.badDay) return false
  return !meter.hourly || Math.floor(local / HOUR) % 24 === 12
}
