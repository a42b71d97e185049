import type { JobRow } from '#shared/contract/jobs.ts'
import type { WireError } from '#shared/errors.ts'

export type JobSpec = Readonly<Record<string, unknown>>
export type JobState = JobRow['state']
export type ReportLine = JobRow['report'][number]

/** What a runner is given. Progress is pushed and stored by itself, throttled; nothing here waits. */
export interface Job {
  readonly id: string
  readonly spec: JobSpec
  /** when the job was first asked for, epoch ms; the same after it was interrupted and went on */
  readonly createdAt: number
  /** aborted by a cancel, by the end of the program, or by a restart after sleep */
  readonly signal: AbortSignal
  /** what it is doing now: i18n key `step.<code>` */
  step(code: string, data?: Record<string, unknown>): void
  progress(done: number, total: number | null): void
  /** one line of what it found: i18n key `report.<code>` */
  report(level: ReportLine['level'], code: string, data?: ReportLine['data']): void
}

export interface JobEnd {
  readonly state: 'done' | 'partial' | 'failed'
  readonly error?: WireError
  readonly resumable?: boolean
}

/** Does the work; throws SitedeskError for a refusal. After `signal` aborts it stops soon, however it ends. */
export type JobRunner = (job: Job) => Promise<JobEnd>
