import type { Source } from '#shared/contract/index.ts'
import type { Dataset } from '#shared/contract/sync.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { Tallies } from './tallies.ts'

/** What an answer shows: some sources, and where it matters one meter and a range. */
export interface Shown {
  readonly source?: Source
  /** of several meters; neither: all sources that have active meters */
  readonly sources?: readonly Source[]
  readonly tableNo?: string
  /** not the readings but these */
  readonly dataset?: Dataset
  /** epoch ms, `to` exclusive; neither: as everything stands now */
  readonly from?: number
  readonly to?: number
}

const SOURCES: readonly Source[] = ['imr', 'campus', 'water']
/** The row of a source that was complete as a whole. */
const WHOLE = '*'

interface Span {
  readonly from: number
  readonly to: number
}

/**
 * As of when the data shown was fetched, epoch ms. Of a range: the last complete run of its dataset, if any of
 * the range was ever asked for, or the windows that cover it where they are newer. Of things as they stand: the
 * last complete run that brings them. Until there was one, the last rows that came. Of several sources the oldest.
 * Null only when nothing of it came yet.
 */
export function createAsOf(db: HistoryDatabase, tallies: Tallies): (shown: Shown) => number | null {
  const complete = createComplete(db)
  const windows = createWindows(db)
  const ofCampus = createCampus(db)
  const withMeters = createWithMeters(db)
  const ofRange = (source: Source, span: Span, { tableNo, dataset }: Shown) => {
    const which = dataset ?? 'readings'
    const asked = windows(source, which, tableNo, span)
    const whole = asked.any ? complete(source, dataset ? [which] : [WHOLE, which]) : 0
    const found = Math.max(whole, asked.coveredAt(whole)) || asked.newest
    if (found > 0 || dataset) return found
    // readings that came with the latest ones, before the first window
    const came = tallies.fetchedAt(source) ?? 0
    return came >= span.from && came < span.to ? came : 0
  }
  const standing = (source: Source, { tableNo, dataset }: Shown) => {
    const always = { from: 0, to: Number.MAX_SAFE_INTEGER }
    const which = dataset ?? 'readings'
    const own = tableNo === undefined ? 0 : windows(source, which, tableNo, always, 'own').newest
    const found = Math.max(own, complete(source, dataset ? [which] : [WHOLE, which, 'latest']))
    const until = () => windows(source, which, undefined, always).newest || (tallies.fetchedAt(source) ?? 0)
    return found || until() || complete(source, ['catalogue'])
  }
  const ofSource = (source: Source, shown: Shown) => {
    if (source === 'campus') return ofCampus(shown)
    const { from, to } = shown
    return from === undefined || to === undefined
      ? standing(source, shown)
      : ofRange(source, { from, to }, shown)
  }
  const involved = ({ source, sources, from }: Shown) =>
    source
      ? [source]
      : // the campus platform gives no series
        (sources ?? withMeters(SOURCES.filter((one) => one !== 'campus' || from === undefined)))
  return (shown) => {
    const found = involved(shown)
      .map((source) => ofSource(source, shown))
      .filter((at) => at > 0)
    return found.length === 0 ? null : Math.min(...found)
  }
}

/** Those that have active meters; where none has, those that have any. */
function createWithMeters(db: HistoryDatabase) {
  const active = db.statement('SELECT 1 FROM meter WHERE source = ? AND active = 1 LIMIT 1')
  const any = db.statement('SELECT 1 FROM meter WHERE source = ? LIMIT 1')
  return (sources: readonly Source[]): readonly Source[] => {
    const found = sources.filter((source) => active.get(source))
    return found.length > 0 ? found : sources.filter((source) => any.get(source))
  }
}

/** When any of these datasets was last complete; 0: never. */
function createComplete(db: HistoryDatabase) {
  const statement = db.statement<{ dataset: string; at: number }>(
    'SELECT dataset, last_complete_at AS at FROM sync_state WHERE source = ? AND last_complete_at IS NOT NULL',
  )
  return (source: Source, datasets: readonly string[]): number =>
    Math.max(
      0,
      ...statement
        .all(source)
        .filter(({ dataset }) => datasets.includes(dataset))
        .map(({ at }) => at),
    )
}

interface StoredWindow extends Span {
  readonly state: string
  readonly rows: number
  readonly at: number
}

interface Asked {
  /** some of the range was asked for, whatever came of it */
  readonly any: boolean
  /** when rows of the range last came; 0: none did */
  readonly newest: number
  /** of the newest complete windows of each part the oldest, or `known` if a part is as old; 0: none is complete */
  coveredAt(known: number): number
}

function createWindows(db: HistoryDatabase) {
  const statement = db.statement<StoredWindow>(
    `SELECT from_at AS "from", to_at AS "to", state, rows, updated_at AS at FROM sync_window
     WHERE source = ? AND dataset = ? AND scope IN (?, ?) AND from_at < ? AND to_at > ? ORDER BY updated_at DESC`,
  )
  return (source: Source, dataset: Dataset, tableNo = '', span: Span, scope?: 'own'): Asked => {
    const found = statement.all(source, dataset, scope ? tableNo : '', tableNo, span.to, span.from)
    return {
      any: found.length > 0,
      newest: found.find(({ state, rows }) => state === 'complete' || rows > 0)?.at ?? 0,
      coveredAt: (known) => coveredAt(found, known),
    }
  }
}

/** `windows`: the newest first. */
function coveredAt(windows: readonly StoredWindow[], known: number): number {
  const newer: StoredWindow[] = []
  for (const one of windows) {
    if (newer.some(({ from, to }) => from <= one.from && to >= one.to)) continue
    if (one.at <= known) return known
    if (one.state === 'complete') newer.push(one)
  }
  return newer.at(-1)?.at ?? 0
}

/** A campus meter is known as of when the card of its room came. */
function createCampus(db: HistoryDatabase) {
  const cards = db.statement<{ at: number | null }>(
    "SELECT max(seen_at) AS at FROM meter WHERE source = 'campus' AND table_no = ?",
  )
  const all = db.statement<{ at: number | null }>(
    `SELECT coalesce((SELECT last_complete_at FROM sync_state WHERE source = 'campus' AND dataset = 'meters'),
       (SELECT max(seen_at) FROM meter WHERE source = 'campus')) AS at`,
  )
  return ({ tableNo }: Shown): number => (tableNo === undefined ? all.get() : cards.get(tableNo))?.at ?? 0
}
