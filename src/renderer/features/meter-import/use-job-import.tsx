import type { Output } from '#shared/contract/index.ts'
import type { ImportKind } from '#shared/contract/meter-import.ts'
import { fromWire, SitedeskError } from '#shared/errors.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import type { SheetFile } from '../sheet-import/use-import.ts'
import { RunningJob } from '../sync/RunningJob.tsx'
import { isActive } from '../sync/job-text.ts'

/** Reading a large file happens before the job; 10 MB of XLSX take some seconds. */
const READ_TIMEOUT_MS = 180_000

/** The dry run and the import of a list that is judged by a job: its progress, then what it found. */
export function useJobImport(kind: ImportKind) {
  const judge = useOne(kind, true)
  const apply = useOne(kind, false)
  const job = apply.job ?? judge.job
  return {
    judge: judge.write,
    apply: apply.write,
    progress: job ? <RunningJob key={job.id} job={job} /> : null,
  }
}

function useOne(kind: ImportKind, dryRun: boolean) {
  const start = useWrite('meters.import', { timeoutMs: READ_TIMEOUT_MS })
  const jobId = start.data?.jobId ?? ''
  const job = useRead('jobs.get', { id: jobId }, { enabled: jobId !== '', keepPrevious: false })
  const isDone = job.data?.state === 'done'
  const result = useRead('meters.importResult', { jobId }, { enabled: isDone, keepPrevious: false })
  const data: Output<'meters.importResult'> | undefined = jobId === '' ? undefined : result.data
  const error = start.error ?? result.error ?? job.error ?? failure(job.data)
  return {
    job: jobId !== '' && job.data && isActive(job.data) ? job.data : null,
    write: {
      data,
      error,
      isPending: start.isPending || (jobId !== '' && data === undefined && error === null),
      mutate: (file: SheetFile) => start.mutate({ ...file, kind, dryRun }),
      reset: start.reset,
    },
  }
}

function failure(job: Output<'jobs.get'> | undefined): SitedeskError | null {
  if (job?.state === 'cancelled') return new SitedeskError('CANCELLED', 'The import was stopped.')
  return job?.state === 'failed' && job.error ? fromWire(job.error) : null
}
