import { SitedeskError } from '#shared/errors.ts'
import type { Tender } from '#shared/contract/values.ts'
import type { CoreContext } from '../../context.ts'
import type { Job, JobEnd } from '../../jobs/index.ts'
import type { Wish } from '../admit.ts'
import type { Desk } from '../desk.ts'
import { mayResend } from '../machine.ts'
import { memoryOf, stateOf, type StoredIntent } from '../rows.ts'
import type { IntentRunner } from '../runner.ts'
import { goodRows, setBatchState, type Batch, type StoredRow } from './store.ts'

export const BATCH_JOB = 'recharge.batch'

export interface BatchSpec {
  readonly batchId: string
  readonly tender: Tender
  /** who started it: his name stands on every sale */
  readonly operator: string
}

export interface BatchJobParts {
  readonly desk: Desk
  readonly runner: IntentRunner
}

/** What ends a run early: the rows that are left would meet it too. */
const STOPPING: ReadonlySet<string> = new Set([
  'UPSTREAM_OFFLINE',
  'NOT_CONFIGURED',
  'STORAGE_FULL',
  'SHIFT_NOT_OPEN',
  'SECRETS_LOCKED',
])

/** Refusals that end it for one of their reasons. */
const STOPPING_REASONS: Readonly<Record<string, string>> = {
  UPSTREAM_REFUSED: 'stopped',
  NOT_ALLOWED_NOW: 'restoring',
}

const endsRun = ({ code, data }: SitedeskError) =>
  STOPPING.has(code) ||
  (code in STOPPING_REASONS && Object.is(Reflect.get(Object(data), 'reason'), STOPPING_REASONS[code]))

/**
 * Posts the good rows one after another, each as a sale of its own under an id made from the file: whatever was made
 * before is not made again. A stop leaves the batch paused; the same call goes on.
 */
export async function runBatch(ctx: CoreContext, parts: BatchJobParts, job: Job): Promise<JobEnd> {
  const spec = job.spec as unknown as BatchSpec
  const { site } = ctx.store
  const rows = goodRows(site, spec.batchId)
  const end = async (state: Batch['state']) => {
    await site.write(() => setBatchState(site, spec.batchId, state))
    ctx.events.emit({ type: 'changed', area: 'recharge' })
  }
  await site.write(() => setBatchState(site, spec.batchId, 'running', spec.tender))
  ctx.events.emit({ type: 'changed', area: 'recharge' })
  try {
    for (const [i, row] of rows.entries()) {
      job.progress(i, rows.length)
      if (job.signal.aborted) break
      await postRow(ctx, parts, { job, spec, row })
    }
  } catch (error) {
    await end('paused')
    throw error
  }
  if (job.signal.aborted) {
    await end('paused')
    return { state: 'partial', resumable: true }
  }
  job.progress(rows.length, rows.length)
  const open = rows.filter((row) => parts.runner.store.find(row.intent_id ?? '')?.state !== 'APPLIED').length
  await end(open === 0 ? 'done' : 'partial')
  if (open > 0) job.report('warning', 'batchRowsOpen', { count: open })
  return { state: open === 0 ? 'done' : 'partial' }
}

interface RowWork {
  readonly job: Job
  readonly spec: BatchSpec
  readonly row: StoredRow
}

async function postRow(ctx: CoreContext, parts: BatchJobParts, work: RowWork): Promise<void> {
  const { job, row } = work
  if (row.intent_id === null) return
  try {
    if (await makeOrAgain(ctx, parts, work, row.intent_id))
      await settledOrStopped(parts.runner, row.intent_id, job.signal)
  } catch (error) {
    if (!(error instanceof SitedeskError) || endsRun(error)) throw error
    job.report('warning', 'batchRowRefused', { row: row.row, code: error.code })
  }
}

/** false: there is nothing to do for the row. */
async function makeOrAgain(
  ctx: CoreContext,
  parts: BatchJobParts,
  work: RowWork,
  id: string,
): Promise<boolean> {
  const { desk, runner } = parts
  const write = ctx.store.site.write.bind(ctx.store.site)
  const before = runner.store.find(id)
  if (!before) {
    await make(parts, wishOf(work, id), write)
    return true
  }
  if (!mayResend({ state: stateOf(before), memory: memoryOf(before) })) return false
  await desk.again(id, { operator: work.spec.operator, confirmedDuplicate: false }, write)
  return true
}

const wishOf = ({ spec, row }: RowWork, intentId: string): Wish => ({
  intentId,
  roomId: row.room_id ?? '',
  amountFen: row.amount_fen ?? 0,
  tender: spec.tender,
  operator: spec.operator,
  confirmedDuplicate: false,
  confirmedLarge: false,
  batchId: spec.batchId,
})

type Write = <R>(work: () => R) => Promise<R>

/** Two rows of one list with the same room and amount are two payments: the person who checked it saw both. */
async function make({ desk, runner }: BatchJobParts, wish: Wish, write: Write): Promise<StoredIntent> {
  try {
    return await desk.make(wish, write)
  } catch (error) {
    if (!(error instanceof SitedeskError) || error.code !== 'DUPLICATE_SUSPECTED') throw error
    const { reason, intentId } = error.data as { reason: string; intentId: string }
    const other = runner.store.find(intentId)
    const twin = reason === 'sameAmount' && other?.batch_id === wish.batchId && other.state === 'APPLIED'
    if (!twin) throw error
    return desk.make({ ...wish, confirmedDuplicate: true }, write)
  }
}

async function settledOrStopped(runner: IntentRunner, id: string, signal: AbortSignal): Promise<void> {
  const stopped = Promise.withResolvers<void>()
  const stop = () => stopped.resolve()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  await Promise.race([runner.settled(id), stopped.promise])
  signal.removeEventListener('abort', stop)
}
