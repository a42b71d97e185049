import type { PreviewRow } from '#shared/contract/retention.ts'
import { RETENTION_KINDS, type RetentionKind } from '#shared/retention.ts'
import { DAY, dayNumber, type ZoneOffset } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import type { Meters, ThinCursor, Thinned } from '../meters/index.ts'
import { createRowWalk, type RowCursor, type RowWalk, type Walked } from './rows.ts'

/** Work on the main thread in one turn, ms: others may share the turn (performance.md, 30 ms). */
const BLOCK_MS = 6

/** What was counted, or taken away. */
export type Counted = Pick<PreviewRow, 'rows' | 'oldest' | 'goes' | 'days'>

/** How far a run is; throws to stop. */
export type OnSlice = (done: number, total: number | null) => void

export interface KindParts {
  readonly meters: Pick<Meters, 'thinning' | 'counts' | 'settled'>
  zone(): ZoneOffset
}

export interface Kind {
  /** the table whose size says what a row takes */
  readonly table: string
  readonly file: 'site.db' | 'history.db'
  look(before: number): Promise<Counted>
  run(before: number, onSlice: OnSlice): Promise<Counted>
}

/** Midnight of the site's day that lies `keepDays` before today: readings go by whole days. */
export const cutOff = (now: number, keepDays: number, zone: ZoneOffset) =>
  (dayNumber(now, zone) - keepDays) * DAY - zone

export function createKinds(ctx: CoreContext, parts: KindParts): ReadonlyMap<RetentionKind, Kind> {
  return new Map(
    RETENTION_KINDS.map((kind) => [
      kind,
      kind === 'readings' ? readingKind(ctx, parts) : rowKind(ctx, createRowWalk(ctx, kind)),
    ]),
  )
}

function readingKind(ctx: CoreContext, { meters, zone }: KindParts): Kind {
  const { clock } = ctx.ports
  const { thinning } = meters
  const walk = async (step: typeof thinning.look, before: number, onSlice: OnSlice, alone: boolean) => {
    // what is parked and decided is part of what stays
    await meters.settled()
    const rows = meters.counts().readings
    const oldest = thinning.oldest()
    const sum = { goes: 0, thinned: 0, left: 0 }
    const beforeDay = dayNumber(before, zone())
    const once = (from: ThinCursor): Thinned => step(from, beforeDay, clock.monotonic() + BLOCK_MS)
    for (let at: ThinCursor | null = { meter: 0, day: 0 }; at !== null;) {
      onSlice(at.meter, thinning.last())
      const from: ThinCursor = at
      const found: Thinned = alone ? await ctx.store.history.writeAlone(() => once(from)) : once(from)
      sum.goes += found.readings
      sum.thinned += found.thinned
      sum.left += found.left
      at = found.next
      await clock.yield()
    }
    return { rows, oldest, goes: sum.goes, days: { thinned: sum.thinned, left: sum.left } }
  }
  return {
    table: 'reading',
    file: 'history.db',
    look: (before) => walk(thinning.look, before, () => undefined, false),
    run: (before, onSlice) => walk(thinning.step, before, onSlice, true).finally(thinning.done),
  }
}

function rowKind(ctx: CoreContext, walk: RowWalk): Kind {
  const { clock } = ctx.ports
  const db = ctx.store[walk.file]
  const go = async (before: number, onSlice: OnSlice, alone: boolean): Promise<Counted> => {
    const sum = { rows: 0, goes: 0 }
    let oldest: number | null = null
    let at: RowCursor | null = null
    do {
      onSlice(sum.rows, null)
      const from: RowCursor | null = at
      const found: Walked = alone
        ? await db.writeAlone(() => walk.take(from, before))
        : walk.look(from, before)
      sum.rows += found.rows
      sum.goes += found.goes
      if (found.oldest !== null) oldest = Math.min(oldest ?? found.oldest, found.oldest)
      at = found.next
      await clock.yield()
    } while (at !== null)
    return { ...sum, oldest, days: null }
  }
  return {
    table: walk.table,
    file: walk.file === 'site' ? 'site.db' : 'history.db',
    look: (before) => go(before, () => undefined, false),
    run: (before, onSlice) => go(before, onSlice, true),
  }
}
