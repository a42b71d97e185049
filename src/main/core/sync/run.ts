import { dataset, type Dataset } from '#shared/contract/sync.ts'
import { instant, source } from '#shared/contract/define.ts'
import { SitedeskError } from '#shared/errors.ts'
import { z } from '#shared/z.ts'
import type { Job, JobRunner } from '../jobs/index.ts'
import type { Meters } from '../meters/index.ts'
import type { Settings } from '../settings/index.ts'
import type { Upstreams } from '../upstream/index.ts'
import type { ImrClient } from '../upstream/types.ts'
import { clockBehind } from './clocks.ts'
import { endOf, runOneDataset, type Unfinished } from './run-dataset.ts'
import { runHistory, planRun } from './run-history.ts'
import { runScan } from './run-scan.ts'
import { DATASETS } from './datasets.ts'
import type { FetchParts } from './fetch-window.ts'
import { isWindowed, notSwitchedOn, windowDataset, type WindowDataset } from './imr-datasets.ts'
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
  /** by dataset that has a past */
  readonly histories: Map<Dataset, History>
  readonly tally: { done: number; total: number; windows: number; rows: number; quarantined: number }
}

/** The job behind `sync.start`: catalogue, latest readings, what has a past, each as far as it goes (F-17). */
export function syncRunner(parts: SyncParts): JobRunner {
  return async (job) => {
    const spec = syncSpec.parse(job.spec)
    const client = parts.upstreams.imr()
    if (!client)
      throw new SitedeskError('NOT_CONFIGURED', 'The IMR system is not set up yet.', { source: 'imr' })
    const run = openRun(parts, client, job, spec)
    const wanted = wantedOf(parts, spec)
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
  const histories = new Map(
    wantedOf(parts, spec)
      .filter(isWindowed)
      .map((which) => [which, planRun(parts, job, spec, which)]),
  )
  const run = { parts, client, job, spec, tally, histories }
  setTotal(run)
  return run
}

/** What was asked for; of a whole run what is switched on. */
function wantedOf(parts: SyncParts, { dataset: one }: SyncSpec): readonly Dataset[] {
  const isOn = (which: Dataset) => !isWindowed(which) || windowDataset(which).isOn(parts)
  if (one === undefined) return DATASETS.imr.filter(isOn)
  if (!isOn(one)) throw notSwitchedOn(one)
  return [one]
}

/** The end of the run as far as it can be seen now. */
function setTotal({ parts, spec, histories, tally, job }: Run): void {
  const plans = [...histories.values()].map(({ plan }) => plan.windows.length + plan.alreadyDone)
  const scans = wantedOf(parts, spec).filter((which) => !isWindowed(which)).length
  tally.total = plans.reduce((sum, n) => sum + n, scans)
  job.progress(tally.done, tally.total)
}

export const isRestricted = (spec: SyncSpec) => spec.from !== undefined || spec.to !== undefined

/** Null when complete. Throws what ends the whole run: the account, the store, the stop. */
function runDataset(run: Run, which: Dataset): Promise<Unfinished | null> {
  return isWindowed(which) ? runWindows(run, windowDataset(which)) : runWhole(run, which)
}

const partsOf = ({ parts, job, spec }: Run) => ({ ...parts, job, source: spec.source })

/** Catalogue and latest readings: they have no past. */
function runWhole(run: Run, which: Dataset): Promise<Unfinished | null> {
  return runOneDataset(partsOf(run), which, {
    work() {
      run.job.step(which, { page: 1 })
      return runScan(run, which === 'latest' ? which : 'catalogue')
    },
    completeTo: () => null,
    partOnly: false,
  })
}

async function runWindows(run: Run, dataset: WindowDataset): Promise<Unfinished | null> {
  const { which, optional } = dataset
  let windowEnd: number | null = null
  const before = run.tally.done
  const end = await runOneDataset(partsOf(run), which, {
    async work() {
      const history = beginHistory(run, which)
      windowEnd = history.windowEnd
      const unfinished = await runHistory(run, dataset, history.plan.windows)
      return unfinished ?? clockBehind(partsOf(run), { dataset: which, to: run.spec.to })
    },
    completeTo: () => windowEnd,
    partOnly: isRestricted(run.spec),
    optional,
  })
  if (end === null) leaveOutRest(run, which, run.tally.done - before)
  return end
}

/** By now the vendor's clock is known from its other answers, and the windows end before it (F-25). */
function beginHistory(run: Run, which: Dataset): History {
  const history = planRun(run.parts, run.job, run.spec, which)
  run.histories.set(which, history)
  run.tally.done += history.plan.alreadyDone
  setTotal(run)
  return history
}

/** What an endpoint that is not there would have had to answer is no longer counted (I-44). */
function leaveOutRest(run: Run, which: Dataset, done: number): void {
  const history = run.histories.get(which)
  if (!history) return
  const plan = { windows: [], alreadyDone: done }
  run.histories.set(which, { ...history, plan })
  setTotal(run)
}

function summarize({ job, tally }: Run): void {
  job.report('info', 'windowsDone', { count: tally.windows })
  job.report('info', 'rows', { count: tally.rows })
  if (tally.quarantined > 0) job.report('warning', 'quarantined', { count: tally.quarantined })
}
