import type { Checked, Output } from '#shared/contract/index.ts'
import { importKind, type ImportKind } from '#shared/contract/values.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import { z } from '#shared/z.ts'
import type { Call } from '../context.ts'
import type { Job, JobEnd } from '../jobs/index.ts'
import type { ImportParts } from './index.ts'
import type { List, Opened } from './list.ts'

export const IMPORT_JOB = 'meters.import'
/** Answers that wait to be fetched: in memory, since they name people. */
const MOST_ANSWERS = 6

const specSchema = z.object({
  kind: importKind,
  fileName: z.string(),
  dryRun: z.boolean(),
  importId: z.string(),
})
type Spec = z.infer<typeof specSchema>

type Answer = Output<'meters.importResult'>

interface Waiting {
  readonly opened: Opened
  readonly operator: Call['operator']
}

/** A file is read at once, so that what is no such list is refused; judging and entering it is a job. */
export function createRun(parts: ImportParts, lists: Readonly<Record<ImportKind, List>>) {
  const { ctx, jobs } = parts
  const waiting = new Map<string, Waiting>()
  const answers = createAnswers()
  jobs.register(IMPORT_JOB, async (job) => {
    const spec = specSchema.parse(job.spec)
    const mine = waiting.get(spec.importId)
    waiting.delete(spec.importId)
    // the program ended meanwhile
    if (!mine) throw new SitedeskError('CONFLICT', 'The file is not here any more; choose it again.')
    const { end, answer } = await importAll(parts, job, spec, mine)
    answers.keep(job.id, mine.operator?.operatorId ?? '', answer)
    return end
  })
  return {
    async begin(call: Call, { kind, fileName, base64, dryRun }: Checked<'meters.import'>) {
      refuseRunning(parts)
      const opened = await lists[kind].open(base64)
      const importId = ctx.ports.random.uuid()
      const spec: Spec = { kind, fileName, dryRun, importId }
      call.note({ target: fileName, after: { kind, dryRun, rows: opened.total, importId } })
      await call.commit(() => undefined)
      waiting.set(importId, { opened, operator: call.operator })
      const job = await jobs.start(IMPORT_JOB, spec, { startedBy: call.operator?.name ?? null })
      if (job.spec['importId'] !== importId) {
        waiting.delete(importId)
        throw isRunning(job.id)
      }
      return { jobId: job.id, importId }
    },
    result: ({ operator }: Call, { jobId }: Checked<'meters.importResult'>) =>
      answers.get(jobId, operator?.operatorId ?? ''),
  }
}

async function importAll(
  { ctx, meters, store, changed }: ImportParts,
  job: Job,
  { kind, fileName, dryRun, importId: id }: Spec,
  { opened, operator }: Waiting,
): Promise<{ end: JobEnd; answer: Answer }> {
  const by = operator?.name ?? null
  // what stands is what the decisions so far say
  await meters.settled()
  const entering = {
    importId: id,
    fileName,
    by,
    first: () => store.add({ id, kind, fileName, by, at: ctx.ports.clock.now() }),
    count: (rows: number, others: number) => store.count(id, rows, others),
  }
  const answer = await opened.run(job, fileName, dryRun ? null : entering).finally(() => {
    if (dryRun) return
    meters.changed()
    changed()
  })
  job.step('meterImportFollow')
  await meters.settled()
  job.progress(opened.total, opened.total)
  job.report(answer.counts.error > 0 ? 'warning' : 'info', dryRun ? 'meterImportDry' : 'meterImport', {
    ...answer.counts,
  })
  return { end: { state: 'done' }, answer }
}

export function refuseRunning({ jobs }: ImportParts): void {
  const [job] = jobs.running(IMPORT_JOB)
  if (job) throw isRunning(job.id)
}

const isRunning = (jobId: string) =>
  new SitedeskError('JOB_RUNNING', 'A file is being imported; try again when it is done.', {
    jobId,
    kind: IMPORT_JOB,
  })

function createAnswers() {
  const kept = new Map<string, { operatorId: string; answer: Answer }>()
  return {
    keep(jobId: string, operatorId: string, answer: Answer) {
      kept.set(jobId, { operatorId, answer })
      for (const oldest of [...kept.keys()].slice(0, -MOST_ANSWERS)) kept.delete(oldest)
    },
    get(jobId: string, operatorId: string): Answer {
      const found = kept.get(jobId)
      if (!found || found.operatorId !== operatorId) throw notFound('result of job', jobId)
      return found.answer
    },
  }
}
