import type { JobRow } from '#shared/contract/jobs.ts'
import { useRead } from '../../api/queries.ts'

/** The job that posts this batch now, if any; its events move the bar. */
export function useBatchJob(batchId: string): JobRow | null {
  const jobs = useRead('jobs.list', { kind: 'recharge.batch', state: ['queued', 'running'], limit: 20 })
  return jobs.data?.rows.find((job) => isActive(job) && job.spec['batchId'] === batchId) ?? null
}

/** An event changes a row in the list before the list is asked for again. */
const isActive = ({ state }: JobRow) => state === 'queued' || state === 'running'
