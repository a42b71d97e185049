import type { JobRow } from '#shared/contract/jobs.ts'
import { SitedeskError, type WireError } from '#shared/errors.ts'
import type { CoreContext } from '../context.ts'
import { interrupted, type JobStore } from './store.ts'
import { throttle } from './throttle.ts'
import type { Job, JobEnd, JobRunner } from './types.ts'

/** Pushes to the screens ≤ 5 a second, writes to the disk ≤ 1 a second; ends are always both. */
const PUSH_MS = 200
const STORE_MS = 1000
/** A report is read by a person; what goes wrong a thousand times is said two hundred times. */
const REPORT_LINES = 200

/** Why a job was stopped from outside: by a person, with the program, or only to begin again (F-28). */
export type StopReason = 'cancelled' | 'interrupted' | 'restarted'

export interface Running {
  readonly row: () => JobRow
  stop(reason: StopReason): void
  /** settles when the end is stored */
  readonly ended: Promise<void>
}

type Patch = Partial<Omit<JobRow, 'id' | 'kind'>>

/**
 * Runs one job until its end is stored. `first` was stored already, as running; `over` is called before
 * anybody hears of the end, so that who hears of it can start the next.
 */
export function runJob(
  ctx: CoreContext,
  parts: { store: JobStore; runner: JobRunner; over: () => void },
  first: JobRow,
): Running {
  const { store, runner, over } = parts
  const { clock, log } = ctx.ports
  let row = first
  let reason: StopReason | null = null
  let abort = new AbortController()
  const save = () => store.save(row)
  const push = throttle(clock, PUSH_MS, () => ctx.events.emit({ type: 'job', job: row }))
  const keep = throttle(clock, STORE_MS, () => {
    save().catch((error: unknown) => log.error('job progress was not stored', { error: String(error) }))
  })
  const change = (patch: Patch) => {
    row = { ...row, ...patch, updatedAt: clock.now() }
    push.poke()
    keep.poke()
  }
  const run = async () => {
    push.poke()
    let end = await outcome(runner(jobOf(() => row, abort.signal, change)), () => reason, log)
    while (reason === 'restarted' && end.state !== 'done') {
      reason = null
      abort = new AbortController()
      change({ report: [{ level: 'info', code: 'resumed' }] })
      end = await outcome(runner(jobOf(() => row, abort.signal, change)), () => reason, log)
    }
    push.stop()
    keep.stop()
    row = { ...row, ...end, step: null, updatedAt: clock.now(), endedAt: clock.now() }
    // A full disk must not leave a job running for ever on the screen: start-up repairs the row (recover).
    await save().catch((error: unknown) => log.error('a job end was not stored', { error: String(error) }))
    over()
    ctx.events.emit({ type: 'job', job: row })
    ctx.events.emit({ type: 'changed', area: 'jobs', ids: [row.id] })
  }
  return {
    row: () => row,
    stop(why) {
      if (why !== 'restarted' || reason === null) reason = why
      abort.abort(new SitedeskError('CANCELLED', 'The job was stopped.'))
    },
    ended: run(),
  }
}

function jobOf(row: () => JobRow, signal: AbortSignal, change: (patch: Patch) => void): Job {
  const { id, spec, createdAt } = row()
  return {
    id,
    spec,
    createdAt,
    signal,
    step: (code, data) => change({ step: data ? { code, data } : { code } }),
    progress: (done, total) => change({ done, total }),
    report(level, code, data) {
      const { report } = row()
      if (report.length < REPORT_LINES)
        change({ report: [...report, data ? { level, code, data } : { level, code }] })
    },
  }
}

type End = Pick<JobRow, 'state' | 'error' | 'resumable'>

async function outcome(
  work: Promise<JobEnd>,
  stopped: () => StopReason | null,
  log: CoreContext['ports']['log'],
): Promise<End> {
  const result = await work.catch((error: unknown) => failure(error, stopped() !== null, log))
  // A job that came to its end before it saw the stop is done all the same.
  const reason = result.state === 'done' ? null : stopped()
  if (reason === 'cancelled') return { state: 'cancelled', error: null, resumable: true }
  if (reason === 'interrupted') return { state: 'failed', error: interrupted, resumable: true }
  return { state: result.state, error: result.error ?? null, resumable: result.resumable ?? false }
}

function failure(error: unknown, stopped: boolean, log: CoreContext['ports']['log']): JobEnd {
  if (error instanceof SitedeskError) return { state: 'failed', error: error.toWire(), resumable: true }
  if (!stopped) log.error('a job failed', { error: String(error), stack: stackOf(error) })
  const wire: WireError = { code: 'INTERNAL', message: 'The job failed; the log says why.' }
  return { state: 'failed', error: wire, resumable: true }
}

const stackOf = (error: unknown) => (error instanceof Error ? error.stack : undefined)
