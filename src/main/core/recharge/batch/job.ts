import { SitedeskError } from '#shared/errors.ts'
import type { Tender } from '#shared/contract/values.ts'
import type { CoreContext } from '../../context.ts'
import type { Job, JobEnd } from '../../jobs/index.ts'
import { sameOrConflict, type Wish } from '../admit.ts'
import type { Desk } from '../desk.ts'
import { mayResend } from '../machine.ts'
import type { RoomsPort } from '../ports.ts'
import { memoryOf, stateOf, type StoredIntent } from '../rows.ts'
import type { IntentRunner } from '../runner.ts'
import { isToPost, judgedRow, judgedRows, NO_END, sumsByFate, TO_POST, type JudgedRow } from './fates.ts'
import { ownId } from './identity.ts'
import { setBatchState, type Batch } from './store.ts'

export const BATCH_JOB = 'recharge.batch'

export interface BatchSpec {
  readonly batchId: string
  readonly tender: Tender
  /** who started it: his name stands on every sale */
  readonly operator: string
}

export interface BatchJobParts {
  readonly rooms: RoomsPort
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
 * Posts the rows that nobody posted yet one after another, each as a sale of its own: what was made before, here or by
 * another batch, is not made again. A stop leaves the batch paused; the same call goes on.
 */
export async function runBatch(ctx: CoreContext, parts: BatchJobParts, job: Job): Promise<JobEnd> {
  const spec = job.spec as unknown as BatchSpec
  const { site } = ctx.store
  const rows = judgedRows(site, spec.batchId, { fates: TO_POST })
  const end = async (state: Batch['state']) => {
    await site.write(() => setBatchState(site, spec.batchId, state))
    ctx.events.emit({ type: 'changed', area: 'recharge' })
  }
  await site.write(() => setBatchState(site, spec.batchId, 'running', spec.tender))
  ctx.events.emit({ type: 'changed', area: 'recharge' })
  try {
    for (const [i, { row }] of rows.entries()) {
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
  const open = sumsByFate(site, spec.batchId)(...NO_END).rows
  await end(open === 0 ? 'done' : 'partial')
  if (open > 0) job.report('warning', 'batchRowsOpen', { count: open })
  return { state: open === 0 ? 'done' : 'partial' }
}

interface RowWork {
  readonly job: Job
  readonly spec: BatchSpec
  /** its number in the file */
  readonly row: number
}

async function postRow(ctx: CoreContext, parts: BatchJobParts, work: RowWork): Promise<void> {
  const { job, row, spec } = work
  const judged = judgedRow(ctx.store.site, spec.batchId, row)
  if (!judged || !isToPost(judged.fate)) return
  try {
    const id = await withOneRead(parts.rooms, job, judged, () => makeOrAgain(ctx, parts, spec, judged))
    await settledOrStopped(parts.runner, id, job.signal)
  } catch (error) {
    if (!(error instanceof SitedeskError) || endsRun(error)) throw error
    job.report('warning', 'batchRowRefused', { row, code: error.code })
  }
}

/**
 * One lost answer leaves the platform offline until a read succeeds (interfaces §3): it is read once before the run is
 * given up.
 */
async function withOneRead<T>(
  rooms: BatchJobParts['rooms'],
  { signal }: Job,
  { room_id }: JudgedRow,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SitedeskError) || error.code !== 'UPSTREAM_OFFLINE') throw error
    const isBack = await rooms.refresh(room_id ?? '', { urgent: true, signal }).then(
      () => true,
      () => false,
    )
    if (!isBack) throw error
    return work()
  }
}

/** The intent that stands for the row from now on. */
async function makeOrAgain(
  ctx: CoreContext,
  { desk, runner }: BatchJobParts,
  spec: BatchSpec,
  row: JudgedRow,
): Promise<string> {
  const begun = runner.store.find(row.intent_id ?? '')
  if (begun !== null && !POSTED_NOTHING.has(begun.state)) throw postedElsewhere(begun.id)
  const resendable = begun !== null && mayResend({ state: stateOf(begun), memory: memoryOf(begun) })
  // refused for good under another batch: this row is a sale of its own
  const id = begun === null || resendable ? (row.intent_id ?? ownId(row)) : ownId(row)
  const wish = wishOf(spec, row, id)
  if (!resendable) {
    const keepId = 'UPDATE recharge_batch_row SET intent_id = ? WHERE batch_id = ? AND row = ?'
    const { site } = ctx.store
    const write = guarded(ctx, row, () => void site.statement(keepId).run(id, row.batch_id, row.row))
    await make({ desk, runner }, row, wish, write)
    return id
  }
  sameOrConflict(begun, wish)
  const adopt = 'UPDATE recharge_intent SET batch_id = ? WHERE id = ?'
  const write = guarded(ctx, row, () => void ctx.store.site.statement(adopt).run(row.batch_id, id))
  await desk.again(id, { operator: spec.operator, confirmedDuplicate: false }, write)
  return id
}

type Write = <R>(work: () => R) => Promise<R>

/** The last look is part of the transaction that lets the money leave. */
function guarded({ store: { site } }: CoreContext, { batch_id, row }: JudgedRow, also: () => void): Write {
  return (work) =>
    site.write(() => {
      const now = judgedRow(site, batch_id, row)
      if (!now || !isToPost(now.fate)) throw postedElsewhere(now?.elsewhere ?? null)
      also()
      return work()
    })
}

const POSTED_NOTHING: ReadonlySet<string> = new Set(['REJECTED', 'NOT_APPLIED'])

const postedElsewhere = (intentId: string | null) =>
  new SitedeskError('DUPLICATE_SUSPECTED', 'Another batch posted this row.', {
    reason: 'postedElsewhere',
    intentId,
  })

const wishOf = (spec: BatchSpec, row: JudgedRow, intentId: string): Wish => ({
  intentId,
  roomId: row.room_id ?? '',
  amountFen: row.amount_fen ?? 0,
  tender: spec.tender,
  operator: spec.operator,
  confirmedDuplicate: false,
  confirmedLarge: false,
  batchId: spec.batchId,
})

/**
 * Two rows of one list with the same room and amount are two payments: the person who checked it saw both. So is a
 * row that somebody said is posted once more.
 */
async function make(
  { desk, runner }: Pick<BatchJobParts, 'desk' | 'runner'>,
  row: JudgedRow,
  wish: Wish,
  write: Write,
): Promise<StoredIntent> {
  try {
    return await desk.make(wish, write)
  } catch (error) {
    if (!(error instanceof SitedeskError) || error.code !== 'DUPLICATE_SUSPECTED') throw error
    const { reason, intentId } = error.data as { reason: string; intentId: string | null }
    const other = runner.store.find(intentId ?? '')
    const meant = row.repeat_by !== null || other?.batch_id === wish.batchId
    if (reason !== 'sameAmount' || other?.state !== 'APPLIED' || !meant) throw error
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
