/** Copies of the last hours, all kept: a quarter of an hour apart. */
const NEWEST = 8
const DAYS = 10
const MONTHS = 12
const MIGRATIONS = 2

/** `…/site.20261122T021452Z.scheduled.db` */
const NAME = /\.(\d{8})T(\d{6})Z\.(scheduled|migration)\.db$/

/**
 * Which backups of site.db may go: kept are the newest few, the newest of each of the last ten days and twelve
 * months that have one (UTC, as in the names), and two from before migrations. A name that is not ours is kept.
 */
export function toPrune(paths: readonly string[]): string[] {
  const ours = paths
    .flatMap((path) => {
      const m = NAME.exec(path)
      return m ? [{ path, day: m[1] ?? '', stamp: `${m[1]}${m[2]}`, migration: m[3] === 'migration' }] : []
    })
    .toSorted((a, b) => (a.stamp < b.stamp ? 1 : -1))
  const kept = new Set([
    ...ours.slice(0, NEWEST),
    ...newestOfEach(ours, ({ day }) => day, DAYS),
    ...newestOfEach(ours, ({ day }) => day.slice(0, 6), MONTHS),
    ...ours.filter(({ migration }) => migration).slice(0, MIGRATIONS),
  ])
  return ours.filter((backup) => !kept.has(backup)).map(({ path }) => path)
}

/** The first (newest) of each of the first `count` groups. */
function newestOfEach<T>(newestFirst: readonly T[], group: (one: T) => string, count: number): T[] {
  const first = new Map<string, T>()
  for (const one of newestFirst) if (!first.has(group(one))) first.set(group(one), one)
  return [...first.values()].slice(0, count)
}

/** When a backup was made, epoch ms; null for a name that is not ours. */
export function madeAt(path: string): number | null {
  const m = NAME.exec(path)
  if (!m) return null
  const [date, time] = [m[1] ?? '', m[2] ?? '']
  const at = Date.parse(
    `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`,
  )
  return Number.isNaN(at) ? null : at
}
