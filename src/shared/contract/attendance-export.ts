import { z } from '../z.ts'
import { id, read, write } from './define.ts'

export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month such as 2026-03')

/** of one file */
const MOST_MONTHS = 24
const monthsBetween = (from: string, to: string) => {
  const count = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5))
  return count(to) - count(from) + 1
}

/** Files of attendance that take a while to write. */
export const attendanceExport = {
  'attendance.export': write({
    access: 'operator',
    summary:
      'Writes months of a project to XLSX as a job: a sheet with the sums, and one a month with a cell for each day; ' +
      'attendance.exported has the file once the job is done.',
    input: z
      .strictObject({ projectId: id, from: month, to: month, language: z.enum(['zh-CN', 'en']).optional() })
      .refine(({ from, to }) => from <= to && monthsBetween(from, to) <= MOST_MONTHS, {
        message: `from the first to the last month, ${MOST_MONTHS} at most`,
        path: ['to'],
      }),
    output: z.object({ jobId: z.string() }),
  }),
  'attendance.exported': read({
    access: 'operator',
    summary:
      'The file of a job that is done, for who started it; kept until the program ends or newer ones come.',
    input: z.strictObject({ jobId: id }),
    output: z.object({ name: z.string(), type: z.string(), base64: z.string() }),
  }),
}
