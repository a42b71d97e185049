import { SitedeskError } from '#shared/errors.ts'
import type { AreaHandlers, CoreContext } from '../../context.ts'
import type { Jobs } from '../../jobs/index.ts'
import type { Settings } from '../../settings/types.ts'
import { shiftFor } from '../admit.ts'
import { nameOf, type Desk } from '../desk.ts'
import type { RoomsPort, ShiftsPort } from '../ports.ts'
import type { IntentRunner } from '../runner.ts'
import { checkSheet } from './check.ts'
import { errorFile, sampleFile, templateFile } from './files.ts'
import { BATCH_JOB, runBatch, type BatchSpec } from './job.ts'
import { batches, batchOf, batchRows, insertBatch, setBatchState, setRepeat, storedBatch } from './store.ts'

export interface BatchParts {
  readonly settings: Pick<Settings, 'values'>
  readonly rooms: RoomsPort
  readonly shifts: ShiftsPort
  readonly desk: Desk
  readonly runner: IntentRunner
  readonly jobs: Jobs
}

type BatchHandlers = Pick<
  AreaHandlers<'recharge'>,
  | 'recharge.batchTemplate'
  | 'recharge.batchCheck'
  | 'recharge.batchGet'
  | 'recharge.batchRows'
  | 'recharge.batchErrors'
  | 'recharge.batchStart'
  | 'recharge.batchRepeat'
  | 'recharge.batchList'
>

/** Many sales from a sheet. Nothing goes on by itself after a restart: a person starts it again. */
export async function createBatch(ctx: CoreContext, parts: BatchParts): Promise<{ handlers: BatchHandlers }> {
  const { site } = ctx.store
  const { rooms, shifts, jobs } = parts
  jobs.register(BATCH_JOB, (job) => runBatch(ctx, parts, job))
  await pauseCutOff(ctx)
  return {
    handlers: {
      'recharge.batchTemplate': (_call, { format, sample }) =>
        sample ? sampleFile(ctx, rooms, format) : templateFile(ctx, format),
      async 'recharge.batchCheck'(call, { fileName, base64 }) {
        const judge = { rooms, maxRechargeFen: parts.settings.values().recharge.maxRechargeFen }
        const { batch, rows } = await checkSheet(ctx, judge, { fileName, base64, operator: nameOf(call) })
        call.note({ target: batch.id, after: { fileName, digest: batch.digest, rows: rows.length - 1 } })
        await call.commit(() => insertBatch(site, batch, rows))
        ctx.events.emit({ type: 'changed', area: 'recharge' })
        return batchOf(site, batch)
      },
      'recharge.batchGet': (_call, { id }) => batchOf(site, storedBatch(site, id)),
      'recharge.batchRows': (_call, input) => batchRows(site, input),
      'recharge.batchErrors': (_call, { id }) => errorFile(ctx, site, id),
      async 'recharge.batchStart'(call, { id, tender }) {
        storedBatch(site, id)
        const spec: BatchSpec = { batchId: id, tender, operator: nameOf(call) }
        const running = jobs.running(BATCH_JOB)[0]
        if (running) return { jobId: sameBatch(running, id) }
        shiftFor(shifts, tender, spec.operator)
        call.note({ target: id })
        // the job itself says that it runs, and with which tender: of two calls of one moment one has it
        const job = await jobs.start(BATCH_JOB, { ...spec }, { startedBy: spec.operator })
        return { jobId: sameBatch(job, id) }
      },
      async 'recharge.batchRepeat'(call, { id, rows, repeat }) {
        const batch = storedBatch(site, id)
        const word = repeat ? { by: nameOf(call), at: ctx.ports.clock.now() } : null
        call.note({ target: id, after: { repeat, rows: rows ?? 'all' } })
        await call.commit(() => setRepeat(site, id, rows, word))
        ctx.events.emit({ type: 'changed', area: 'recharge' })
        return batchOf(site, batch)
      },
      'recharge.batchList': (_call, input) => batches(site, input),
    },
  }
}

/** One batch runs at a time. */
function sameBatch(job: { id: string; spec: Readonly<Record<string, unknown>> }, batchId: string): string {
  if (job.spec['batchId'] === batchId) return job.id
  throw new SitedeskError('JOB_RUNNING', 'Another batch is running.', { jobId: job.id })
}

/** A batch that the end of the program cut off waits for a person. */
async function pauseCutOff({ store: { site } }: CoreContext): Promise<void> {
  const cutOff = site.all(site.query.selectFrom('recharge_batch').select('id').where('state', '=', 'running'))
  if (cutOff.length > 0)
    await site.write(() => {
      for (const { id } of cutOff) setBatchState(site, id, 'paused')
    })
}
