import type { JobRow } from '#shared/contract/jobs.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import type { Role } from '#shared/contract/index.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import { runJob, type Running } from './runner.ts'
import { jobStore, specText, type JobStore } from './store.ts'
import type { JobRunner, JobSpec } from './types.ts'

export { unlessAborted, WrittenFiles } from './files.ts'
export { throttle } from './throttle.ts'
export type { Job, JobEnd, JobRunner, JobSpec } from './types.ts'

/** Long work that is stored, shown, cancelled, and goes on after a restart (design §4). */
export interface Jobs {
  register(kind: string, runner: JobRunner): void
  /**
   * Starts a job once its row is durable. One job of a kind runs at a time: while one does, its row is the
   * answer, whatever its spec. A failed resumable job of the same kind and spec goes on as the same job.
   */
  start(kind: string, spec: JobSpec, by: { startedBy: string | null }): Promise<JobRow>
  cancel(id: string): void
  /** stops what runs of a kind and starts it again as the same job (F-28) */
  restart(kind: string): void
  running(kind?: string): JobRow[]
  /** the newest job that failed resumably, for the schedule */
  unfinished(kind: string, spec: JobSpec): JobRow | null
  handlers: AreaHandlers<'jobs'>
  /** stops everything resumably and waits until that is stored */
  close(): Promise<void>
}

export async function createJobs(ctx: CoreContext): Promise<Jobs> {
  const store = jobStore(ctx.store.site)
  await store.recover(ctx.ports.clock.now())
  const runners = new Map<string, JobRunner>()
  const pool = createPool(ctx, store, runners)
  return {
    register: (kind, runner) => void runners.set(kind, runner),
    start: pool.start,
    cancel: (id) => cancel(store, pool, id),
    restart: (kind) => pool.byKind(kind)?.stop('restarted'),
    running: (kind) => pool.rows().filter((row) => kind === undefined || row.kind === kind),
    unfinished: (kind, spec) => store.resumable(kind, spec),
    handlers: handlersOf(store, pool),
    close: pool.close,
  }
}

interface Pool {
  start: Jobs['start']
  byKind(kind: string): Running | null
  byId(id: string): Running | null
  rows(): JobRow[]
  close(): Promise<void>
}

function createPool(ctx: CoreContext, store: JobStore, runners: ReadonlyMap<string, JobRunner>): Pool {
  const live = new Map<string, Running>()
  /** kinds whose row is being written: two calls of one turn get one job */
  const starting = new Map<string, Promise<JobRow>>()
  let closed = false
  const launch = async (kind: string, spec: JobSpec, startedBy: string | null): Promise<JobRow> => {
    const runner = runners.get(kind)
    if (!runner) throw new Error(`no runner for jobs of kind ${kind}`)
    const row = nextRow(ctx, store, kind, spec, startedBy)
    await store.save(row)
    live.set(kind, runJob(ctx, { store, runner, over: () => live.delete(kind) }, row))
    return row
  }
  return {
    async start(kind, spec, { startedBy }) {
      if (closed) throw new SitedeskError('CANCELLED', 'The program is closing.')
      const running = live.get(kind)
      if (running) return running.row()
      const first = starting.get(kind) ?? launch(kind, spec, startedBy).finally(() => starting.delete(kind))
      starting.set(kind, first)
      return first
    },
    byKind: (kind) => live.get(kind) ?? null,
    byId: (id) => [...live.values()].find((one) => one.row().id === id) ?? null,
    rows: () => [...live.values()].map((one) => one.row()),
    async close() {
      closed = true
      await Promise.allSettled(starting.values())
      const all = [...live.values()]
      for (const one of all) one.stop('interrupted')
      await Promise.all(all.map((one) => one.ended))
    },
  }
}

/** A new row, or the one that goes on: its report starts anew, since each run counts for itself. */
function nextRow(
  ctx: CoreContext,
  store: JobStore,
  kind: string,
  spec: JobSpec,
  startedBy: string | null,
): JobRow {
  const now = ctx.ports.clock.now()
  const before = store.resumable(kind, spec)
  return {
    id: before?.id ?? ctx.ports.random.uuid(),
    kind,
    spec: JSON.parse(specText(spec)) as Record<string, unknown>,
    state: 'running',
    step: null,
    done: 0,
    total: null,
    error: null,
    report: before ? [{ level: 'info', code: 'resumed' }] : [],
    startedBy,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    endedAt: null,
    resumable: true,
  }
}

function cancel(store: JobStore, pool: Pool, id: string): void {
  const running = pool.byId(id)
  if (running) return running.stop('cancelled')
  if (!store.find(id)) throw notFound('job', id)
  throw new SitedeskError('JOB_NOT_RUNNING', 'This job has ended already.', { id })
}

/** Who may stop any job. */
const STOPS_ANY: ReadonlySet<Role> = new Set<Role>(['admin', 'supervisor', 'meters', 'installer'])

/** A cashier and a clerk stop what they started themselves, such as comparing a day, nobody else's work. */
function refuseOthers({ operator }: Call, job: JobRow | null): void {
  if (!operator || !job || job.startedBy === operator.name) return
  if (operator.roles.some((role) => STOPS_ANY.has(role))) return
  throw new SitedeskError('ROLE_REQUIRED', 'Only who started this job, or a supervisor, stops it.', {
    operation: 'jobs.cancel',
    roles: [...STOPS_ANY],
  })
}

function handlersOf(store: JobStore, pool: Pool): AreaHandlers<'jobs'> {
  const fresh = (row: JobRow) => pool.byId(row.id)?.row() ?? row
  return {
    'jobs.list'(_call, input) {
      const { total, rows } = store.list(input)
      return { total, rows: rows.map(fresh) }
    },
    'jobs.get'(_call, { id }) {
      const row = pool.byId(id)?.row() ?? store.find(id)
      if (!row) throw notFound('job', id)
      return row
    },
    'jobs.cancel'(call, { id }) {
      refuseOthers(call, pool.byId(id)?.row() ?? null)
      cancel(store, pool, id)
      call.note({ target: id })
      return { ok: true }
    },
  }
}
