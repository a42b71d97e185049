import type { Checked } from '#shared/contract/index.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import type { Call } from '../../context.ts'
import { WrittenFiles, type Jobs } from '../../jobs/index.ts'
import { requireView } from '../access.ts'
import { projectOf } from '../books.ts'
import { EXPORT_JOB, exportRunner, exportSpec } from '../export.ts'
import { asDesk } from '../refusals.ts'
import { showPeople } from './masking.ts'
import type { ConsoleParts, Desk } from './parts.ts'

/** Files that take a while: written by a job, fetched by who asked. */
export function exportHandlers(
  { ctx, books }: ConsoleParts,
  desk: Desk,
  jobs: Pick<Jobs, 'register' | 'start'>,
) {
  const files = new WrittenFiles()
  const reader = (operatorId: string) => {
    const found = desk.readerNamed(operatorId)
    return {
      viewer: { phone: found.phone, staff: found.staff, now: desk.now },
      show: showPeople(books, found),
    }
  }
  jobs.register(EXPORT_JOB, exportRunner({ ctx, books, files, reader }))
  return {
    'attendance.export': async (call: Call, input: Checked<'attendance.export'>) => {
      const { projectId, from, to, language = 'zh-CN' } = input
      asDesk(() => requireView(books, desk.viewer(call), projectOf(books, projectId)))
      const by = { operatorId: call.operator?.operatorId ?? '', operator: call.operator?.name ?? '' }
      const spec = { projectId, from, to, language, ...by }
      const job = await jobs.start(EXPORT_JOB, spec, { startedBy: by.operator })
      requireSame(exportSpec.parse(job.spec), spec, job.id)
      call.note({ target: projectId, after: { from, to, jobId: job.id } })
      return { jobId: job.id }
    },
    'attendance.exported': (call: Call, { jobId }: Checked<'attendance.exported'>) => {
      const written = files.get(jobId)
      if (written === undefined || written.operatorId !== call.operator?.operatorId)
        throw notFound('file of job', jobId)
      return written.file
    },
  }
}

/** One runs at a time: another one is no answer to this. */
function requireSame(running: Record<string, string>, asked: Record<string, string>, jobId: string): void {
  if (Object.entries(asked).every(([key, value]) => running[key] === value)) return
  throw new SitedeskError('JOB_RUNNING', 'Another attendance file is being written; try again in a moment.', {
    jobId,
    kind: EXPORT_JOB,
    operator: running['operator'] ?? '',
  })
}
