import type { Dataset } from '#shared/contract/sync.ts'
import type { Job } from '../jobs/index.ts'
import { describe, reachOf } from './faults.ts'
import type { WindowDataset } from './imr-datasets.ts'
import { planHistory, type HistoryRequest, type Window } from './plans.ts'
import { countWindow, pageStep } from './run-progress.ts'
import type { Unfinished } from './run-dataset.ts'
import type { History, Run, SyncParts, SyncSpec } from './run.ts'
import { toHeld, type WindowKey } from './windows.ts'

/** Windows that fail one after another before the rest is left for the next run: the vendor is not well. */
const GIVE_UP_AFTER = 3

export function historyRequest(parts: SyncParts, windowEnd: number): HistoryRequest {
  const { historyDays, rereadDays } = parts.settings.values().sync
  return { zone: parts.settings.zone(), windowEnd, historyDays, rereadDays }
}

export function planRun(parts: SyncParts, job: Job, spec: SyncSpec, which: Dataset): History {
  const windowEnd = parts.upstreams.windowEnd(spec.source)
  const held = parts.windows.rows(spec.source, which, '', { from: 0, to: windowEnd }).map(toHeld)
  const request = { ...historyRequest(parts, windowEnd), from: spec.from, to: spec.to }
  const run = { since: job.createdAt, now: parts.ctx.ports.clock.now() }
  return { windowEnd, plan: planHistory(request, held, run) }
}

/** One dataset of all meters, day by day, newest first. One bad day does not stop the others. */
export async function runHistory(
  run: Run,
  dataset: WindowDataset,
  windows: readonly Window[],
): Promise<Unfinished | null> {
  let unfinished: Unfinished | null = null
  let inARow = 0
  for (const window of windows) {
    const failed = await runDay(run, dataset, window)
    inARow = failed ? inARow + 1 : 0
    unfinished = failed ?? unfinished
    if (inARow < GIVE_UP_AFTER) continue
    run.job.report('error', 'gaveUp', { dataset: dataset.which, windows: inARow })
    break
  }
  return unfinished
}

async function runDay(run: Run, dataset: WindowDataset, window: Window): Promise<Unfinished | null> {
  const { parts, client, job } = run
  const { which } = dataset
  const key: WindowKey = { source: run.spec.source, dataset: which, scope: '', ...window }
  job.step(which, { day: window.from })
  try {
    const onPage = pageStep(run, which, { day: window.from })
    countWindow(run, key, await dataset.fetchWindow(parts, client, key, { signal: job.signal, onPage }))
    return null
  } catch (error) {
    if (job.signal.aborted || reachOf(error) !== 'window') throw error
    job.report('warning', 'windowPartial', { dataset: which, ...window, ...describe(error) })
    return { error }
  }
}
