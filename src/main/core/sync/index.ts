import type { Source } from '#shared/contract/define.ts'
import { SitedeskError } from '#shared/errors.ts'
import { SECOND } from '#shared/time.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import { throttle, type Jobs } from '../jobs/index.ts'
import type { Meters } from '../meters/index.ts'
import type { Settings } from '../settings/index.ts'
import type { Upstreams } from '../upstream/index.ts'
import { coverage } from './coverage.ts'
import { createPriority } from './priority.ts'
import { listQuarantine } from './quarantine.ts'
import { syncRunner, type SyncParts, type SyncSpec } from './run.ts'
import { createSchedule, SYNC_JOBS } from './schedule.ts'
import { DATASETS } from './datasets.ts'
import { stateStore, type SyncStatus } from './state.ts'
import { windowStore } from './windows.ts'

export { clockBehind } from './clocks.ts'
export { DATASETS } from './datasets.ts'
export { describe, reachOf, refuseUnfinished, tooManyBad } from './faults.ts'
export { fetchWindow, type FetchParts, type WindowEnd } from './fetch-window.ts'
export type { PageSource } from './page-source.ts'
export { planHistory, type Window } from './plans.ts'
export { quarantineRows } from './quarantine.ts'
export { endOf, runOneDataset, type DatasetParts, type Unfinished } from './run-dataset.ts'
export { SYNC_JOBS } from './schedule.ts'
export { stateStore, type StateStore, type SyncStatus } from './state.ts'
export { toHeld, windowStore, type WindowKey, type WindowStore } from './windows.ts'

/** Brings what the vendor systems know into history.db, and knows what is missing (design §4). */
export interface Sync {
  handlers: AreaHandlers<'sync'> & Pick<AreaHandlers<'meters'>, 'meters.fetch'>
  status(source: Source): SyncStatus
  startSchedule(): void
  /** a screen opened: a run that is due begins now */
  attend(): void
  /** resolves when nothing outside a job writes any more */
  stopSchedule(): Promise<void>
  /** aborts calls that slept with the computer and goes on where they stood (F-28) */
  resumeAfterSleep(): Promise<void>
}

interface Areas {
  readonly settings: Settings
  readonly upstreams: Upstreams
  readonly meters: Meters
  readonly jobs: Jobs
}

/** The gap map on the screen is asked for again at most this often while windows arrive. */
const CHANGED_MS = SECOND

export function createSync(ctx: CoreContext, areas: Areas): Sync {
  const { jobs } = areas
  const changed = throttle(ctx.ports.clock, CHANGED_MS, () =>
    ctx.events.emit({ type: 'changed', area: 'sync' }),
  )
  const parts: SyncParts = {
    ...areas,
    ctx,
    windows: windowStore(ctx.store.history),
    state: stateStore(ctx.store.history),
    changed: changed.poke,
  }
  jobs.register(SYNC_JOBS.imr.kind, syncRunner(parts))
  const priority = createPriority(parts)
  const resumeAfterSleep = async () => {
    await priority.stop()
    for (const { kind } of Object.values(SYNC_JOBS)) jobs.restart(kind)
  }
  const onSleep = () =>
    void resumeAfterSleep().catch((error: unknown) =>
      ctx.ports.log.error('the sync did not go on after sleep', { error: String(error) }),
    )
  const schedule = createSchedule({ parts, jobs, onSleep })
  return {
    handlers: handlersOf(parts, jobs, priority.fetch),
    status: parts.state.status,
    startSchedule: schedule.start,
    attend: schedule.attend,
    async stopSchedule() {
      schedule.stop()
      changed.stop()
      await priority.stop()
    },
    resumeAfterSleep,
  }
}

function handlersOf(
  parts: SyncParts,
  jobs: Jobs,
  fetch: ReturnType<typeof createPriority>['fetch'],
): Sync['handlers'] {
  return {
    'sync.start': (call, input) => start(parts, jobs, call, input),
    'sync.coverage': (_call, input) =>
      coverage(parts.ctx, parts.windows, input, {
        zone: parts.settings.zone(),
        running: jobs.running(`sync.${input.source}`).length > 0,
      }),
    'sync.quarantine': listQuarantine(parts.ctx.store.history),
    'meters.fetch': (_call, input) => fetch(input),
  }
}

async function start(parts: SyncParts, jobs: Jobs, call: Call, spec: SyncSpec): Promise<{ jobId: string }> {
  const { source, from = 0, to = Infinity } = spec
  if (from >= to) throw new SitedeskError('INVALID_INPUT', 'to: must be after from.', { from, to })
  if (!parts.upstreams[source]())
    throw new SitedeskError('NOT_CONFIGURED', `The ${source} system is not set up yet.`, { source })
  if (spec.dataset && !DATASETS[source].includes(spec.dataset))
    throw new SitedeskError('INVALID_INPUT', `dataset: ${source} has no ${spec.dataset}.`, { source })
  const job = await jobs.start(SYNC_JOBS[source].kind, spec, { startedBy: call.operator?.name ?? null })
  call.note({ target: job.id })
  return { jobId: job.id }
}
