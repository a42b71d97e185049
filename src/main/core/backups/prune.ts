import { parseName } from './names.ts'

/** Copies of the last hours, all kept: a quarter of an hour apart. */
const NEWEST = 8
const DAYS = 10
const MONTHS = 12
/** made before something that could go wrong: the newest of each stay however old */
const BEFORE = 2
/** Copies of history.db kept: it is large and can be fetched again, but nobody knows for how long. */
export const HISTORY_COPIES = 2

/**
 * Which backups of site.db may go: kept are the newest few, the newest of each of the last ten days and twelve
 * months that have one (UTC, as in the names), two from before migrations and two from before restores. A name that
 * is not ours is kept.
 */
export function toPrune(paths: readonly string[]): string[] {
  const ours = paths
    .flatMap((path) => {
      const name = parseName(path)
      return name ? [{ path, ...name }] : []
    })
    .toSorted((a, b) => (a.stamp < b.stamp ? 1 : -1))
  const kept = new Set([
    ...ours.slice(0, NEWEST),
    ...newestOfEach(ours, ({ day }) => day, DAYS),
    ...newestOfEach(ours, ({ day }) => day.slice(0, 6), MONTHS),
    ...ours.filter(({ reason }) => reason === 'migration').slice(0, BEFORE),
    ...ours.filter(({ reason }) => reason === 'safety').slice(0, BEFORE),
  ])
  return ours.filter((backup) => !kept.has(backup)).map(({ path }) => path)
}

/** Which copies of history.db may go. */
export const toPruneHistory = (paths: readonly string[]): string[] =>
  paths
    .filter((path) => parseName(path) !== null)
    .toSorted()
    .toReversed()
    .slice(HISTORY_COPIES)

/** The first (newest) of each of the first `count` groups. */
function newestOfEach<T>(newestFirst: readonly T[], group: (one: T) => string, count: number): T[] {
  const first = new Map<string, T>()
  for (const one of newestFirst) if (!first.has(group(one))) first.set(group(one), one)
  return [...first.values()].slice(0, count)
}
