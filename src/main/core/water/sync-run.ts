import { instant } from '#shared/contract/define.ts'
import { dataset, type Dataset } from '#shared/contract/sync.ts'
import { SitedeskError } from '#shared/errors.ts'
import { z } from '#shared/z.ts'
import type { CoreContext } from '../context.ts'
import type { Job, JobRunner } from '../jobs/index.ts'
import type { Meters } from '../meters/index.ts'
import type { Settings } from '../settings/index.ts'
import {
  DATASETS,
  endOf,
  quarantineRows,
  runOneDataset,
  tooManyBad,
  type StateStore,
  type Unfinished,
  type WindowStore,
} from '../sync/index.ts'
import type { Upstreams, WaterClient } from '../upstream/index.ts'
import type { WaterStore } from './records.ts'
import { runDays } from './sync-days.ts'
import { runScans } from './sync-scans.ts'

export interface WaterParts {
  readonly ctx: CoreContext
  readonly settings: Settings
  readonly upstreams: Upstreams
  readonly meters: Meters
  readonly windows: WindowStore
  readonly state: StateStore
  readonly store: WaterStore
  /** tells the screens, coalesced */
  readonly changed: () => void
}

const spec = z.object({
  source: z.literal('water'),
  dataset: dataset.optional(),
  from: instant.optional(),
  to: instant.optional(),
})
export type WaterSpec = z.infer<typeof spec>

export interface WaterRun {
  readonly parts: WaterParts
  readonly client: WaterClient
  readonly job: Job
  readonly spec: WaterSpec
  readonly tally: { done: number; total: number; rows: number; quarantined: number; duplicates: number }
  /** what the current dataset was complete to: null for those without a past */
  completeTo: number | null
}

/** F-23 */
const BAD_SHARE = 0.2

/** The job behind `sync.start` for the water system: the seven queries, each as far as it goes (F-17). */
export function waterRunner(parts: WaterParts): JobRunner {
  return async (job) => {
    const asked = spec.parse(job.spec)
    const tally = { done: 0, total: 0, rows: 0, quarantined: 0, duplicates: 0 }
    const run: WaterRun = { parts, client: waterOf(parts), job, spec: asked, tally, completeTo: null }
    const wanted = asked.dataset ? [asked.dataset] : DATASETS.water
    const failures: unknown[] = []
    try {
      for (const which of wanted) {
        const end = await runDataset(run, which)
        if (end) failures.push(end.error)
      }
      if (failures.length === 0 && !asked.dataset && !isPart(asked))
        await parts.state.wholeComplete('water', parts.ctx.ports.clock.now())
    } finally {
      summarize(run)
      parts.changed()
    }
    return endOf(failures)
  }
}

const isPart = ({ from, to }: WaterSpec) => from !== undefined || to !== undefined

function waterOf({ upstreams }: WaterParts): WaterClient {
  const client = upstreams.water()
  if (client) return client
  throw new SitedeskError('NOT_CONFIGURED', 'The water system is not set up yet.', { source: 'water' })
}

function runDataset(run: WaterRun, which: Dataset): Promise<Unfinished | null> {
  const { parts, job, spec: asked } = run
  const { ctx, state, changed } = parts
  const isHistory = which === 'readings' || which === 'payments'
  run.completeTo = null
  return runOneDataset({ ctx, state, job, source: 'water', changed }, which, {
    work: () => work(run, which),
    completeTo: () => run.completeTo,
    partOnly: isHistory && isPart(asked),
  })
}

async function work(run: WaterRun, which: Dataset): Promise<Unfinished | null> {
  switch (which) {
    case 'regions':
      await regions(run)
      return null
    case 'costs':
    case 'flows':
    case 'schedules':
    case 'operations':
      await runScans(run, which)
      return null
    case 'readings':
    case 'payments':
      return runDays(run, which)
    default:
      throw new SitedeskError('INVALID_INPUT', `dataset: water has no ${which}.`, { source: 'water' })
  }
}

/** One answer; a region that was not in a whole tree is gone (C-50). */
async function regions({ parts, client, job, tally }: WaterRun): Promise<void> {
  const { ctx, store } = parts
  const { history } = ctx.store
  job.step('regions')
  tally.total++
  const { rows, bad } = await client.region({ signal: job.signal })
  const at = ctx.ports.clock.now()
  let gone = 0
  await history.writeAlone(() => {
    store.regions(rows, 0)
    quarantineRows(history, { source: 'water', dataset: 'regions' }, bad, at)
    if (rows.length > 0 && bad.length === 0) gone = store.retireRegions(new Set(rows.map(({ id }) => id)))
  })
  if (gone > 0) job.report('warning', 'regionsRetired', { count: gone })
  tally.rows += rows.length
  tally.quarantined += bad.length
  tally.done++
  job.progress(tally.done, tally.total)
  const received = rows.length + bad.length
  if (bad.length > received * BAD_SHARE) throw tooManyBad(bad.length, received)
}

function summarize({ job, tally }: WaterRun): void {
  job.report('info', 'rows', { count: tally.rows })
  if (tally.duplicates > 0) job.report('info', 'duplicates', { count: tally.duplicates })
  if (tally.quarantined > 0) job.report('warning', 'quarantined', { count: tally.quarantined })
}
