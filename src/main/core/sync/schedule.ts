import type { Source } from '#shared/contract/define.ts'
import { MINUTE, SECOND } from '#shared/time.ts'
import type { Jobs, JobSpec } from '../jobs/index.ts'
import type { SyncParts } from './run.ts'

export type JobSource = Source

/** What a source's sync is called, and what it does by itself. */
export const SYNC_JOBS: Readonly<Record<JobSource, { readonly kind: string; readonly spec: JobSpec }>> = {
  imr: { kind: 'sync.imr', spec: { source: 'imr' } },
  // records only of the rooms somebody cares for: a person or the night asks for all of them
  campus: { kind: 'sync.campus', spec: { source: 'campus', rooms: 'kept' } },
  water: { kind: 'sync.water', spec: { source: 'water' } },
}

/** How often the plan is looked at; also how soon a sleep of the computer is noticed (F-28). */
const TICK_MS = 15 * SECOND
/** An unfinished run is taken up again this soon, so that an outage of minutes costs no hour. */
const RETRY_MS = 5 * MINUTE
/** Wall clock or monotonic clock this far ahead of the tick: the computer slept. */
const DRIFT_MS = MINUTE
/** Started without anybody at a screen, the desk leaves the vendor to the script that started it for so long. */
const UNATTENDED_MS = 5 * MINUTE

export interface Schedule {
  start(): void
  /** somebody is at a screen: what is due need not wait */
  attend(): void
  stop(): void
}

export interface ScheduleParts {
  readonly parts: SyncParts
  readonly jobs: Jobs
  /** the computer slept */
  readonly onSleep: () => void
}

/** Starts whole syncs by themselves: after configuring, once somebody is there when due, then every so many minutes. */
export function createSchedule({ parts, jobs, onSleep }: ScheduleParts): Schedule {
  const { clock } = parts.ctx.ports
  const plans = (['imr', 'campus', 'water'] as const).map((source) => createPlan(parts, jobs, source))
  let quietUntil = 0
  let attended = false
  const tick = () => {
    if (clock.monotonic() < quietUntil) return
    for (const plan of plans) plan.tick()
  }
  let stops: (() => void)[] = []
  return {
    start() {
      const stopTicks = parts.ctx.ports.clock.every(TICK_MS, withDrift(parts, onSleep, tick))
      const stopListening = parts.settings.onChange((paths) => {
        for (const plan of plans) plan.settingsChanged(paths)
        quietUntil = 0
        tick()
      })
      stops = [stopTicks, stopListening]
      quietUntil = parts.ctx.options.demo || attended ? 0 : clock.monotonic() + UNATTENDED_MS
      tick()
    },
    attend() {
      if (attended) return
      attended = true
      quietUntil = 0
      if (stops.length > 0) tick()
    },
    stop() {
      for (const stop of stops) stop()
      stops = []
    },
  }
}

function createPlan(parts: SyncParts, jobs: Jobs, source: JobSource) {
  const { clock, log } = parts.ctx.ports
  const { kind, spec } = SYNC_JOBS[source]
  let lastTriedAt: number | null = null
  return {
    tick() {
      if (!isDue(parts, jobs, source, lastTriedAt)) return
      lastTriedAt = clock.monotonic()
      jobs.start(kind, spec, { startedBy: null }).catch((error: unknown) => {
        log.warn('the scheduled sync did not start', { source, error: String(error) })
      })
    },
    /** a new address or password is tried at once, and clears what was held back after a failure */
    settingsChanged(paths: readonly string[]) {
      if (paths.some((path) => path.startsWith(`upstreams.${source}`))) lastTriedAt = null
    },
  }
}

function isDue(
  { ctx, settings, upstreams, state }: SyncParts,
  jobs: Jobs,
  source: JobSource,
  lastTriedAt: number | null,
): boolean {
  const { kind, spec } = SYNC_JOBS[source]
  const { everyMinutes } = settings.values().sync
  if (everyMinutes === 0 || jobs.running(kind).length > 0) return false
  const connection = upstreams.status(source).state
  if (connection === 'unconfigured' || connection === 'stopped') return false
  const interval = everyMinutes * MINUTE
  const unfinished = jobs.unfinished(kind, spec) !== null
  const pause = unfinished ? Math.min(RETRY_MS, interval) : interval
  if (lastTriedAt !== null) return ctx.ports.clock.monotonic() - lastTriedAt >= pause
  const { lastCompleteAt, partial } = state.status(source)
  return (
    unfinished || partial || lastCompleteAt === null || ctx.ports.clock.now() - lastCompleteAt >= interval
  )
}

function withDrift({ ctx }: SyncParts, onSleep: () => void, tick: () => void): () => void {
  const { clock } = ctx.ports
  let last = { wall: clock.now(), monotonic: clock.monotonic() }
  return () => {
    const now = { wall: clock.now(), monotonic: clock.monotonic() }
    const passed = Math.max(now.wall - last.wall, now.monotonic - last.monotonic)
    last = now
    if (passed > TICK_MS + DRIFT_MS) onSleep()
    tick()
  }
}
