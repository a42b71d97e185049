import { DAY, HOUR, type ZoneOffset } from '#shared/time.ts'
import { chance } from '../hash.ts'
import type { DemoMeter, Kind } from './meters.ts'

/** Days since 1970 between which registers run: 2020-01-01 to 2045. */
const FIRST_DAY = 18_262
const DAYS = 9200
/** How much of a step chance may move; below 1, so that a register never falls. */
const DAY_PLAY = 0.8
const HOUR_PLAY = 0.5

const HOURS: Readonly<Record<Kind, readonly number[]>> = {
  electricity: [3, 2, 2, 2, 2, 2, 3, 4, 5, 5, 5, 6, 6, 5, 5, 5, 5, 6, 7, 8, 8, 8, 7, 5],
  water: [1, 1, 1, 1, 1, 2, 5, 7, 5, 3, 3, 5, 6, 4, 3, 3, 4, 6, 6, 6, 8, 9, 7, 3],
}

/** What counts: all that a register is computed from. */
export type Counter = Pick<DemoMeter, 'index' | 'kind' | 'perDay' | 'base' | 'resetDay'> &
  Partial<Pick<DemoMeter, 'digits'>>

interface Curve {
  /** usage of each day as a multiple of the average day */
  readonly weight: Float64Array
  /** all usage before each day */
  readonly sum: Float64Array
}

const YEAR = 365.2425
/** First day of the year, counted since 1970, that holds `day`. */
const yearStart = (day: number): number => {
  const start = Math.ceil(Math.floor(day / YEAR) * YEAR)
  return start <= day ? start : Math.ceil((Math.floor(day / YEAR) - 1) * YEAR)
}
/** Day of the year, 0–365. */
export const dayOfYear = (day: number): number => day - yearStart(day)

function dayCurve(cooled: boolean): Curve {
  const weight = new Float64Array(DAYS)
  const sum = new Float64Array(DAYS)
  for (let i = 0; i < DAYS; i++) {
    weight[i] = dayWeight(FIRST_DAY + i, cooled)
    if (i > 0) sum[i] = (sum[i - 1] ?? 0) + (weight[i - 1] ?? 0)
  }
  return { weight, sum }
}

/** Vacations from mid January to the end of February and from mid July to the end of August; weekends; seasons. */
function dayWeight(day: number, cooled: boolean): number {
  const of = dayOfYear(day)
  const vacation = (of >= 15 && of <= 58) || (of >= 195 && of <= 240)
  const weekday = (day + 4) % 7
  const weekend = weekday === 0 || weekday === 6 ? 0.85 : 1
  const season = cooled ? 1 + 0.35 * Math.cos((of / 365) * 4 * Math.PI) : 1
  return (vacation ? 0.22 : 1) * weekend * season
}

function hourCurve(kind: Kind): Curve {
  const total = HOURS[kind].reduce((a, b) => a + b, 0)
  const weight = Float64Array.from([...HOURS[kind], HOURS[kind][0] ?? 0], (w) => w / total)
  const sum = new Float64Array(25)
  for (let h = 1; h < 25; h++) sum[h] = (sum[h - 1] ?? 0) + (weight[h - 1] ?? 0)
  return { weight, sum }
}

const DAY_CURVES: Readonly<Record<Kind, Curve>> = { electricity: dayCurve(true), water: dayCurve(false) }
const HOUR_CURVES: Readonly<Record<Kind, Curve>> = {
  electricity: hourCurve('electricity'),
  water: hourCurve('water'),
}

/**
 * The running total of one meter at the start of a day. Chance moves a day's own boundary by less than the
 * day's usage, so the total is a function of (seed, meter, day) alone and still only ever grows.
 */
export function totalAtDay(seed: number, meter: Counter, day: number): number {
  const curve = DAY_CURVES[meter.kind]
  const i = Math.min(Math.max(day - FIRST_DAY, 0), DAYS - 1)
  const play = DAY_PLAY * chance(seed, meter.index, day) * (curve.weight[i] ?? 0)
  return meter.perDay * ((curve.sum[i] ?? 0) + play)
}

function totalAtHour(seed: number, meter: Counter, day: number, hour: number): number {
  const from = totalAtDay(seed, meter, day)
  if (hour === 0) return from
  const curve = HOUR_CURVES[meter.kind]
  const play = HOUR_PLAY * chance(seed, meter.index, day * 24 + hour) * (curve.weight[hour] ?? 0)
  const share = hour === 24 ? 1 : Math.min((curve.sum[hour] ?? 0) + play, 1)
  return from + (totalAtDay(seed, meter, day + 1) - from) * share
}

/** The register as it counts from its first day on, without exchanges. */
function totalAt(seed: number, meter: Counter, at: number, zone: ZoneOffset): number {
  const local = at + zone
  const day = Math.floor(local / DAY)
  const hour = Math.floor((local - day * DAY) / HOUR)
  const part = (local - day * DAY - hour * HOUR) / HOUR
  const from = totalAtHour(seed, meter, day, hour)
  return part === 0 ? from : from + (totalAtHour(seed, meter, day, hour + 1) - from) * part
}

/** The last day on or before `day` on which the meter was exchanged; null for most meters. */
function lastReset(meter: Counter, day: number): number | null {
  if (meter.resetDay === null) return null
  const start = yearStart(day)
  const thisYear = start + meter.resetDay
  return thisYear <= day ? thisYear : yearStart(start - 1) + meter.resetDay
}

/** What the meter shows at an instant, in hundredths. */
export function registerAt(seed: number, meter: Counter, at: number, zone: ZoneOffset): number {
  const total = totalAt(seed, meter, at, zone)
  const reset = lastReset(meter, Math.floor((at + zone) / DAY))
  if (reset === null) return shown(Math.floor((meter.base + total) * 100), meter.digits ?? null)
  return Math.floor(Math.max(total - totalAtDay(seed, meter, reset), 0) * 100)
}

/** What fits the wheels of the register. */
const shown = (hundredths: number, digits: number | null): number =>
  digits === null ? hundredths : hundredths % (100 * 10 ** digits)

/** `34690` → `346.90` */
export function formatRegister(hundredths: number): string {
  const rest = hundredths % 100
  return `${(hundredths - rest) / 100}.${rest < 10 ? '0' : ''}${rest}`
}
