import { DAY, HOUR, SECOND, type ZoneOffset } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import { dayOfReading, dayStartSecond } from './daily.ts'
import { LEAST_JUMP_DAY, NEIGHBOURS } from './events.ts'
import type { Tallies } from './tallies.ts'

const DAY_S = DAY / SECOND
const HOUR_S = HOUR / SECOND
/** Days with readings on each side of one that somebody decided about, or where the register fell, stay whole. */
const BESIDE = NEIGHBOURS + 1
/** Readings that stay of a day: its first, the last of that hour, its last. */
const MOST_LEFT = 3
/** Days of one meter that are thinned in one go: some thousand rows at most. */
const WINDOW = 20
/** Days that are read at once to find those beside. */
const REACH = 10
/** As many times the day before: it may be a jump, which is told by the readings of its day. */
const TIMES_BEFORE = 3

/** How far a thinning went: the next meter, and the first of its days that was not looked at. */
export interface ThinCursor {
  readonly meter: number
  readonly day: number
}
export interface Thinned {
  readonly next: ThinCursor | null
  readonly readings: number
  readonly thinned: number
  readonly left: number
}

/**
 * Readings older than a day, of which only the first and the last of each day stay: usage of days and months is
 * made of those, so that it is the same afterwards, and hours become gaps. The last of the first hour stays too: it
 * follows midnight, so that its usage could be told otherwise, and wrongly. A day stays whole where something is
 * noted of a reading: that one stays, and an hour in which it stood alone would have a part of its usage. So it does
 * where the register fell or may have jumped, where people decided or entered anything, and on the days beside it,
 * since falls are told apart by their neighbours (meters/events.ts).
 */
export interface Thinning {
  /** inside `history.writeAlone`: the next days, until `until` on the monotonic clock */
  step(cursor: ThinCursor, beforeDay: number, until: number): Thinned
  /** counts what `step` would take, and changes nothing */
  look(cursor: ThinCursor, beforeDay: number, until: number): Thinned
  /** first day with readings, as epoch ms; null: there are none */
  oldest(): number | null
  /** the highest key of a meter: how far a cursor goes */
  last(): number
  /** after the last step: screens ask again */
  done(): void
}

interface Row {
  readonly day: number
  readonly first: number
  readonly last: number
  readonly lastAt: number
  readonly readings: number
  readonly fell: number
}

export interface ThinParts {
  readonly tallies: Tallies
  zone(): ZoneOffset
  onChange(): void
}

export function createThinning(ctx: CoreContext, parts: ThinParts): Thinning {
  const { history } = ctx.store
  const { clock } = ctx.ports
  const { zone } = parts
  const meters = history.statement<{ id: number }>('SELECT id FROM meter WHERE id >= ? ORDER BY id LIMIT 1')
  const last = history.statement<{ id: number | null }>('SELECT max(id) AS id FROM meter')
  const first = history.statement<{ day: number | null }>('SELECT min(day) AS day FROM daily')
  const days = createDays(ctx, zone)
  const writer = createWriter(ctx, zone)
  const firstDay = () => first.get()?.day ?? null
  const walk = (take: (meter: number, row: Row) => number) => {
    return (cursor: ThinCursor, beforeDay: number, until: number): Thinned => {
      let { meter, day } = cursor
      const sum = { readings: 0, thinned: 0, left: 0 }
      const begin = firstDay()
      do {
        const found = begin === null || begin >= beforeDay ? undefined : meters.get(meter)
        if (begin === null || !found) return { next: null, ...sum }
        const from = Math.max(found.id === meter ? day : begin, begin)
        const to = Math.min(from + WINDOW, beforeDay)
        for (const { row, whole } of days(found.id, from, to)) {
          const gone = whole ? 0 : take(found.id, row)
          if (whole) sum.left++
          if (gone > 0) sum.thinned++
          sum.readings += gone
        }
        meter = to < beforeDay ? found.id : found.id + 1
        day = to < beforeDay ? to : begin
      } while (clock.monotonic() <= until)
      return { next: { meter, day }, ...sum }
    }
  }
  const removing = walk(writer.take)
  return {
    look: walk(writer.count),
    step(cursor, beforeDay, until) {
      const result = removing(cursor, beforeDay, until)
      parts.tallies.removed(result.readings)
      return result
    },
    oldest() {
      const day = firstDay()
      return day === null ? null : dayStartSecond(day, zone()) * SECOND
    },
    last: () => last.get()?.id ?? 0,
    done: parts.onChange,
  }
}

interface Day {
  readonly row: Row
  readonly whole: boolean
}

/** Days of one meter in [from, to) that have more readings than stay, each with whether it stays whole. */
function createDays(ctx: CoreContext, zone: () => ZoneOffset) {
  const around = createAround(ctx)
  const told = createTold(ctx, zone)
  const noted = createNoted(ctx, zone)
  return (meter: number, from: number, to: number): Day[] => {
    const all = around(meter, from, to)
    if (all.length === 0) return []
    const whole = new Set<number>()
    const notes = noted(meter, from, to)
    const keep = (first: number, last: number) => {
      for (let i = first - BESIDE; i <= last + BESIDE; i++) whole.add(i)
    }
    for (const i of all.keys()) if (isUneven(all, i)) keep(i, i)
    for (const [first, last] of told(meter)) {
      // of a span between two days with readings, the days on both sides of it
      const begin = all.findIndex(({ day }) => day >= first)
      const end = all.findLastIndex(({ day }) => day <= last)
      keep(begin < 0 ? all.length : begin, end)
    }
    return all.flatMap((row, i) =>
      row.readings > MOST_LEFT && row.day >= from && row.day < to
        ? [{ row, whole: whole.has(i) || notes.has(row.day) }]
        : [],
    )
  }
}

const COLUMNS = 'd.day, d.first_value AS first, d.last_value AS last, d.last_at AS lastAt, d.readings, d.fell'

/** The days in [from, to), with more than BESIDE days that have readings on each side; nothing where nothing is. */
function createAround({ store: { history } }: CoreContext) {
  const rows = history.statement<Row>(
    `WITH RECURSIVE days (day) AS (SELECT ? UNION ALL SELECT day + 1 FROM days WHERE day < ?)
     SELECT ${COLUMNS} FROM days CROSS JOIN daily d ON d.day = days.day AND d.meter = ?`,
  )
  const span = history.statement<{ first: number | null; last: number | null }>(
    'SELECT (SELECT min(day) FROM daily) AS first, (SELECT max(day) FROM daily) AS last',
  )
  return (meter: number, from: number, to: number): Row[] => {
    const inside = rows.all(from, to - 1, meter)
    if (inside.every(({ readings }) => readings <= MOST_LEFT)) return []
    const { first, last } = span.get() ?? {}
    let before: Row[] = []
    for (let end = from - 1; before.length <= BESIDE + 1 && end >= (first ?? from); end -= REACH)
      before = [...rows.all(end - REACH + 1, end, meter), ...before]
    const after: Row[] = []
    for (let begin = to; after.length <= BESIDE && begin <= (last ?? to); begin += REACH)
      after.push(...rows.all(begin, begin + REACH - 1, meter))
    return [...before, ...inside, ...after]
  }
}

/** The register fell on this day or up to it, or the day may be told as a jump (more than isJump says). */
function isUneven(rows: readonly Row[], i: number): boolean {
  const row = rows[i]
  const before = rows[i - 1]
  if (!row || row.fell) return true
  if (!before) return false
  const used = perDay(before, row)
  if (used < 0 || row.first < before.last) return true
  const earlier = rows[i - 2]
  return used >= LEAST_JUMP_DAY && (!earlier || used >= TIMES_BEFORE * perDay(earlier, before))
}

const perDay = (before: Row, row: Row) =>
  (row.last - before.last) / Math.max(1, (row.lastAt - before.lastAt) / DAY_S)

/** Spans of days about which something was decided, entered or found. */
function createTold({ store: { site, history } }: CoreContext, zone: () => ZoneOffset) {
  const found = history.statement(
    `SELECT from_at, to_at FROM usage_event WHERE meter = ?
     UNION ALL SELECT at, at FROM reading_fix WHERE meter = ?`,
  )
  const name = history.statement<{ source: string; device_id: string; table_no: string }>(
    'SELECT source, device_id, table_no FROM meter WHERE id = ?',
  )
  const decided = site.statement(
    `SELECT coalesce(from_at, at), at FROM meter_decision WHERE source = ? AND device_id IN (?, ?)
     UNION ALL SELECT at, at FROM camera_review WHERE source = ? AND table_no = ?`,
  )
  return (meter: number): [number, number][] => {
    const { source = '', device_id: device = '', table_no: number = '' } = name.get(meter) ?? {}
    const spans = [
      ...found.arrays(meter, meter),
      ...decided.arrays(source, device, number, source, number),
    ] as [number, number][]
    return spans.map(([from, to]) => [dayOfReading(from, zone()), dayOfReading(to, zone())])
  }
}

/** Days in [from, to) with a reading of which something is noted. */
function createNoted({ store: { history } }: CoreContext, zone: () => ZoneOffset) {
  const notes = history.statement<{ at: number }>(
    'SELECT at FROM reading_note WHERE meter = ? AND at > ? AND at <= ?',
  )
  return (meter: number, from: number, to: number): ReadonlySet<number> => {
    const rows = notes.all(meter, dayStartSecond(from, zone()), dayStartSecond(to, zone()))
    return new Set(rows.map(({ at }) => dayOfReading(at, zone())))
  }
}

/** Readings between the first and the last of a day, but for one more. */
const BETWEEN = 'FROM reading WHERE meter = ? AND at > ? AND at < ? AND at <> ?'

function createWriter({ store: { history } }: CoreContext, zone: () => ZoneOffset) {
  const ends = history.statement<{ first: number | null; last: number | null }>(
    'SELECT min(at) AS first, max(at) AS last FROM reading WHERE meter = ? AND at > ? AND at <= ?',
  )
  const remove = history.statement(`DELETE ${BETWEEN}`)
  const count = history.statement<{ n: number }>(`SELECT count(*) AS n ${BETWEEN}`)
  const fewer = history.statement('UPDATE daily SET readings = readings - ? WHERE day = ? AND meter = ?')
  const upTo = (meter: number, start: number, end: number) => ends.get(meter, start, end)
  const staying = (meter: number, { day }: Row): [number, number, number, number] => {
    const start = dayStartSecond(day, zone())
    const { first, last } = upTo(meter, start, start + DAY_S) ?? {}
    const hourEnd = start + Math.ceil(((first ?? start) - start) / HOUR_S) * HOUR_S
    return [meter, first ?? 0, last ?? 0, upTo(meter, start, hourEnd)?.last ?? 0]
  }
  return {
    count: (meter: number, row: Row) => count.get(...staying(meter, row))?.n ?? 0,
    take(meter: number, row: Row): number {
      const { changes } = remove.run(...staying(meter, row))
      if (changes > 0) fewer.run(changes, row.day, meter)
      return changes
    },
  }
}
