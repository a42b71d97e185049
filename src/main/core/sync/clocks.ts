import type { Dataset } from '#shared/contract/sync.ts'
import type { Source } from '#shared/contract/define.ts'
import { DAY } from '#shared/time.ts'
import type { Job } from '../jobs/index.ts'
import type { Upstreams } from '../upstream/index.ts'
import { WindowFailed } from './faults.ts'
import type { Unfinished } from './run-dataset.ts'

/** Clocks of other zones and of the last day are within it; what is asked for ends at the earlier clock (F-25). */
const FARTHEST = 2 * DAY

interface ClockParts {
  readonly upstreams: Pick<Upstreams, 'status' | 'windowEnd'>
  readonly job: Job
  readonly source: Source
}

/**
 * A vendor's clock that is days behind ours cuts those days off: all that could be asked for came, and yet the
 * dataset is not complete. They are not asked for by our own clock: if that is the wrong one, days to come would
 * count as fetched. Null where both are near, or what was asked for ends before (`to`, epoch ms).
 */
export function clockBehind(
  { upstreams, job, source }: ClockParts,
  { dataset, to = Infinity }: { readonly dataset: Dataset; readonly to?: number | undefined },
): Unfinished | null {
  const behindMs = -(upstreams.status(source).clockSkewMs ?? 0)
  if (behindMs <= FARTHEST || to <= upstreams.windowEnd(source)) return null
  const days = Math.floor(behindMs / DAY)
  job.report('warning', 'clockBehind', { dataset, days })
  const message = `The vendor's clock is ${days} days behind ours; the days between were not fetched.`
  return { error: new WindowFailed('clockBehind', message, { days }) }
}
