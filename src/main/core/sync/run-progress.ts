import type { WindowEnd } from './fetch-window.ts'
import type { Run } from './run.ts'
import type { WindowKey } from './windows.ts'

/** Says on the screen which page of what is being read. */
export const pageStep =
  ({ job }: Run, code: string, about: Record<string, unknown> = {}) =>
  (progress: { page: number; rows: number; total: number | null }) =>
    job.step(code, { ...about, ...progress })

/** Counts a window that was fetched completely. */
export function countWindow({ job, tally, parts }: Run, key: WindowKey, end: WindowEnd): void {
  tally.done++
  tally.windows++
  tally.rows += end.rows
  tally.quarantined += end.quarantined
  job.progress(tally.done, tally.total)
  if (end.unstable) job.report('warning', 'unstable', { dataset: key.dataset, from: key.from, to: key.to })
  parts.changed()
}
