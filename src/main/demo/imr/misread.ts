import { DAY } from '#shared/time.ts'
import type { Calendar } from './readings.ts'
import type { DemoMeter } from './meters.ts'

/** Days from one misreading of a meter to its next. */
const EVERY_DAYS = 97
/** Days between the misreadings of neighbouring meters, so that they spread over the year. */
const APART = 13

/** Whether the day is one on which the meter was read wrongly; the next day it is right again. */
export const isMisreadOn = (meter: Pick<DemoMeter, 'index' | 'misread'>, day: number): boolean =>
  meter.misread !== null && (day + meter.index * APART) % EVERY_DAYS === 0

/** What is sent instead of what the meter shows: a digit too many, or the last one lost. Hundredths. */
export function misreading(calendar: Calendar, meter: DemoMeter, at: number, value: number): number {
  if (!isMisreadOn(meter, Math.floor((at + calendar.zone) / DAY))) return value
  return meter.misread === 'high' ? value * 10 + 3 : Math.floor(value / 10)
}
