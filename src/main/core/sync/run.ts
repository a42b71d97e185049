import { dataset, type Dataset } from '#shared/contract/sync.ts'
import { instant, source } from '#shared/contract/define.ts'
import { SitedeskError } from '#shared/errors.ts'
import { z } from '#shared/z.ts'
import type { Job, JobRunner } from '../jobs/index.ts'
import type { Meters } from '../meters/index.ts'
import type { Settings } from '../settings/index.ts'
import type { Upstreams } from '../upstream/index.ts'
import type { ImrClient } from '../upstream/types.ts'
import { endOf, runOneDataset, type Unfinished } from './run-dataset.ts'
import { runHistory, planRun } from './run-history.ts'
import { runScan } from './run-scan.ts'
import { DATASETS } from './datasets.ts'
import type { FetchParts } from './fetch-window.ts'
import type { HistoryPlan } from './plans.ts'
import type { StateStore } from './state.ts'

export interface SyncParts extends FetchParts {
  readonly settings: Settings
  readonly upstreams: Upstreams
  readonly meters: Meters
  readonly state: StateStore
  /** tells the screens that the gap map changed, coalesced */
  readonly changed: () => void
}

export const syncSpec = z.object({
  source,
  dataset: dataset.optional(),
  from: instant.optional(),
  to: instant.optional(),
})
export type SyncSpec = z.infer<typeof syncSpec>

/** What of the past is fetched, and up to which frozen instant (F-18, F-25). */
export interface History {
  readonly windowEnd: number
  readonly plan: HistoryPlan
}

/** What one run of a job knows and counts. */
export interface Run {
  readonly parts: SyncParts
  readonly client: ImrClient
  readonly job: Job
  readonly spec: SyncSpec
  history: History
  readonly tally: { done: number; total: number; windows: number; rows: number; quarantined: number }
}

/** The job behind `sync.start`: catalogue, latest readings, history, each as far as it goes (F-17). */
export function syncRunner(parts: SyncParts): JobRunner {
  return async (job) => {
    const spec = syncSpec.parse(job.spec)
    const client = parts.upstreams.imr()
    if (!client)
      throw new SitedeskError('NOT_CONFIGURED', 'The IMR system is not set up yet.', { source: 'imr' })
    const run = openRun(parts, client, job, spec)
    const wanted = spec.dataset ? [spec.dataset] : DATASETS.imr
    const failures: unknown[] = []
    try {
      for (const which of wanted) {
        const end = await runDataset(run, which)
        if (end) failures.push(end.error)
      }
      if (failures.length === 0 && !spec.dataset && !isRestricted(spec))
        await parts.state.wholeComplete(spec.source, parts.ctx.ports.clock.now())
    } finally {
      summarize(run)
      parts.changed()
    }
    return endOf(failures)
  }
}

function openRun(parts: SyncParts, client: ImrClient, job: Job, spec: SyncSpec): Run {
  const tally = { done: 0, total: 0, windows: 0, rows: 0, quarantined: 0 }
  const run = { parts, client, job, spec, tally, history: planRun(parts, job, spec) }
  setTotal(run)
  return run
}

/** The end of the run as far as it can be seen now. */
function setTotal({ spec, history, tally, job }: Run): void {
  const has = (which: Dataset) => spec.dataset === undefined || spec.dataset === which
  const { windows, alreadyDone } = history.plan
  tally.total = (['catalogue', 'latest'] as const).filter(has).length
  if (has('readings')) tally.total += windows.length + alreadyDone
  job.progress(tally.done, tally.total)
}

export const isRestricted = (spec: SyncSpec) => spec.from !== undefined || spec.to !== undefined

/** Null when complete. Throws what ends the whole run: the account, the store, the stop. */
function runDataset(run: Run, which: Dataset): Promise<Unfinished | null> {
  const isHistory = which === 'readings'
  return runOneDataset({ ...run.parts, job: run.job, source: run.spec.source }, which, {
    async work() {
      if (!isHistory) {
        run.job.step(which, { page: 1 })
        return runScan(run, which === 'latest' ? which : 'catalogue')
      }
      beginHistory(run)
      return runHistory(run)
    },
    completeTo: () => (isHistory ? run.history.windowEnd : null),
    partOnly: isHistory && isRestricted(run.spec),
  })
}

/** By now the vendor's clock is known from its other answers, and the windows end before it (F-25). */
function beginHistory(run: Run): void {
  run.history = planRun(run.parts, run.job, run.spec)
  run.tally.done += run.history.plan.alreadyDone
  setTotal(run)
}

function summarize({ job, tally }: Run): void {
  job.report('info', 'windowsDone', { count: tally.windows })
  job.report('info', 'rows', { count: tally.rows })
  if (tally.quarantined > 0) job.report('warning', 'quarantined', { count: tally.quarantined })
}
