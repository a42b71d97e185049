import { MINUTE, SECOND } from '#shared/time.ts'
import type { Jobs, JobSpec } from '../jobs/index.ts'
import type { SyncParts } from './run.ts'

export const IMR_JOB = 'sync.imr'
export const WHOLE_IMR: JobSpec = { source: 'imr' }

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

/** Starts a whole sync by itself: after configuring, once somebody is there when due, then every so many minutes. */
export function createSchedule({ parts, jobs, onSleep }: ScheduleParts): Schedule {
  const { clock, log } = parts.ctx.ports
  let lastTriedAt: number | null = null
  let quietUntil = 0
  let attended = false
  let stops: (() => void)[] = []
  const begin = () => {
    lastTriedAt = clock.monotonic()
    jobs.start(IMR_JOB, WHOLE_IMR, { startedBy: null }).catch((error: unknown) => {
      log.warn('the scheduled sync did not start', { error: String(error) })
    })
  }
  const tick = () => {
    if (clock.monotonic() >= quietUntil && isDue(parts, jobs, lastTriedAt)) begin()
  }
  return {
    start() {
      const stopTicks = clock.every(TICK_MS, withDrift(parts, onSleep, tick))
      const stopListening = parts.settings.onChange((paths) => {
        // A new address or password is tried at once, and clears what was held back after a failure.
        if (paths.some((path) => path.startsWith('upstreams.imr'))) lastTriedAt = null
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

function isDue(
  { ctx, settings, upstreams, state }: SyncParts,
  jobs: Jobs,
  lastTriedAt: number | null,
): boolean {
  const { everyMinutes } = settings.values().sync
  if (everyMinutes === 0 || jobs.running(IMR_JOB).length > 0) return false
  const { state: source } = upstreams.status('imr')
  if (source === 'unconfigured' || source === 'stopped') return false
  const interval = everyMinutes * MINUTE
  const unfinished = jobs.unfinished(IMR_JOB, WHOLE_IMR) !== null
  const pause = unfinished ? Math.min(RETRY_MS, interval) : interval
  if (lastTriedAt !== null) return ctx.ports.clock.monotonic() - lastTriedAt >= pause
  const { lastCompleteAt, partial } = state.status('imr')
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
