import type { JobRow } from '#shared/contract/jobs.ts'

/** What was done at an instant, as the job's own events told it. */
export interface Sample {
  readonly at: number
  readonly done: number
}

/** A rate over less says more about pauses between pages than about speed. */
const WINDOW_MS = 60_000
const LEAST_MS = 3_000

export function addSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  const last = samples.at(-1)
  if (last && next.at <= last.at) return samples
  // a count that went back belongs to another run
  const kept = last && next.done < last.done ? [] : samples.filter(({ at }) => next.at - at <= WINDOW_MS)
  return [...kept, next]
}

export interface Estimate {
  /** steps a second over the last minute; null while too little was seen */
  readonly perSecond: number | null
  readonly remainingMs: number | null
}

export function estimate(samples: readonly Sample[], total: number | null): Estimate {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last || last.at - first.at < LEAST_MS) return { perSecond: null, remainingMs: null }
  const perSecond = ((last.done - first.done) * 1000) / (last.at - first.at)
  if (total === null || perSecond <= 0) return { perSecond, remainingMs: null }
  return { perSecond, remainingMs: (Math.max(0, total - last.done) / perSecond) * 1000 }
}

/** Whole percents; null while the end is not known. Only a finished job shows 100. */
export function percentOf(job: Pick<JobRow, 'done' | 'total' | 'state'>): number | null {
  if (job.state === 'done') return 100
  if (job.total === null || job.total <= 0) return null
  return Math.min(99, Math.floor((job.done / job.total) * 100))
}

export type DurationUnit = 'seconds' | 'minutes' | 'hours'

/** A duration to plan by, rounded up in its largest sensible unit; two parts from an hour on. */
export function durationParts(ms: number): readonly { unit: DurationUnit; n: number }[] {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 60) return [{ unit: 'seconds', n: seconds }]
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return [{ unit: 'minutes', n: minutes }]
  const rest = minutes % 60
  const hours = { unit: 'hours' as const, n: Math.floor(minutes / 60) }
  return rest === 0 ? [hours] : [hours, { unit: 'minutes', n: rest }]
}
