import { z } from '../z.ts'
import { done, id, instant, page, paging, read, write } from './define.ts'

export const jobState = z.enum(['queued', 'running', 'done', 'partial', 'failed', 'cancelled'])
export type JobState = z.infer<typeof jobState>

/** One line of what a job found: an i18n key `report.<code>` with its values. */
export const reportLine = z.object({
  level: z.enum(['info', 'warning', 'error']),
  code: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
})

export const jobRow = z.object({
  id,
  /** `sync.imr`, … : who runs it */
  kind: z.string(),
  /** what it was asked to do, as given */
  spec: z.record(z.string(), z.unknown()),
  state: jobState,
  /** what it is doing now: i18n key `step.<code>` with its values */
  step: z.object({ code: z.string(), data: z.record(z.string(), z.unknown()).optional() }).nullable(),
  done: z.int(),
  /** null while the end is not known */
  total: z.int().nullable(),
  error: z.object({ code: z.string(), message: z.string(), data: z.unknown().optional() }).nullable(),
  report: z.array(reportLine),
  startedBy: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
  endedAt: instant.nullable(),
  /** the same call goes on where this one stopped */
  resumable: z.boolean(),
})
export type JobRow = z.infer<typeof jobRow>

export const jobs = {
  'jobs.list': read({
    access: 'operator',
    summary: 'Long work, newest first.',
    input: z.strictObject({
      ...paging,
      state: z.array(jobState).optional(),
      kind: z.string().max(40).optional(),
    }),
    output: page(jobRow),
  }),
  'jobs.get': read({
    access: 'operator',
    summary: 'One job with its report.',
    input: z.strictObject({ id }),
    output: jobRow,
  }),
  'jobs.cancel': write({
    access: ['supervisor', 'meters', 'installer', 'cashier', 'attendance', 'viewer'],
    summary:
      'Asks a job to stop after the step it is in; what it did stays. Who is cashier, attendance or viewer only stops what he started.',
    input: z.strictObject({ id }),
    output: done,
  }),
}
