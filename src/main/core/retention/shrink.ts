import type { ShrinkFile } from '#shared/contract/retention.ts'
import { SitedeskError } from '#shared/errors.ts'
import { SECOND } from '#shared/time.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import type { Job, JobEnd, Jobs } from '../jobs/index.ts'
import { blockersOf, type AtWork } from '../updates/index.ts'

export const SHRINK_JOB = 'retention.shrink'

/** Of room beside the two copies that exist for a while, bytes. */
const MARGIN = 64 * 1024 * 1024

/** The file written anew, and the log that brings it in: both as large as what stays. */
export const neededBytes = (after: number): number => 2 * after + MARGIN

interface Parts {
  readonly jobs: Jobs
  readonly payments: AtWork['payments']
}

/** Files get shorter when somebody asks for it: nothing is written to a file meanwhile, so nothing may be under way. */
export function createShrinking(
  ctx: CoreContext,
  { jobs, payments }: Parts,
): Pick<AreaHandlers<'retention'>, 'retention.shrink'> {
  const others = { running: () => jobs.running().filter(({ kind }) => kind !== SHRINK_JOB) }
  const refuseBusy = () => {
    const blockers = blockersOf(ctx, { jobs: others, payments })
    if (blockers.length > 0)
      throw new SitedeskError('NOT_ALLOWED_NOW', `The file waits for: ${blockers.join(', ')}.`, { blockers })
  }
  jobs.register(SHRINK_JOB, (job) => shrink(ctx, job, refuseBusy))
  return {
    async 'retention.shrink'(call, { file }) {
      refuseBusy()
      refuseShort(ctx, file)
      await call.commit(() => call.note({ target: file }))
      return jobs.start(SHRINK_JOB, { file }, { startedBy: call.operator?.name ?? null })
    },
  }
}

const databaseOf = ({ store }: CoreContext, file: ShrinkFile) =>
  store[file === 'site.db' ? 'site' : 'history']

/** Of all pages, and of those in use: what free ones take is what the file loses at least. */
function pagesOf(ctx: CoreContext, file: ShrinkFile): { bytes: number; used: number } {
  const pages = databaseOf(ctx, file).statement<{ bytes: number; used: number }>(
    `SELECT c.page_count * s.page_size AS bytes, (c.page_count - f.freelist_count) * s.page_size AS used
     FROM pragma_page_count c, pragma_freelist_count f, pragma_page_size s`,
  )
  return pages.get() ?? { bytes: 0, used: 0 }
}

function refuseShort(ctx: CoreContext, file: ShrinkFile): void {
  const needed = neededBytes(pagesOf(ctx, file).used)
  const free = ctx.ports.files.freeBytes(ctx.store.directory)
  if (free < needed) throw full({ needed, free })
}

const full = (data: { needed: number; free: number } | undefined) =>
  new SitedeskError(
    'STORAGE_FULL',
    'There is not enough space to write the file anew; it is as it was.',
    data,
  )

async function shrink(ctx: CoreContext, job: Job, refuseBusy: () => void): Promise<JobEnd> {
  const { ports } = ctx
  const file = job.spec['file'] as ShrinkFile
  const db = databaseOf(ctx, file)
  const { path } = db.sql
  const { bytes: beforeBytes, used } = pagesOf(ctx, file)
  job.step('retention.shrink', { file })
  const over = Promise.withResolvers<void>()
  // from inside a write, so that none is on its way: the worker would meet it
  await db.write(() => db.holdUntil(over.promise))
  const stop = ports.clock.every(SECOND, () => job.progress(ports.files.size(`${path}-wal`), used))
  try {
    job.signal.throwIfAborted()
    refuseBusy()
    refuseShort(ctx, file)
    const fault = await ports.workers.run('shrinkFile', { path })
    if (fault === 'full') throw full(undefined)
    if (fault === 'busy')
      throw new SitedeskError('CONFLICT', 'The file was in use; it is whole, try again later.')
  } finally {
    stop()
    over.resolve()
  }
  job.report('info', 'retention.shrunk', { file, beforeBytes, afterBytes: ports.files.size(path) })
  ctx.events.emit({ type: 'changed', area: 'retention' })
  return { state: 'done' }
}
