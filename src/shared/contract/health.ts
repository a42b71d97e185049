import { z } from '../z.ts'
import { instant } from './define.ts'

/** What a desk is made of, in the order in which it is shown. */
export const PARTS = [
  'site',
  'history',
  'backups',
  'imr',
  'campus',
  'water',
  'sync',
  'radio',
  'lan',
  'printing',
  'clock',
  'disk',
  'jobs',
  'workers',
  'updates',
] as const
export type PartName = (typeof PARTS)[number]

/** Why a part is not well; each has its words and what to do. */
export const HEALTH_REASONS = [
  'damaged',
  'notChecked',
  'noBackup',
  'backupFailed',
  'backupDoubtful',
  'secondPlace',
  'offline',
  'refused',
  'partial',
  'syncFailed',
  'neverSynced',
  'radioOff',
  'radioForbidden',
  'radioMissing',
  'notListening',
  'paperWaiting',
  'clockSkew',
  'diskLow',
  'diskFull',
  'jobFailed',
  'workerFailed',
  'noUpdateKey',
  'updateReady',
  'updateFailed',
] as const
export type HealthReason = (typeof HEALTH_REASONS)[number]

export const healthPart = z.object({
  part: z.enum(PARTS),
  /** `off`: not set up or not in use, which is no fault */
  state: z.enum(['good', 'off', 'attention', 'bad']),
  reason: z.enum(HEALTH_REASONS).nullable(),
  /** when it was last seen well, also by an earlier run; null: never */
  lastGoodAt: instant.nullable(),
  data: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
export type HealthPart = z.infer<typeof healthPart>

/** The last whole check of a database file. */
export const integrityCheck = z.object({
  file: z.enum(['site.db', 'history.db']),
  at: instant,
  ok: z.boolean(),
  /** the first few faults, as SQLite says them */
  faults: z.array(z.string()),
})
export type IntegrityCheck = z.infer<typeof integrityCheck>

/** `main`: the program itself ended · `page`: the window's page went, the program worked on. */
export const crash = z.object({
  at: instant,
  kind: z.enum(['main', 'page']),
  version: z.string(),
  /** redacted */
  message: z.string(),
  stack: z.string(),
  seen: z.boolean(),
})
export type Crash = z.infer<typeof crash>
