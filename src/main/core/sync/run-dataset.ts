import type { Source } from '#shared/contract/define.ts'
import type { Dataset } from '#shared/contract/sync.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { CoreContext } from '../context.ts'
import type { Job, JobEnd } from '../jobs/index.ts'
import { describe, reachOf } from './faults.ts'
import type { StateStore } from './state.ts'

/** A dataset that could not be fetched completely; the reason of its last failure. */
export interface Unfinished {
  readonly error: unknown
}

export interface DatasetParts {
  readonly ctx: CoreContext
  readonly state: StateStore
  readonly job: Job
  readonly source: Source
  readonly changed: () => void
}

export interface DatasetWork {
  work(): Promise<Unfinished | null>
  /** everything before it is held; null for datasets without a past */
  completeTo(): number | null
  /** a part was asked for: its end says nothing of the whole */
  readonly partOnly: boolean
  /** not every deployment has it (I-44) */
  readonly optional?: boolean
}

/**
 * Runs one dataset and keeps how it ended. Null when complete; throws what ends the whole run: the account,
 * the store, the stop.
 */
export async function runOneDataset(
  { ctx, state, job, source, changed }: DatasetParts,
  which: Dataset,
  { work, completeTo, partOnly, optional = false }: DatasetWork,
): Promise<Unfinished | null> {
  const { clock } = ctx.ports
  try {
    const unfinished = await work()
    if (unfinished) await state.unfinished(source, which, unfinished.error, clock.now())
    else if (!partOnly) await state.complete(source, which, clock.now(), completeTo())
    return unfinished
  } catch (error) {
    if (optional && isMissing(error)) {
      await state.unsupported(source, which)
      job.report('info', 'notSupported', { dataset: which })
      return null
    }
    if (job.signal.aborted) await state.stopped(source, which)
    else await state.unfinished(source, which, error, clock.now())
    if (job.signal.aborted || reachOf(error) === 'account' || reachOf(error) === null) throw error
    job.report('error', reasonCode(error), { dataset: which, ...describe(error) })
    return { error }
  } finally {
    changed()
  }
}

/** I-44: an endpoint that this vendor does not have is told apart from one that fails. */
const isMissing = (error: unknown) => describe(error)['reason'] === 'notFound'
const reasonCode = (error: unknown) => (isMissing(error) ? 'notSupported' : 'datasetFailed')

/** Partial: the cursors stand where they stood, and the same call goes on from there. */
export function endOf(failures: readonly unknown[]): JobEnd {
  const first = failures[0]
  if (failures.length === 0) return { state: 'done' }
  const error = first instanceof SitedeskError ? { error: first.toWire() } : {}
  return { state: 'partial', resumable: true, ...error }
}
