import { DAY, SECOND, type ZoneOffset } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import { SCALE } from '#shared/decimal.ts'
import { dayOfReading, dayStartSecond } from './daily.ts'
import type { StoredDecision } from './decisions.ts'
import { createDirty, type DayRange, type Dirty } from './dirty.ts'
import type { Effective } from './effective.ts'
import { fallOf, isJump, NEIGHBOURS, TYPICAL_DAYS, type JumpKind, type RegisterEvent } from './events.ts'
import type { Register } from './usage-tables.ts'

const DAY_S = DAY / SECOND
/** Work on the main thread in one transaction, ms: a slice of a fetch may share its turn (performance.md, 30 ms). */
const BLOCK_MS = 3
const MOST_METERS = 2000

export interface Check {
  readonly dirty: Dirty
  /** looks for falls and jumps where days changed until now; of these meters only, if they are given */
  settled(of?: readonly number[]): Promise<void>
  /** the same in the background, when something changed */
  wake(): void
  stop(): void
}

export interface CheckParts {
  readonly effective: Effective
  zone(): ZoneOffset
  onChange(): void
}

/**
 * Keeps `usage_event`: every fall and jump of a register, parked or decided. It is found from the daily summary,
 * which says where the register fell, so that taking readings in costs nothing more (performance.md, ingest).
 */
export function createCheck(ctx: CoreContext, parts: CheckParts): Check {
  const { history } = ctx.store
  const dirty = createDirty(history, ctx.store.uncleanStop)
  const look = createLook(ctx, parts)
  const stopping = new AbortController()
  let changed = false
  let running: Promise<void> | null = null
  const slice = (of?: readonly number[]) => () => {
    const until = ctx.ports.clock.monotonic() + BLOCK_MS
    for (let i = 0; i < MOST_METERS && ctx.ports.clock.monotonic() <= until; i++) {
      const next = dirty.take(of)
      if (!next) break
      if (look(...next)) changed = true
    }
    dirty.settle()
  }
  const work = async (goesOn: () => boolean, of?: readonly number[]) => {
    try {
      while (!stopping.signal.aborted && goesOn()) await history.writeAlone(slice(of))
    } catch (error) {
      // what was taken off the list is undone with its transaction: everything is looked at again
      dirty.markAll()
      ctx.ports.log.error('falls of registers could not be looked for', { error: String(error) })
    }
    if (changed) parts.onChange()
    changed = false
  }
  const run = async () => {
    await work(() => !dirty.isClean())
    running = null
  }
  const wake = () => {
    if (!stopping.signal.aborted && !dirty.isClean()) running ??= run()
  }
  return {
    dirty,
    wake,
    stop: () => stopping.abort(),
    async settled(of) {
      if (of) return work(() => dirty.waits(of), of)
      // while a fetch brings more and more, nobody waits for its end
      const until = dirty.untilNow()
      await work(() => !dirty.isClean() && dirty.taken() < until)
    },
  }
}

interface Row {
  readonly day: number
  readonly first: number
  readonly last: number
  readonly lastAt: number
  readonly fell: number
}

interface Window {
  readonly meter: number
  /** falls at readings in (lo, hi] */
  readonly lo: number
  readonly hi: number
  /** jumps on these days */
  readonly jumps: DayRange
}

/** Looks at some days of one meter again; whether anything is otherwise than it was. */
function createLook(ctx: CoreContext, parts: CheckParts) {
  const { effective, zone } = parts
  const rowsOf = dayRows(ctx)
  const write = createWrite(ctx)
  const details = meterDetails(ctx)
  const falls = createFalls(effective, zone)
  const jumps = createJumps(ctx, effective)
  return (meter: number, [first, last]: DayRange): boolean => {
    const start = dayStartSecond(first, zone())
    const end = dayStartSecond(last + 1, zone())
    const lo = effective.upTo(meter, start, NEIGHBOURS).at(-1)?.at ?? start
    const hi = effective.after(meter, end, NEIGHBOURS).at(-1)?.at ?? end
    const window: Window = { meter, lo: lo - 1, hi, jumps: [first, last + TYPICAL_DAYS] }
    const from = Math.min(first - TYPICAL_DAYS - 1, dayOfReading(lo, zone()) - 1)
    const rows = rowsOf(meter, from, Math.max(last + TYPICAL_DAYS, dayOfReading(hi, zone())))
    const about = details(meter)
    const found = falls(window, rows, about.digits)
    const high = jumps(window, rows, about.kind, found)
    return write(window, [start, end], [...found, ...high], about.steps())
  }
}

function dayRows({ store: { history } }: CoreContext) {
  const statement = history.statement<Row>(
    `WITH RECURSIVE days (day) AS (SELECT ? UNION ALL SELECT day + 1 FROM days WHERE day < ?)
     SELECT d.day, d.first_value AS first, d.last_value AS last, d.last_at AS lastAt, d.fell
     FROM days CROSS JOIN daily d ON d.day = days.day AND d.meter = ?`,
  )
  return (meter: number, first: number, last: number) => statement.all(first, last, meter)
}

/** What is known of a meter beside its readings; decisions are only read where there is something to decide. */
function meterDetails({ store: { site, history } }: CoreContext) {
  const find = history.statement<{ source: string; device_id: string; table_no: string; kind: JumpKind }>(
    'SELECT source, device_id, table_no, kind FROM meter WHERE id = ?',
  )
  const steps = site.statement<StoredDecision>(
    `SELECT * FROM meter_decision WHERE source = ? AND device_id IN (?, ?) AND withdrawn_at IS NULL
       AND kind IN ('accept', 'rollover', 'exchange') ORDER BY entered DESC`,
  )
  const digits = site.statement<{ digits: number | null }>(
    'SELECT digits FROM meter_attribute WHERE source = ? AND device_id = ?',
  )
  return (meter: number) => {
    const { source = '', device_id = '', table_no = '', kind = 'unknown' } = find.get(meter) ?? {}
    return {
      kind,
      digits: () => digits.get(source, device_id)?.digits ?? null,
      steps: () => steps.all(source, device_id, table_no),
    }
  }
}

/** Falls of the register whose later reading lies in the window. */
function createFalls(effective: Effective, zone: () => ZoneOffset) {
  return (window: Window, rows: readonly Row[], digits: () => number | null): RegisterEvent[] => {
    const { meter, lo, hi } = window
    const found: RegisterEvent[] = []
    let before: Row | undefined
    for (const row of rows) {
      const start = dayStartSecond(row.day, zone())
      const inside = start + DAY_S > lo && start < hi
      if (inside && (row.fell || row.first < (before?.last ?? registerAt(effective, meter, start))))
        found.push(...fallsOf(effective, meter, [Math.max(start, lo), Math.min(start + DAY_S, hi)], digits))
      before = row
    }
    return found
  }
}

const registerAt = (effective: Effective, meter: number, at: number) =>
  effective.upTo(meter, at, 1)[0]?.value ?? 0

function fallsOf(
  effective: Effective,
  meter: number,
  [after, upTo]: readonly [number, number],
  digits: () => number | null,
): RegisterEvent[] {
  const found: RegisterEvent[] = []
  let last = effective.upTo(meter, after, 1)[0]?.value
  for (const [at, value] of effective.between(meter, after, upTo)) {
    if (last !== undefined && value < last) {
      const before = effective.upTo(meter, at - 1, NEIGHBOURS)
      const event = fallOf(before, effective.after(meter, at - 1, NEIGHBOURS), digits())
      if (event) found.push(event)
    }
    last = value
  }
  return found
}

/** Days that count far more than the meter ever does, where one pair of readings makes most of it. */
function createJumps(ctx: CoreContext, effective: Effective) {
  const near = createNear(ctx, effective)
  return (
    { meter, hi, jumps: [first, last] }: Window,
    rows: readonly Row[],
    kind: JumpKind,
    falls: readonly RegisterEvent[],
  ): RegisterEvent[] => {
    const found: RegisterEvent[] = []
    for (let i = 1; i < rows.length; i++) {
      const row = rows[i]
      const before = rows[i - 1]
      if (!row || !before || row.day < first || row.day > last || row.last - before.last < SCALE) continue
      const typical = rows.slice(Math.max(1, i - TYPICAL_DAYS), i)
      if (!isJump(perDay(before, row), kind, usages(typical, rows[i - typical.length - 1]))) continue
      const event = jumpOf(effective, meter, before, row)
      if (event && !near(meter, event, falls, hi)) found.push(event)
    }
    return found
  }
}

/** The jump up to a misreading, or back from one, is told with the fall on its other side. */
function createNear({ store: { history } }: CoreContext, effective: Effective) {
  const later = history.statement<Pick<RegisterEvent, 'at' | 'kind'>>(
    "SELECT at, kind FROM usage_event WHERE meter = ? AND at > ? AND at <= ? AND kind IN ('spike', 'dip')",
  )
  return (meter: number, jump: RegisterEvent, falls: readonly RegisterEvent[], hi: number): boolean => {
    const from = effective.upTo(meter, jump.beforeAt, NEIGHBOURS).at(-1)?.at ?? jump.beforeAt
    const to = effective.after(meter, jump.at, NEIGHBOURS).at(-1)?.at ?? jump.at
    return [...falls, ...later.all(meter, hi, to)].some(
      ({ at, kind }) =>
        (kind === 'spike' && at > jump.at && at <= to) ||
        (kind === 'dip' && at >= from && at <= jump.beforeAt),
    )
  }
}

const perDay = (before: Row, row: Row) =>
  (row.last - before.last) / Math.max(1, (row.lastAt - before.lastAt) / DAY_S)

/** Usage of whole days, without those on which the register fell. */
function usages(rows: readonly Row[], first: Row | undefined): number[] {
  const found: number[] = []
  let before = first
  for (const row of rows) {
    if (before && !row.fell && row.first >= before.last) found.push(perDay(before, row))
    before = row
  }
  return found
}

function jumpOf(effective: Effective, meter: number, before: Row, row: Row): RegisterEvent | null {
  let last: Register = { at: before.lastAt, value: before.last }
  let most: readonly [Register, Register] | null = null
  for (const [at, value] of effective.between(meter, before.lastAt, row.lastAt)) {
    if (!most || value - last.value > most[1].value - most[0].value) most = [last, { at, value }]
    last = { at, value }
  }
  if (!most || (most[1].value - most[0].value) * 2 < row.last - before.last) return null
  const [from, to] = most
  return {
    kind: 'jump',
    at: to.at,
    value: to.value,
    beforeAt: from.at,
    before: from.value,
    from,
    to,
    digits: null,
  }
}

const COLUMNS = `meter, at, kind, from_at, to_at, from_value, before_value, value, to_value, digits, step, decision`

/** Replaces what the window held; whether anything changed. */
function createWrite(ctx: CoreContext) {
  const { history } = ctx.store
  const mine = `meter = ? AND ((kind NOT IN ('jump', 'estimate') AND at > ? AND at <= ?)
    OR (kind IN ('jump', 'estimate') AND at > ? AND at <= ?))`
  const held = history.statement(`SELECT ${COLUMNS} FROM usage_event WHERE ${mine} ORDER BY at, kind`)
  const drop = history.statement(`DELETE FROM usage_event WHERE ${mine}`)
  const insert = history.statement(`INSERT INTO usage_event (${COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`)
  const estimates = history.statement(
    `INSERT INTO usage_event (${COLUMNS})
     SELECT meter, at, 'estimate', at, at, value, value, value, value, NULL, 0, decision FROM reading_fix
     WHERE meter = ? AND at > ? AND at <= ? AND estimated = 1 AND value IS NOT NULL`,
  )
  return (
    { meter, lo, hi }: Window,
    [start, end]: readonly [number, number],
    found: readonly RegisterEvent[],
    steps: readonly StoredDecision[],
  ): boolean => {
    const jumpsEnd = end + TYPICAL_DAYS * DAY_S
    const values = [meter, lo, hi, start, jumpsEnd]
    const before = held.arrays(...values)
    if (before.length > 0) drop.run(...values)
    for (const event of found) insert.run(...rowOf(meter, event, steps))
    estimates.run(meter, start, jumpsEnd)
    return JSON.stringify(before) !== JSON.stringify(held.arrays(...values))
  }
}

function rowOf(meter: number, event: RegisterEvent, steps: readonly StoredDecision[]) {
  const decision = steps.find((one) => (one.from_at ?? 0) <= event.beforeAt && one.at >= event.at)
  // where somebody decided, it is about the two readings that the register fell or jumped between
  const from = decision ? { at: event.beforeAt, value: event.before } : event.from
  const to = decision ? { at: event.at, value: event.value } : event.to
  return [
    meter,
    event.at,
    event.kind,
    from.at,
    to.at,
    from.value,
    event.before,
    event.value,
    to.value,
    event.digits,
    decision ? stepOf(decision, event) : null,
    decision?.id ?? null,
  ]
}

/** What is added to the difference of the two readings so that it is usage. */
export function stepOf(
  decision: Pick<StoredDecision, 'kind' | 'register_digits' | 'old_last' | 'new_first'>,
  event: Pick<RegisterEvent, 'before' | 'value'>,
): number {
  if (decision.kind === 'rollover') return 10 ** (decision.register_digits ?? 0) * SCALE
  if (decision.kind === 'exchange') return (decision.old_last ?? 0) - (decision.new_first ?? 0)
  // a register that fell for real began again at zero; one that jumped for real needs nothing
  return event.value < event.before ? event.before : 0
}
