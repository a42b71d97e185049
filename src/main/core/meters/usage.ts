import type { Checked, Output } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import {
  dayNumber,
  HOUR,
  nextBucket,
  SECOND,
  startOfBucket,
  startOfMonth,
  type Bucket,
  type ZoneOffset,
} from '#shared/time.ts'
import type { Clock } from '../ports.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { dayStartSecond } from './daily.ts'
import type { Effective } from './effective.ts'
import { markedMonths, markedSteps, type BucketEnd, type Marks } from './marks.ts'
import { createDayReader, type AcceptDay } from './usage-days.ts'
import { usageRows } from './usage-rows.ts'
import { MonthUsage, StepUsage, type Register, type UsageTable } from './usage-tables.ts'

/** A meter whose usage is asked: its key and its public id. */
export interface UsageMeter {
  readonly key: number
  readonly id: string
}

/** Meters × buckets of one answer; a screen or a script asks for less, or in parts. */
export const MOST_USAGE_ROWS = 500_000
/** Work on the main thread between two turns of the event loop, ms. */
const BLOCK_MS = 15

export interface UsageRange {
  /** epoch ms; the bucket that holds `from` is the first */
  readonly from: number
  readonly to: number
}

export type Usage = ReturnType<typeof createUsage>

/** Where usage comes from beside the daily summary. */
export interface UsageSources {
  readonly clock: Clock
  readonly effective: Effective
  readonly marks: Marks
  zone(): ZoneOffset
}

export function createUsage(db: HistoryDatabase, sources: UsageSources) {
  const { clock, zone } = sources
  const breathe = breather(clock)
  const parts: Parts = { db, days: createDayReader(db, breathe), breathe, ...sources }
  const hours = hourUsage(parts)
  const months = monthUsage(parts, clock)
  const days = (meters: readonly UsageMeter[], starts: readonly number[]) =>
    dayUsage(parts, meters, dayNumber(starts[0] ?? 0, zone()), starts.length)
  const table = async (meters: readonly UsageMeter[], range: UsageRange, bucket: Bucket) => {
    const starts = bucketStarts(range, bucket, zone())
    if (starts.length * meters.length > MOST_USAGE_ROWS) throw tooMany(meters.length, starts.length)
    if (bucket === 'day') return { table: await days(meters, starts), starts }
    const found = bucket === 'hour' ? hours(meters, starts) : months(meters, starts, zone())
    return { table: await found, starts }
  }
  return {
    /** usage per day in plain arrays, for totals */
    days,
    /** usage per bucket in plain arrays, with where the buckets begin */
    table,
    async rows(
      meters: readonly UsageMeter[],
      range: UsageRange,
      bucket: Bucket,
    ): Promise<Pick<Output<'meters.usage'>, 'rows' | 'coverage'>> {
      const found = await table(meters, range, bucket)
      return usageRows(
        found.table,
        meters.map((meter) => meter.id),
        found.starts,
      )
    },
  }
}

export type UsageInput = Checked<'meters.usage'>

function bucketStarts(range: UsageRange, bucket: Bucket, zone: ZoneOffset): number[] {
  const starts: number[] = []
  let at = startOfBucket(range.from, bucket, zone)
  while (at < range.to && starts.length <= MOST_USAGE_ROWS) {
    starts.push(at)
    at = nextBucket(at, bucket, zone)
  }
  return starts
}

const tooMany = (meters: number, buckets: number) =>
  new SitedeskError(
    'INVALID_INPUT',
    `${meters} meters in ${buckets} buckets are more than ${MOST_USAGE_ROWS} rows; ask for a shorter time or fewer meters.`,
    { meters, buckets, most: MOST_USAGE_ROWS },
  )

interface Parts extends UsageSources {
  readonly db: HistoryDatabase
  readonly days: ReturnType<typeof createDayReader>
  breathe(): Promise<void> | undefined
}

/** Lets the event loop turn when the block has lasted long enough. */
export function breather(clock: Clock): () => Promise<void> | undefined {
  let since = clock.monotonic()
  return () => {
    if (clock.monotonic() - since < BLOCK_MS) return undefined
    return clock.yield().then(() => void (since = clock.monotonic()))
  }
}

/** Slot of each key, -1 for meters nobody asked for; keys are small integers. */
function slotsOf(meters: readonly UsageMeter[]): Int32Array {
  const highest = meters.reduce((most, { key }) => Math.max(most, key), 0)
  const slots = new Int32Array(highest + 1).fill(-1)
  meters.forEach((meter, slot) => void (slots[meter.key] = slot))
  return slots
}

async function dayUsage(
  parts: Parts,
  meters: readonly UsageMeter[],
  firstDay: number,
  count: number,
): Promise<UsageTable> {
  const usage = new StepUsage(meters.length, count)
  const slots = slotsOf(meters)
  const accept: AcceptDay = (day, meter, first, last) => {
    const slot = slots[meter] ?? -1
    if (slot >= 0) usage.accept(slot, day - firstDay, first ?? last, last, first === null)
  }
  const keys = meters.map((meter) => meter.key)
  const asked = { firstDay: firstDay - 1, lastDay: firstDay + count - 1 }
  if (count === 0) return usage.table
  await parts.days({ keys, ...asked, times: false }, accept)
  const marks = marksOf(parts, keys, dayStarts(parts, firstDay - 1, firstDay + count))
  for (const [slot, key] of keys.entries()) {
    const own = marks.get(key)
    if (!own) continue
    const ends: BucketEnd[] = []
    await parts.days({ keys: [key], ...asked, times: true }, (day, meter, _first, value, at) => {
      if (meter === key) ends.push({ bucket: day - firstDay, value, at })
    })
    markedSteps(usage.table, slot, ends, own)
  }
  return usage.table
}

const dayStarts = ({ zone }: Parts, from: number, to: number): [number, number] => [
  dayStartSecond(from, zone()),
  dayStartSecond(to, zone()),
]

const marksOf = ({ marks }: Parts, keys: readonly number[], [from, to]: readonly [number, number]) =>
  marks.of(keys, from, to)

function hourUsage(parts: Parts) {
  const { effective } = parts
  const step = HOUR / SECOND
  return async (meters: readonly UsageMeter[], starts: readonly number[]): Promise<UsageTable> => {
    const usage = new StepUsage(meters.length, starts.length)
    const start = (starts[0] ?? 0) / SECOND
    const range = [start - step, start + starts.length * step] as const
    // A reading exactly on the hour is the register at the end of the hour before.
    const hourOf = (at: number) => Math.floor((at - 1 - start) / step)
    const keys = meters.map(({ key }) => key)
    const marks = marksOf(parts, keys, range)
    for (const [slot, key] of keys.entries()) {
      const rows = effective.between(key, ...range)
      const own = marks.get(key)
      if (own) markedSteps(usage.table, slot, hourEnds(rows, hourOf), own)
      else acceptHours(usage, slot, rows, hourOf)
      await parts.breathe()
    }
    return usage.table
  }
}

/** The last reading of each hour. */
export function hourEnds(
  rows: readonly (readonly [number, number])[],
  hourOf: (at: number) => number,
): BucketEnd[] {
  const ends: BucketEnd[] = []
  for (const [at, value] of rows) {
    const bucket = hourOf(at)
    if (ends.at(-1)?.bucket === bucket) ends.pop()
    ends.push({ bucket, at, value })
  }
  return ends
}

function acceptHours(
  usage: StepUsage,
  slot: number,
  rows: readonly (readonly [number, number])[],
  hourOf: (at: number) => number,
): void {
  let hour = Number.NaN
  let first = 0
  let last = 0
  let fell = false
  for (const [at, value] of rows) {
    const own = hourOf(at)
    if (own === hour) {
      fell ||= value < last
    } else {
      if (!Number.isNaN(hour)) usage.accept(slot, hour, first, last, fell)
      hour = own
      first = value
      fell = false
    }
    last = value
  }
  if (!Number.isNaN(hour)) usage.accept(slot, hour, first, last, fell)
}

function monthUsage(parts: Parts, clock: Clock) {
  const before = (key: number, at: number): Register | null => parts.effective.upTo(key, at, 1)[0] ?? null
  return async (
    meters: readonly UsageMeter[],
    starts: readonly number[],
    zone: ZoneOffset,
  ): Promise<UsageTable> => {
    const first = starts[0] ?? 0
    const end = nextBucket(starts.at(-1) ?? first, 'month', zone)
    const ends = [...starts.slice(1), end].map((at) => Math.min(at, clock.now()) / SECOND)
    const bases = meters.map(({ key }) => before(key, first / SECOND))
    const seconds = starts.map((at) => at / SECOND)
    const usage = new MonthUsage(bases, seconds, ends)
    const firstDay = dayNumber(first, zone)
    const lastDay = dayNumber(end, zone) - 1
    const monthOf = monthsOfDays(starts, firstDay, lastDay, zone)
    const slots = slotsOf(meters)
    const accept: AcceptDay = (day, meter, first, value, at) => {
      const slot = slots[meter] ?? -1
      if (slot >= 0)
        usage.accept(slot, monthOf[day - firstDay] ?? 0, first ?? value, { at, value }, first === null)
    }
    const keys = meters.map((meter) => meter.key)
    if (starts.length === 0) return usage.finish()
    await parts.days({ keys, firstDay, lastDay, times: true }, accept)
    const table = usage.finish()
    const earliest = bases.reduce((least, base) => Math.min(least, base?.at ?? least), first / SECOND)
    const marks = marksOf(parts, keys, [earliest, end / SECOND])
    for (const [slot, key] of keys.entries()) {
      const own = marks.get(key)
      if (!own) continue
      const rows: BucketEnd[] = []
      await parts.days({ keys: [key], firstDay, lastDay, times: true }, (day, meter, _first, value, at) => {
        if (meter === key) rows.push({ bucket: monthOf[day - firstDay] ?? 0, value, at })
      })
      markedMonths(table, slot, { base: bases[slot] ?? null, rows, starts: seconds, ends }, own)
    }
    return table
  }
}

function monthsOfDays(
  starts: readonly number[],
  firstDay: number,
  lastDay: number,
  zone: ZoneOffset,
): Int32Array {
  const indexOf = new Map(starts.map((start, index) => [start, index]))
  return Int32Array.from({ length: lastDay - firstDay + 1 }, (_, i) => {
    const noon = ((firstDay + i) * 24 + 12) * HOUR - zone
    return indexOf.get(startOfMonth(noon, zone)) ?? 0
  })
}
