import type { JobRow } from '#shared/contract/jobs.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import { jobRow } from '#shared/contract/jobs.ts'
import type { SiteDatabase } from '../store/store.ts'
import type { SiteTables } from '../store/schema.ts'
import type { JobSpec, JobState } from './types.ts'

type Stored = SiteTables['job']

/** The error code of a job that the end of the program cut off. */
export const INTERRUPTED = 'INTERRUPTED'
const INTERRUPTED_MESSAGE = 'The program ended while this job ran; the same call goes on where it stopped.'
export const interrupted = { code: INTERRUPTED, message: INTERRUPTED_MESSAGE }

const KEPT_DAYS = 90
const DAY_MS = 86_400_000

/** Equal for equal specs, whatever the order of their keys. */
export function specText(spec: JobSpec): string {
  const given = Object.entries(spec).filter(([, value]) => value !== undefined)
  return JSON.stringify(Object.fromEntries(given.toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

const parse = (text: string | null): unknown => (text === null ? null : JSON.parse(text))

function fromStored(row: Stored): JobRow {
  return jobRow.parse({
    id: row.id,
    kind: row.kind,
    spec: parse(row.spec),
    state: row.state,
    step: parse(row.step),
    done: row.done,
    total: row.total,
    error: parse(row.error),
    report: parse(row.report),
    startedBy: row.started_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    endedAt: row.ended_at,
    resumable: row.resumable === 1,
  })
}

function toStored(job: JobRow): Stored {
  return {
    id: job.id,
    kind: job.kind,
    spec: specText(job.spec),
    state: job.state,
    step: job.step && JSON.stringify(job.step),
    done: job.done,
    total: job.total,
    error: job.error && JSON.stringify(job.error),
    report: JSON.stringify(job.report),
    started_by: job.startedBy,
    created_at: job.createdAt,
    updated_at: job.updatedAt,
    ended_at: job.endedAt,
    resumable: job.resumable ? 1 : 0,
  }
}

export interface JobFilter {
  readonly state?: readonly JobState[] | undefined
  readonly kind?: string | undefined
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

function list(site: SiteDatabase, filter: JobFilter): { total: number; rows: JobRow[] } {
  let query = site.query.selectFrom('job')
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind)
  if (filter.state) query = query.where('state', 'in', filter.state)
  const total = site.get(query.select((e) => e.fn.countAll<number>().as('n')))?.n ?? 0
  const rows = site.all(
    query
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(filter.limit ?? DEFAULT_LIMIT)
      .offset(filter.offset ?? 0),
  )
  return { total, rows: rows.map(fromStored) }
}

/** The rows of `job`: what was asked, how far it came, how it ended. */
export function jobStore(site: SiteDatabase) {
  const jobs = () => site.query.selectFrom('job')
  return {
    find(id: string): JobRow | null {
      const row = site.get(jobs().selectAll().where('id', '=', id))
      return row ? fromStored(row) : null
    },

    /** the newest failed job that the same call would continue */
    resumable(kind: string, spec: JobSpec): JobRow | null {
      const query = jobs()
        .selectAll()
        .where('kind', '=', kind)
        .where('state', '=', 'failed')
        .where('resumable', '=', 1)
        .where('spec', '=', specText(spec))
        .orderBy('created_at', 'desc')
        .limit(1)
      const row = site.get(query)
      return row ? fromStored(row) : null
    },

    list: (filter: JobFilter) => list(site, filter),

    save(job: JobRow): Promise<void> {
      const row = toStored(job)
      const { id: _, ...changes } = row
      return site.write(() => {
        site.run(
          site.query
            .insertInto('job')
            .values(row)
            .onConflict((c) => c.column('id').doUpdateSet(changes)),
        )
      })
    },

    /** At start-up: what still counts as running was cut off (F-27); what is old is forgotten. */
    recover(now: number): Promise<void> {
      return site.write(() => {
        site.run(
          site.query
            .updateTable('job')
            .set({ state: 'failed', error: JSON.stringify(interrupted), resumable: 1, ended_at: now })
            .where('state', 'in', ['queued', 'running']),
        )
        site.run(site.query.deleteFrom('job').where('ended_at', '<', now - KEPT_DAYS * DAY_MS))
      })
    },
  }
}
export type JobStore = ReturnType<typeof jobStore>
