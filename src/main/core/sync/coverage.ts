import type { Source } from '#shared/contract/define.ts'
import type { Output } from '#shared/contract/index.ts'
import type { DailyDataset } from '#shared/contract/sync.ts'
import { SitedeskError } from '#shared/errors.ts'
import { DAY, dayNumber, dayStartOf, type ZoneOffset } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { WindowRow, WindowStore } from './windows.ts'

type Day = Output<'sync.coverage'>['days'][number]

/** Ten years on a screen; more is a mistake of the caller. */
const MAX_DAYS = 3700
/** Days counted in one go: 31 days of 2,000 meters are 62,000 rows, a few milliseconds. */
const SLICE_DAYS = 31

export interface CoverageRequest {
  readonly source: Source
  readonly from: number
  readonly to: number
  readonly dataset?: DailyDataset | undefined
}

/** The gap map: for every day what was fetched of it and how many readings are held. */
export async function coverage(
  ctx: Pick<CoreContext, 'ports' | 'store'>,
  windows: WindowStore,
  request: CoverageRequest,
  view: { zone: ZoneOffset; running: boolean },
): Promise<{ days: Day[] }> {
  const { source, from, to, dataset = 'readings' } = request
  const { zone } = view
  if (to - from > MAX_DAYS * DAY)
    throw new SitedeskError('INVALID_INPUT', `The span is limited to ${MAX_DAYS} days.`, { days: MAX_DAYS })
  const fetched = byDay(windows.rows(source, dataset, '', { from, to }))
  const days: Day[] = []
  const end = to <= from ? 0 : dayNumber(to - 1, zone) + 1
  for (let first = dayNumber(from, zone); first < end; first += SLICE_DAYS) {
    const last = Math.min(first + SLICE_DAYS, end)
    const counts = dataset === 'readings' ? countReadings(ctx.store.history, source, first, last) : null
    for (let day = first; day < last; day++) {
      const start = dayStartOf(day, zone)
      const row = fetched.get(start)
      days.push(toDay(start, row, counts ? (counts.get(day) ?? 0) : (row?.rows ?? 0), view.running))
    }
    await ctx.ports.clock.yield()
  }
  return { days }
}

/** Of several windows of one day the one that reaches farthest speaks for it. */
function byDay(rows: readonly WindowRow[]): Map<number, WindowRow> {
  return new Map(rows.map((row) => [row.from_at, row]))
}

function toDay(start: number, row: WindowRow | undefined, readings: number, running: boolean): Day {
  if (!row) return { day: start, state: 'missing', rows: 0, readings, fetchedAt: null }
  return {
    day: start,
    state: stateOf(row, start, running),
    rows: row.rows,
    readings,
    fetchedAt: row.updated_at,
  }
}

/** A day that is not over is open however much of it was fetched; what was cut off by a crash is partial. */
function stateOf(row: WindowRow, start: number, running: boolean): Day['state'] {
  if (row.state === 'complete') return row.to_at < start + DAY ? 'open' : 'complete'
  return row.state === 'open' && running ? 'open' : 'partial'
}

const COUNT = 'SELECT day, SUM(readings) AS n FROM daily WHERE day >= ? AND day < ? GROUP BY day'
const COUNT_OF_SOURCE = `SELECT day, SUM(readings) AS n FROM daily
  WHERE day >= ? AND day < ? AND meter IN (SELECT id FROM meter WHERE source = ?) GROUP BY day`
const ENDS = 'SELECT (SELECT MIN(source) FROM meter) AS first, (SELECT MAX(source) FROM meter) AS last'

/** Readings per day from the daily summary; the filter costs, so it is left out where there is one source. */
function countReadings(
  history: HistoryDatabase,
  source: Source,
  from: number,
  to: number,
): Map<number, number> {
  const ends = history.statement<{ first: string | null; last: string | null }>(ENDS).get()
  const alone = ends?.first === source && ends.last === source
  type Row = { day: number; n: number }
  const rows = alone
    ? history.statement<Row>(COUNT).all(from, to)
    : history.statement<Row>(COUNT_OF_SOURCE).all(from, to, source)
  return new Map(rows.map((row) => [row.day, row.n]))
}
