import type { ZoneOffset } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import { dayOfReading, type DailySummary } from './daily.ts'
import type { StoredDecision } from './decisions.ts'
import type { Effective } from './effective.ts'

/** Decisions of one transaction: each sums a day up again, so that a block stays below 30 ms. */
const SLICE = 100
/** In history.db: the newest change that it follows, and that change's decision. */
const META = 'decisions'

interface Stamp {
  readonly changed: number
  readonly id: string
}

export interface Fixes {
  /** a decision was entered or withdrawn in the site.write under way: history.db follows once it is committed */
  follow(): void
  /** meters came that decisions may have waited for */
  meterCame(): void
  /** resolves when history.db follows */
  settled(): Promise<void>
  stop(): void
}

interface Parts {
  readonly effective: Effective
  readonly daily: DailySummary
  zone(): ZoneOffset
  /** falls and jumps about this reading are to be looked at again */
  touched(meter: number, day: number): void
  onDone(): void
}

/**
 * Carries decisions from site.db into history.db, one transaction after the other since the files cannot share
 * one. What is stamped there as followed must be what site.db says; otherwise (a crash between the two commits,
 * either file lost or restored) all fixes are made anew.
 */
export function createFixes(ctx: CoreContext, parts: Parts): Fixes {
  const { site, history } = ctx.store
  const stamp = createStamp(ctx)
  const work = createWork(ctx, parts, stamp)
  const stopping = new AbortController()
  // only at the start: later the stamp may name a change that was followed by another of the same decision
  let trusted = stamp.isTrue()
  let running: Promise<void> | null = null
  let again = false
  const follow = async () => {
    // what is being decided in this turn of the loop is committed before it is looked at
    await site.write(() => undefined)
    if (!trusted) await clear(ctx, parts, stamp, stopping.signal)
    trusted = true
    while (again && !stopping.signal.aborted) {
      again = false
      while (!stopping.signal.aborted && (await history.writeAlone(work.step)));
      if (work.isWaited()) await history.write(work.recheck)
    }
  }
  const run = async () => {
    try {
      await follow()
    } catch (error) {
      ctx.ports.log.error('decisions could not be applied', { error: String(error) })
    } finally {
      // at once, so that nothing is decided between the last look and this
      running = null
    }
    parts.onDone()
  }
  const wake = () => {
    again = true
    running ??= run()
  }
  if (!trusted || work.isLeft()) wake()
  return {
    follow: wake,
    meterCame() {
      if (work.came()) wake()
    },
    settled: () => running ?? Promise.resolve(),
    stop: () => stopping.abort(),
  }
}

/** What one transaction does. */
function createWork(ctx: CoreContext, parts: Parts, stamp: ReturnType<typeof createStamp>) {
  const { site } = ctx.store
  const apply = createApply(ctx, parts)
  const waiting = new Set<string>()
  let came = false
  const newer = site.statement<StoredDecision>(
    `SELECT * FROM meter_decision WHERE changed > ? ORDER BY changed LIMIT ${SLICE}`,
  )
  const ofMeter = site.statement<StoredDecision>(
    'SELECT * FROM meter_decision WHERE source = ? AND device_id = ?',
  )
  const place = (one: StoredDecision) => {
    if (!apply(one)) waiting.add(nameOf(one))
  }
  waitFor(ctx, waiting)
  return {
    isLeft: () => newer.get(stamp.read().changed) !== undefined,
    /** follows the next decisions; false when there were none */
    step(): boolean {
      const rows = newer.all(stamp.read().changed)
      for (const one of rows) place(one)
      const last = rows.at(-1)
      if (last) stamp.save(last)
      return last !== undefined
    },
    came: () => (came = waiting.size > 0),
    isWaited: () => came && waiting.size > 0,
    /** decisions whose meter may be known by now */
    recheck() {
      came = false
      const names = [...waiting]
      waiting.clear()
      for (const name of names) {
        const [source = '', deviceId = ''] = name.split('\n')
        for (const one of ofMeter.all(source, deviceId)) place(one)
      }
    },
  }
}

const nameOf = (one: Pick<StoredDecision, 'source' | 'device_id'>) => `${one.source}\n${one.device_id}`

/** At the start: decisions about meters that history.db does not know (yet). */
function waitFor(ctx: CoreContext, waiting: Set<string>): void {
  const keyOf = createKeyOf(ctx)
  const named = ctx.store.site.statement<Pick<StoredDecision, 'source' | 'device_id'>>(
    'SELECT DISTINCT source, device_id FROM meter_decision',
  )
  for (const one of named.all()) if (keyOf(one) === undefined) waiting.add(nameOf(one))
}

/** By device; a meter that was known by its number only may have got its device since (I-14). */
export function createKeyOf({ store: { history } }: CoreContext) {
  const byDevice = history.statement<{ id: number }>(
    'SELECT id FROM meter WHERE source = ? AND device_id = ?',
  )
  const byTable = history.statement<{ id: number }>(
    'SELECT id FROM meter WHERE source = ? AND table_no = ? ORDER BY active DESC, id LIMIT 1',
  )
  return ({ source, device_id: device }: Pick<StoredDecision, 'source' | 'device_id'>) =>
    (byDevice.get(source, device) ?? byTable.get(source, device))?.id
}

function createStamp({ store: { site, history } }: CoreContext) {
  const find = history.statement<{ value: string }>('SELECT value FROM meta WHERE key = ?')
  const save = history.statement(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  const known = site.statement('SELECT 1 FROM meter_decision WHERE changed = ? AND id = ?')
  const read = (): Stamp => {
    const [changed = '0', id = ''] = (find.get(META)?.value ?? '').split(' ')
    return { changed: Number(changed), id }
  }
  const any = history.statement('SELECT 1 FROM reading_fix LIMIT 1')
  return {
    read,
    save: ({ changed, id }: Stamp) => void save.run(META, `${changed} ${id}`),
    /** what was followed until now is what site.db says */
    isTrue() {
      const { changed, id } = read()
      return changed === 0 ? any.get() === undefined : known.get(changed, id) !== undefined
    },
  }
}

/** Makes one decision's instant what site.db says of it now; false where the meter is not known. */
function createApply(ctx: CoreContext, parts: Parts) {
  const { site, history } = ctx.store
  const keyOf = createKeyOf(ctx)
  const valid = site.statement<StoredDecision>(
    `SELECT * FROM meter_decision WHERE source = ? AND device_id = ? AND at = ? AND kind IN ('value', 'ignore')
       AND withdrawn_at IS NULL ORDER BY entered DESC LIMIT 1`,
  )
  const put = history.statement(
    `INSERT OR REPLACE INTO reading_fix (meter, at, value, flags, estimated, decision, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const drop = history.statement('DELETE FROM reading_fix WHERE meter = ? AND at = ?')
  const recount = createRecount(ctx, parts)
  return (one: StoredDecision): boolean => {
    const key = keyOf(one)
    if (key === undefined) return false
    if (one.kind !== 'value' && one.kind !== 'ignore') {
      parts.touched(key, dayOfReading(one.at, parts.zone()))
      return true
    }
    const found = valid.get(one.source, one.device_id, one.at)
    if (found) put.run(key, found.at, found.value, found.digits, found.estimated, found.id, found.origin)
    else drop.run(key, one.at)
    parts.effective.note(key)
    recount(key, one.at)
    return true
  }
}

/** The day and the latest value after the readings that count changed. */
function createRecount({ store: { history } }: CoreContext, { daily, zone, effective }: Parts) {
  const latest = createLatestFixed(history)
  return (key: number, at: number) => {
    daily.recompute(key, dayOfReading(at, zone()))
    if (effective.isFixed(key)) latest(key)
  }
}

/** The latest value of a meter about which people changed something; inside `history.write`. */
export function createLatestFixed(history: CoreContext['store']['history']): (meter: number) => void {
  const replace = history.statement(
    `INSERT OR REPLACE INTO latest (meter, at, value, flags)
     SELECT ?, at, value, flags FROM (
       SELECT * FROM (SELECT at, value, flags FROM reading r WHERE meter = ? AND NOT EXISTS
         (SELECT 1 FROM reading_fix f WHERE f.meter = r.meter AND f.at = r.at) ORDER BY at DESC LIMIT 1)
       UNION ALL SELECT * FROM (SELECT at, value, flags FROM reading_fix WHERE meter = ? AND value IS NOT NULL
         ORDER BY at DESC LIMIT 1)) ORDER BY at DESC LIMIT 1`,
  )
  const drop = history.statement('DELETE FROM latest WHERE meter = ?')
  return (meter) => {
    if (replace.run(meter, meter, meter).changes === 0) drop.run(meter)
  }
}

/** Takes every fix away, so that all are made anew. */
async function clear(
  ctx: CoreContext,
  parts: Parts,
  stamp: ReturnType<typeof createStamp>,
  stopping: AbortSignal,
): Promise<void> {
  const { history } = ctx.store
  const some = history.statement<{ meter: number; at: number }>(
    `SELECT meter, at FROM reading_fix ORDER BY meter, at LIMIT ${SLICE}`,
  )
  const drop = history.statement('DELETE FROM reading_fix WHERE meter = ? AND at = ?')
  const recount = createRecount(ctx, parts)
  const slice = () => {
    stamp.save({ changed: 0, id: '' })
    const rows = some.all()
    for (const { meter, at } of rows) {
      drop.run(meter, at)
      recount(meter, at)
    }
    return rows.length > 0
  }
  while (!stopping.aborted && (await history.writeAlone(slice)));
}
