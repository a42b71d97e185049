import type { MeterRow } from '#shared/contract/meters.ts'
import { dayNumber, type Bucket, type ZoneOffset } from '#shared/time.ts'
import type { HistoryDatabase } from '../store/store.ts'
import { sortedInSlices } from '../sorting.ts'
import type { Shown } from './as-of.ts'
import type { Clock } from '../ports.ts'
import { breather, type Usage, type UsageMeter, type UsageRange } from './usage.ts'
import type { UsageTable } from './usage-tables.ts'

/** A meter with what a report says of it. */
export interface FigureMeter extends UsageMeter {
  readonly tableNo: string
  readonly name: string
  readonly kind: MeterRow['kind']
  readonly place: string
  readonly house: string
  readonly user: string
}

export interface FigureFilter {
  readonly source?: string | undefined
  readonly kind?: string | undefined
  readonly place?: string | undefined
  /** part of table number, name, place, house or user */
  readonly query?: string | undefined
}

/** What reports are made of: the same figures as `meters.usage`, in plain arrays. */
export interface Figures {
  /**
   * Meters that have series, by place, house and number as people count: 2栋 before 10栋. The active ones, and
   * those retired since that have readings of a day of `range`: what they used then was used.
   */
  meters(filter: FigureFilter, range?: UsageRange): Promise<FigureMeter[]>
  places(): string[]
  usage(
    meters: readonly UsageMeter[],
    range: UsageRange,
    bucket: Bucket,
  ): Promise<{ readonly table: UsageTable; readonly starts: readonly number[] }>
  /** days with readings of every meter that has any, by its key; `to` exclusive */
  daysRead(range: UsageRange): Promise<ReadonlyMap<number, number>>
  asOf(range: UsageRange): number | null
}

interface Parts {
  readonly clock: Clock
  readonly usage: Usage
  asOf(shown: Shown): number | null
  zone(): ZoneOffset
  /** resolves when usage is what readings and decisions say */
  settled(): Promise<void>
}

const METERS = `
  SELECT id AS key, source || ':' || device_id AS id, source, table_no AS tableNo, name, kind, place, house,
    user_name AS user, active
  FROM meter WHERE source <> 'campus' AND (table_no, id) > (?, ?) ORDER BY table_no, id LIMIT ?`
/** Meters read between two looks at the clock. */
const PAGE = 2000

type Stored = FigureMeter & { readonly source: string; readonly active: 0 | 1 }

export function createFigures(db: HistoryDatabase, parts: Parts): Figures {
  const meters = db.statement<Stored>(METERS)
  const places = db.statement<{ place: string }>(
    "SELECT DISTINCT place FROM meter WHERE active = 1 AND source <> 'campus'",
  )
  const breathe = breather(parts.clock)
  const read = db.statement(`SELECT meter FROM daily WHERE day = ?`)
  const isRead = db.statement(`SELECT 1 FROM daily WHERE day = ? AND meter = ?`)
  const daysOf = ({ from, to }: UsageRange) => {
    const first = dayNumber(from, parts.zone())
    return Array.from({ length: dayNumber(to - 1, parts.zone()) - first + 1 }, (_, i) => first + i)
  }
  return {
    async meters(filter, range) {
      const isAsked = fits(filter)
      const days = range === undefined ? [] : daysOf(range)
      const wasRead = (key: number) => days.some((day) => isRead.get(day, key) !== undefined)
      const found: Stored[] = []
      for (let last: readonly [string, number] = ['', -1]; ;) {
        const page = meters.all(...last, PAGE)
        for (const meter of page.filter(isAsked)) {
          if (meter.active === 1 || wasRead(meter.key)) found.push(meter)
          if (meter.active === 0) await breathe()
        }
        const end = page.at(-1)
        if (!end || page.length < PAGE) return sorted(found, breathe)
        last = [end.tableNo, end.key]
        await breathe()
      }
    },
    places: () =>
      places
        .all()
        .map(({ place }) => place)
        .toSorted((a, b) => compare(countingKey(a), countingKey(b))),
    async usage(asked, range, bucket) {
      await parts.settled()
      return parts.usage.table(asked, range, bucket)
    },
    async daysRead(range) {
      await parts.settled()
      const counts = new Map<number, number>()
      for (const day of daysOf(range)) {
        for (const [meter] of read.arrays(day) as [number][]) counts.set(meter, (counts.get(meter) ?? 0) + 1)
        await breathe()
      }
      return counts
    },
    asOf: (range) => parts.asOf({ from: range.from, to: range.to }),
  }
}

function fits({ source, kind, place, query }: FigureFilter): (meter: Stored) => boolean {
  const text = query?.trim().toLowerCase() ?? ''
  const has = (value: string) => value.toLowerCase().includes(text)
  return (meter) =>
    (source === undefined || meter.source === source) &&
    (kind === undefined || meter.kind === kind) &&
    (place === undefined || meter.place === place) &&
    (text === '' || [meter.tableNo, meter.name, meter.place, meter.house, meter.user].some(has))
}

/** Numbers in a text by their value. */
const countingKey = (text: string) => text.replace(/\d+/g, (digits) => digits.padStart(8, '0'))
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Sorting is stable: within a house by table number. */
async function sorted(
  meters: readonly Stored[],
  breathe: () => Promise<void> | undefined,
): Promise<Stored[]> {
  const keys = new Map<string, string>()
  const keyOf = (text: string) => {
    const known = keys.get(text)
    if (known !== undefined) return known
    const key = countingKey(text)
    keys.set(text, key)
    return key
  }
  return sortedInSlices(
    meters,
    (a, b) => compare(keyOf(a.place), keyOf(b.place)) || compare(keyOf(a.house), keyOf(b.house)),
    breathe,
  )
}
