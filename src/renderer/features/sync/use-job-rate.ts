import { useState } from 'react'
import type { JobRow } from '#shared/contract/jobs.ts'
import { addSample, estimate, type Estimate, type Sample } from './progress.ts'

/** Speed and time left of a running job, from the progress that was pushed while this screen was open. */
export function useJobRate(job: JobRow | null): Estimate {
  const [seen, see] = useState<{ id: string | null; samples: readonly Sample[] }>({ id: null, samples: [] })
  if (!job || job.state !== 'running') return { perSecond: null, remainingMs: null }
  const before = seen.id === job.id ? seen.samples : []
  const samples = addSample(before, { at: job.updatedAt, done: job.done })
  if (samples !== before) see({ id: job.id, samples })
  return estimate(samples, job.total)
}
