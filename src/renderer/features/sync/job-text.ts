import type { JobRow } from '#shared/contract/jobs.ts'

type KindKey =
  | 'imr'
  | 'campus'
  | 'campusNight'
  | 'water'
  | 'fetch'
  | 'reconciliation'
  | 'batch'
  | 'attendance'
  | 'report'
  | 'meterImport'
  | 'retention'
  | 'shrink'

const KINDS: Readonly<Record<string, KindKey>> = {
  'sync.imr': 'imr',
  'sync.campus': 'campus',
  'sync.campusNight': 'campusNight',
  'sync.water': 'water',
  'meters.fetch': 'fetch',
  'reconciliation.day': 'reconciliation',
  'recharge.batch': 'batch',
  'attendance.export': 'attendance',
  'reports.export': 'report',
  'meters.import': 'meterImport',
  retention: 'retention',
  'retention.shrink': 'shrink',
}

/** Which text of `sync.kind` names a job; null for a kind of a newer core, which then shows its own name. */
export const kindKey = (kind: string) => KINDS[kind] ?? null

/** How long a job took, or has been taking, in ms. */
export const tookMs = (job: Pick<JobRow, 'createdAt' | 'endedAt' | 'updatedAt'>) =>
  Math.max(0, (job.endedAt ?? job.updatedAt) - job.createdAt)

export const isActive = (job: Pick<JobRow, 'state'>) => job.state === 'running' || job.state === 'queued'

/** The span a job was asked to fetch, where it was asked for one. */
export function spanOf(job: Pick<JobRow, 'spec'>): { from: number; to: number } | null {
  const { from, to } = job.spec
  return typeof from === 'number' && typeof to === 'number' ? { from, to } : null
}

const TONES = {
  queued: 'default',
  running: 'processing',
  done: 'success',
  partial: 'warning',
  failed: 'error',
  cancelled: 'default',
} as const

/** Status colours: only what needs a person is loud. */
export const toneOf = (state: JobRow['state']) => TONES[state]
