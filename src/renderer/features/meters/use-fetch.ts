import { useCallback, useEffect, useState } from 'react'
import type { Output } from '#shared/contract/index.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { useClient } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import type { Span } from './spans.ts'

export interface Fetching {
  readonly reason: Output<'meters.fetch'>['reason'] | null
  /** a job is fetching this meter now */
  readonly busy: boolean
  /** why the last fetch ended badly */
  readonly error: JobRow['error']
  again(): void
}

const isActive = (job: JobRow | undefined) => job?.state === 'running' || job?.state === 'queued'

/**
 * Asks for the history of the opened meter before everything else. The call answers at once; what comes is shown
 * by `changed` events. Not a cached read: those ask again at every such event, which would fetch for ever.
 */
export function useFetch(meterId: string, span: Span): Fetching {
  const client = useClient()
  const [answer, setAnswer] = useState<Output<'meters.fetch'> | null>(null)
  const { from, to } = span
  const again = useCallback(() => {
    client.call('meters.fetch', { meterId, from, to }).then(setAnswer, () => setAnswer(null))
  }, [client, meterId, from, to])
  useEffect(again, [again])
  const jobId = answer?.jobId ?? null
  const job = useRead('jobs.get', { id: jobId ?? '' }, { enabled: jobId !== null, keepPrevious: false })
  return {
    reason: answer?.reason ?? null,
    busy: jobId !== null && isActive(job.data),
    error: jobId === null ? null : (job.data?.error ?? null),
    again,
  }
}
