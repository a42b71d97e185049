import { addMonths, formatDay } from '#shared/time.ts'
import { z } from '#shared/z.ts'
import type { CoreContext } from '../context.ts'
import { unlessAborted, type JobRunner, type WrittenFiles } from '../jobs/index.ts'
import type { Viewer } from './access.ts'
import { fileTitle, monthOfBook, Sums } from './book.ts'
import { projectOf, type Books } from './books.ts'
import { asDesk } from './refusals.ts'
import type { ShowPerson } from './console/masking.ts'
import { monthSheet, monthSpan, type Sheet } from './sheet.ts'

/** Months of a project as one XLSX file, read month by month and written by a worker. */

export const EXPORT_JOB = 'attendance.export'

export const exportSpec = z.object({
  projectId: z.string(),
  from: z.string(),
  to: z.string(),
  language: z.enum(['zh-CN', 'en']),
  /** whose rights hold, as they are when it runs */
  operatorId: z.string(),
  operator: z.string(),
})
export type ExportSpec = z.infer<typeof exportSpec>

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

interface ExportParts {
  readonly ctx: CoreContext
  readonly books: Books
  readonly files: WrittenFiles
  reader(operatorId: string): { readonly viewer: Viewer; readonly show: ShowPerson }
}

export const exportRunner =
  ({ ctx, books, files, reader }: ExportParts): JobRunner =>
  async (job) => {
    const spec = exportSpec.parse(job.spec)
    const months = monthsOf(books, spec)
    const sums = new Sums(months)
    const sheets = []
    let limited = false
    for (const [i, month] of months.entries()) {
      job.step('attendanceMonth', { month })
      const wanted = { projectId: spec.projectId, month }
      const sheet = asDesk(() => sheetFor(books, reader(spec.operatorId), wanted))
      sums.add(i, sheet.rows)
      limited ||= sheet.limited
      sheets.push(monthOfBook(month, sheet, spec.language))
      // the last step is the file
      job.progress(i + 1, months.length + 1)
      await ctx.ports.clock.yield()
      job.signal.throwIfAborted()
    }
    job.step('attendanceBook')
    const zoneOffset = books.zone()
    const book = { sheets: [sums.sheet(spec.language), ...sheets], zoneOffset }
    const base64 = await unlessAborted(job.signal, ctx.ports.workers.run('writeBook', book))
    const name = fileName(projectOf(books, spec.projectId).name, spec)
    files.keep(job.id, { operatorId: spec.operatorId, file: { name, type: XLSX, base64 } })
    job.progress(months.length + 1, months.length + 1)
    if (limited) job.report('warning', 'attendanceLimited')
    job.report('info', 'attendanceBook', { workers: sums.workers, months: months.length })
    return { state: 'done' }
  }

/** Phones as who asked for the file may see them; the file leaves the desk. */
function sheetFor(
  books: Books,
  { viewer, show }: ReturnType<ExportParts['reader']>,
  wanted: { projectId: string; month: string },
): Sheet {
  const sheet = monthSheet(books, viewer, wanted)
  const rows = sheet.rows.map((row) =>
    row.kind === 'total' ? row : { ...row, user: show(row.user, wanted.projectId) },
  )
  return { ...sheet, rows }
}

/** `2026-01` to `2026-03`, both included. */
function monthsOf(books: Books, { from, to }: ExportSpec): string[] {
  const zone = books.zone()
  const last = monthSpan(to, zone).from
  const months: string[] = []
  for (let at = monthSpan(from, zone).from; at <= last; at = addMonths(at, 1, zone))
    months.push(formatDay(at, zone).slice(0, 7))
  return months
}

/** A name every system takes. */
function fileName(project: string, { from, to, language }: ExportSpec): string {
  const plain = project.replaceAll(/[\p{Cc}<>:"/\\|?*]+/gu, ' ').trim()
  return `${fileTitle(language)} ${plain} ${from === to ? from : `${from}–${to}`}.xlsx`
}
