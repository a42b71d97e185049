import {
  clockBehind,
  describe,
  planHistory,
  reachOf,
  toHeld,
  type Unfinished,
  type Window,
} from '../sync/index.ts'
import type { WaterHistory } from './datasets.ts'
import type { WaterRun } from './sync-run.ts'
import { fetchList } from './sync-scans.ts'

/** Days that fail one after another before the rest is left for the next run: the system is not well. */
const GIVE_UP_AFTER = 3

/** Day by day, newest first; one bad day does not stop the others. */
export async function runDays(run: WaterRun, list: WaterHistory): Promise<Unfinished | null> {
  const { windows, alreadyDone } = plan(run, list)
  run.tally.total += windows.length + alreadyDone
  run.tally.done += alreadyDone
  let unfinished: Unfinished | null = null
  let inARow = 0
  for (const window of windows) {
    const failed = await runDay(run, list, window)
    inARow = failed ? inARow + 1 : 0
    unfinished = failed ?? unfinished
    if (inARow < GIVE_UP_AFTER) continue
    run.job.report('error', 'gaveUp', { dataset: list, windows: inARow })
    break
  }
  return (
    unfinished ??
    clockBehind({ ...run.parts, job: run.job, source: 'water' }, { dataset: list, to: run.spec.to })
  )
}

function plan(run: WaterRun, list: WaterHistory) {
  const { parts, job, spec } = run
  const windowEnd = parts.upstreams.windowEnd('water')
  run.completeTo = windowEnd
  const { historyDays, rereadDays } = parts.settings.values().sync
  const request = {
    zone: parts.settings.zone(),
    windowEnd,
    historyDays,
    rereadDays,
    from: spec.from,
    to: spec.to,
  }
  const held = parts.windows.rows('water', list, '', { from: 0, to: windowEnd }).map(toHeld)
  return planHistory(request, held, { since: job.createdAt, now: parts.ctx.ports.clock.now() })
}

async function runDay(run: WaterRun, list: WaterHistory, window: Window): Promise<Unfinished | null> {
  const { job } = run
  job.step(list, { day: window.from })
  try {
    await fetchList(run, list, { source: 'water', dataset: list, scope: '', ...window })
    return null
  } catch (error) {
    if (job.signal.aborted || reachOf(error) !== 'window') throw error
    job.report('warning', 'windowPartial', { dataset: list, ...window, ...describe(error) })
    return { error }
  }
}
