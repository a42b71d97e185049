import type { ZoneOffset } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import { dayOfReading, extendRun, startRun, type DailySummary, type DayRun } from './daily.ts'

/** Readings summed in one transaction: a block of the main thread well under 30 ms. */
const SLICE = 4000
/** Days summed up whole in one transaction. */
const FIX_SLICE = 200

const META = 'daily_zone'
const FIRST = [-1, -1] as const
/** The zone of the daily table and, while it is being built, the last reading, then the last fix, that is in it. */
interface Progress {
  readonly zone: ZoneOffset
  readonly fixes?: boolean
  readonly after: readonly [meter: number, second: number] | null
}

export interface Rebuild {
  /** the days of the table are those of the zone; otherwise it is built anew, in the background */
  check(): void
  /** resolves when nothing is being built */
  settled(): Promise<void>
  stop(): void
}

/**
 * The daily summary counts days of the site's zone, so another zone needs another table. It is emptied and
 * filled meter by meter; a stop in between goes on at the next start.
 */
export function createRebuild(
  ctx: CoreContext,
  daily: DailySummary,
  zone: () => ZoneOffset,
  onDone: () => void,
): Rebuild {
  let running: Promise<void> | null = null
  const stopping = new AbortController()
  const progress = createProgress(ctx)
  const add = addSlice(ctx, daily)
  const addFixes = addFixSlice(ctx, daily)
  const isDone = () => {
    const found = progress.read()
    return found?.zone === zone() && found.after === null
  }
  const once = async () => {
    while (!stopping.signal.aborted && !isDone())
      await ctx.store.history.writeAlone(() => {
        const found = progress.read()
        const wanted = zone()
        const { fixes = false, after }: Progress =
          found?.zone === wanted ? found : { zone: wanted, after: progress.empty() }
        if (!after) return
        const next = fixes ? addFixes(wanted, after) : add(wanted, after)
        // what people gave counts in whole days, so that it comes last
        progress.save(
          next || fixes ? { zone: wanted, fixes, after: next } : { zone: wanted, fixes: true, after: FIRST },
        )
      })
    onDone()
  }
  const fail = (error: unknown) =>
    ctx.ports.log.error('the daily summary could not be built', { error: String(error) })
  return {
    check() {
      if (isDone()) return
      running ??= once()
        .catch(fail)
        .finally(() => void (running = null))
    },
    settled: () => running ?? Promise.resolve(),
    stop: () => stopping.abort(),
  }
}

function createProgress(ctx: CoreContext) {
  const db = ctx.store.history
  const find = db.statement<{ value: string }>('SELECT value FROM meta WHERE key = ?')
  const save = db.statement(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  return {
    read(): Progress | null {
      const row = find.get(META)
      return row ? (JSON.parse(row.value) as Progress) : null
    },
    save: (progress: Progress) => void save.run(META, JSON.stringify(progress)),
    empty(): NonNullable<Progress['after']> {
      db.sql.exec('DELETE FROM daily')
      return FIRST
    },
  }
}

/** Adds the next readings; returns the last one, null when there are no more. */
function addSlice(ctx: CoreContext, daily: DailySummary) {
  const next = ctx.store.history.statement(
    `SELECT meter, at, value FROM reading WHERE (meter, at) > (?, ?) ORDER BY meter, at LIMIT ${SLICE}`,
  )
  return (zone: ZoneOffset, after: NonNullable<Progress['after']>): Progress['after'] => {
    const rows = next.arrays(...after) as [number, number, number][]
    let run: DayRun | null = null
    for (const [meter, at, value] of rows) {
      const day = dayOfReading(at, zone)
      if (run?.meter === meter && run.day === day) {
        extendRun(run, at, value)
        continue
      }
      if (run) daily.rebuild(run)
      run = startRun(meter, day, at, value)
    }
    if (run) daily.rebuild(run)
    const last = rows.at(-1)
    return last && rows.length === SLICE ? [last[0], last[1]] : null
  }
}

/** Sums up again the days of the next fixes, by the readings that count. */
function addFixSlice(ctx: CoreContext, daily: DailySummary) {
  const next = ctx.store.history.statement(
    `SELECT meter, at FROM reading_fix WHERE (meter, at) > (?, ?) ORDER BY meter, at LIMIT ${FIX_SLICE}`,
  )
  return (zone: ZoneOffset, after: NonNullable<Progress['after']>): Progress['after'] => {
    const rows = next.arrays(...after) as [number, number][]
    for (const [meter, at] of rows) daily.recompute(meter, dayOfReading(at, zone))
    const last = rows.at(-1)
    return last && rows.length === FIX_SLICE ? [last[0], last[1]] : null
  }
}
