import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Output } from '#shared/contract/index.ts'
import type { WatchKind } from '#shared/contract/water.ts'
import { formatDecimal, neededDigits, parseDecimal } from '#shared/decimal.ts'
import { DAY, HOUR, SECOND, startOfDay, type ZoneOffset } from '#shared/time.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import type { Meters } from '../meters/index.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { Freshness } from './freshness.ts'

type Row = Output<'water.watch'>['rows'][number]

interface Meter {
  readonly id: number
  readonly device_code: string
  readonly house: string
  readonly user: string
  /** epoch seconds */
  readonly at: number | null
  readonly value: number | null
}

export interface Reading {
  /** epoch ms */
  readonly at: number
  readonly value: number
}

/** What a series says; null: it cannot be told from it. */
export interface Finding {
  readonly found: boolean
  /** m³ an hour × 10 000, or the register */
  readonly value: number
  readonly at: number
  readonly count: number
}

const DAYS: Readonly<Record<WatchKind, number>> = { silent: 3, battery: 0, night: 7, continuous: 2, zero: 30 }
/** Below this share of the middle battery one is low: its unit is not known (W-20). */
const LOW_SHARE = 0.85
/** Meters looked at before others may use the thread. */
const AT_ONCE = 50

const METERS = `SELECT m.id, m.device_id AS device_code, m.house, m.user_name AS user, l.at, l.value FROM meter m
  LEFT JOIN latest l ON l.meter = m.id WHERE m.source = 'water' ORDER BY m.device_id`
const BATTERY = `SELECT json_extract(body, '$.battery_voltage') AS battery, at FROM water_record
  WHERE dataset = 'readings' AND device_code = ? ORDER BY at DESC LIMIT 1`

interface WatchParts {
  readonly ctx: CoreContext
  readonly state: Freshness
  readonly readings: Meters['effective']
  zone(): ZoneOffset
}

type WatchHandlers = Pick<AreaHandlers<'water'>, 'water.watch' | 'water.watchCounts'>

/** Meters that want looking at, from the readings that count: what people put right is judged as they put it. */
export function createWatch({ ctx, state, readings, zone }: WatchParts): WatchHandlers {
  const db = ctx.store.history
  const judge = judges(ctx, readings, zone)
  return {
    'water.watch': async (_, { kind, days = DAYS[kind], below, offset = 0, limit = DEFAULT_LIMIT }) => {
      const meters = db.statement<Meter>(METERS).all()
      const result =
        kind === 'battery'
          ? batteries(db, meters, below)
          : { ...(await judge(meters, kind, days * DAY)), below: null }
      return {
        total: result.rows.length,
        rows: result.rows.slice(offset, offset + limit),
        judged: result.judged,
        below: result.below,
        asOf: state.completeAt('water', 'readings'),
      }
    },
    'water.watchCounts': async () => {
      const meters = db.statement<Meter>(METERS).all()
      const silent = await judge(meters, 'silent', DAYS.silent * DAY)
      return { silent: silent.rows.length, battery: batteries(db, meters, undefined).rows.length }
    },
  }
}

/** How each kind reads what it judges of one meter: a month of hourly values is 720 rows, only what counts is read. */
function readers(readings: WatchParts['readings'], zone: () => ZoneOffset) {
  /** of [from, to], epoch ms */
  const series = (meter: number, from: number, to: number): Reading[] =>
    readings
      .between(meter, Math.floor(from / SECOND) - 1, Math.floor(to / SECOND))
      .map(([at, value]) => ({ at: at * SECOND, value }))
  const ends = (meter: number, from: number, to: number): Reading[] => {
    const [first, last] = [Math.floor(from / SECOND), Math.floor(to / SECOND)]
    return [...readings.after(meter, first - 1, 1), ...readings.upTo(meter, last, 1)]
      .filter(({ at }) => at >= first && at <= last)
      .map(({ at, value }) => ({ at: at * SECOND, value }))
  }
  return {
    night: (meter: number, from: number, to: number) =>
      nightsOf(from, to, zone()).flatMap((night) => series(meter, night.from, night.to)),
    continuous: series,
    zero: ends,
  }
}

function judges(ctx: CoreContext, readings: WatchParts['readings'], zone: () => ZoneOffset) {
  const readingsOf = readers(readings, zone)
  const { clock } = ctx.ports
  return async (meters: readonly Meter[], kind: Exclude<WatchKind, 'battery'>, span: number) => {
    const now = clock.now()
    const rows: { row: Row; rank: number }[] = []
    let judged = 0
    for (const [i, meter] of meters.entries()) {
      if (i % AT_ONCE === AT_ONCE - 1) await clock.yield()
      const finding =
        kind === 'silent'
          ? silent(meter, now, span)
          : JUDGES[kind](readingsOf[kind](meter.id, now - span, now), span, zone())
      if (finding) judged++
      if (finding?.found) rows.push({ row: rowOf(meter, kind, finding), rank: rankOf(kind, finding) })
    }
    rows.sort((a, b) => b.rank - a.rank)
    return { rows: rows.map(({ row }) => row), judged }
  }
}

/** the longest silent first, else the largest flow */
const rankOf = (kind: WatchKind, { at, value }: Finding) =>
  kind === 'silent' || kind === 'zero' ? -at : value

function rowOf(meter: Meter, kind: WatchKind, { value, at, count }: Finding): Row {
  return {
    ...named(meter),
    value: kind === 'silent' ? null : formatDecimal(value, neededDigits(value, 2)),
    at: at === 0 ? null : at,
    count: at === 0 ? null : count,
  }
}

const named = ({ device_code, user, house }: Meter) => ({
  meterId: `water:${device_code}`,
  device_code,
  username: user,
  house_number: house,
})

function silent({ at, value }: Meter, now: number, span: number): Finding {
  const last = (at ?? 0) * SECOND
  return { found: last < now - span, value: value ?? 0, at: last, count: Math.floor((now - last) / DAY) }
}

const NIGHT = { from: 2 * HOUR, to: 5 * HOUR }
/** hours of a night that must be seen */
const NIGHT_SEEN = 2 * HOUR
const MOST_NIGHTS_DRY = 0.5

/** The hours of the nights that lie between two instants. */
function nightsOf(from: number, to: number, zone: ZoneOffset): { from: number; to: number }[] {
  const first = startOfDay(from, zone)
  return Array.from({ length: Math.floor((to - first) / DAY) + 1 }, (_, i) => ({
    from: Math.max(from, first + i * DAY + NIGHT.from),
    to: Math.min(to, first + i * DAY + NIGHT.to),
  })).filter((night) => night.from <= night.to)
}

/** Water that runs between 2 and 5 o'clock in most of the nights that were seen; the least of them says how much. */
export function nightFlow(readings: readonly Reading[], _span: number, zone: ZoneOffset): Finding | null {
  const nights = Map.groupBy(
    readings.filter(({ at }) => {
      const time = at - startOfDay(at, zone)
      return time >= NIGHT.from && time <= NIGHT.to
    }),
    ({ at }) => startOfDay(at, zone),
  )
  const flows = [...nights.values()].flatMap((night) => {
    const [first, last] = [night[0], night.at(-1)]
    if (!first || !last || last.at - first.at < NIGHT_SEEN) return []
    const hours = (last.at - first.at) / HOUR
    return [{ flow: Math.round((last.value - first.value) / hours), at: last.at }]
  })
  if (flows.length === 0) return null
  const wet = flows.filter(({ flow }) => flow > 0)
  const found = wet.length > flows.length * MOST_NIGHTS_DRY
  const least = Math.min(...wet.map(({ flow }) => flow))
  return { found, value: found ? least : 0, at: wet.at(-1)?.at ?? 0, count: wet.length }
}

/** Readings must not lie farther apart to see a pause. */
const LONGEST_STEP = 2 * HOUR
const FEWEST_STEPS = 12

/** Water that never stops: no step between two readings without flow. */
export function continuousFlow(readings: readonly Reading[]): Finding | null {
  const steps = readings.slice(1).flatMap((reading, i) => {
    const before = readings[i]
    if (!before || reading.at - before.at > LONGEST_STEP) return []
    return [Math.round((reading.value - before.value) / ((reading.at - before.at) / HOUR))]
  })
  if (steps.length < FEWEST_STEPS) return null
  const least = Math.min(...steps)
  return { found: least > 0, value: least, at: readings.at(-1)?.at ?? 0, count: steps.length }
}

/** A register that stands still although it is read over half of the span at least. */
export function zeroUse(readings: readonly Reading[], span: number): Finding | null {
  const [first, last] = [readings[0], readings.at(-1)]
  if (!first || !last || last.at - first.at < span / 2) return null
  const days = Math.round((last.at - first.at) / DAY)
  return { found: last.value === first.value, value: last.value, at: last.at, count: days }
}

const JUDGES = { night: nightFlow, continuous: continuousFlow, zero: zeroUse } as const

export interface BatteryShare {
  readonly meterId: string
  readonly name: string
  /** of the middle battery */
  readonly percent: number
}

/** The batteries of all meters beside the middle one, slice by slice. */
export async function* batteryShares({ store, ports }: CoreContext): AsyncGenerator<BatteryShare> {
  const db = store.history
  const latest = db.statement<{ battery: string | null; at: number | null }>(BATTERY)
  const known: { meter: Meter; value: number }[] = []
  for (const [i, meter] of db.statement<Meter>(METERS).all().entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await ports.clock.yield()
    const value = parseDecimal(latest.get(meter.device_code)?.battery)?.scaled
    if (value !== undefined) known.push({ meter, value })
  }
  const middle = middleOf(known.map(({ value }) => value))
  for (const { meter, value } of known)
    if (middle > 0)
      yield {
        meterId: `water:${meter.device_code}`,
        name: [meter.device_code, meter.house].filter((part) => part !== '').join(' '),
        percent: Math.floor((value * 100) / middle),
      }
}

const middleOf = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

function batteries(db: HistoryDatabase, meters: readonly Meter[], asked: string | undefined) {
  const latest = db.statement<{ battery: string | null; at: number | null }>(BATTERY)
  const known = meters.flatMap((meter) => {
    const row = latest.get(meter.device_code)
    const value = parseDecimal(row?.battery)?.scaled
    return row && value !== undefined ? [{ meter, value, text: String(row.battery), at: row.at }] : []
  })
  const middle = middleOf(known.map(({ value }) => value))
  const bound = parseDecimal(asked)?.scaled ?? Math.round((middle * LOW_SHARE) / 100) * 100
  const rows = known
    .filter(({ value }) => value < bound)
    .toSorted((a, b) => a.value - b.value)
    .map(({ meter, text, at }): Row => ({ ...named(meter), value: text, at, count: 1 }))
  return { rows, judged: known.length, below: formatDecimal(bound, neededDigits(bound)) }
}
