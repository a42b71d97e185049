import type { StoreFile } from './copies.ts'

/** Why a copy was made: by the clock, by a person, before a migration, before a restore. */
export const REASONS = ['scheduled', 'manual', 'migration', 'safety'] as const
export type Reason = (typeof REASONS)[number]

/** `…/site.20261122T021452Z.scheduled.db`; `.sealed` in the second place */
const NAME = /(?:^|[\\/])(site|history)\.(\d{8})T(\d{6})Z\.(scheduled|manual|migration|safety)\.(db|sealed)$/

export interface CopyName {
  readonly file: StoreFile
  /** `20261122`, UTC */
  readonly day: string
  /** sorts by time */
  readonly stamp: string
  readonly reason: Reason
  /** epoch ms */
  readonly at: number
}

export const copyName = (file: StoreFile, at: number, reason: Reason): string =>
  `${file.replace('.db', '')}.${new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')}.${reason}.db`

/** What the name of a copy says; null for a name that is not ours. */
export function parseName(path: string): CopyName | null {
  const m = NAME.exec(path)
  if (!m) return null
  const [, file = '', day = '', time = '', reason = ''] = m
  const at = Date.parse(
    `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`,
  )
  if (Number.isNaN(at)) return null
  return { file: `${file}.db` as StoreFile, day, stamp: `${day}${time}`, reason: reason as Reason, at }
}

/** When a copy was made, epoch ms; null for a name that is not ours. */
export const madeAt = (path: string): number | null => parseName(path)?.at ?? null
