import { z } from '../z.ts'
import { backupFacts } from './backups.ts'
import { done, id, instant, nothing, read, role, source, write } from './define.ts'
import { crash, healthPart, integrityCheck } from './health.ts'

/** How a vendor system stands: `idle` has not been asked since start-up. */
export const sourceState = z.enum(['unconfigured', 'idle', 'live', 'failing', 'offline', 'stopped'])

export const sourceStatus = z.object({
  source,
  state: sourceState,
  /** end of the last sync that was complete, epoch ms */
  lastCompleteAt: instant.nullable(),
  /** the last sync left windows unfinished */
  partial: z.boolean(),
  lastError: z.object({ code: z.string(), message: z.string(), at: instant }).nullable(),
  /** the vendor's clock minus ours in ms, from HTTP Date; null when never seen (F-25) */
  clockSkewMs: z.number().nullable(),
})

export const problem = z.object({
  code: z.enum([
    'CONFIG_READABLE',
    'KEY_FILE_ONLY',
    'SECRETS_LOCKED',
    'CLOCK_SKEW',
    'INSECURE_UPSTREAM',
    'UNCLEAN_STOP',
    'STORE_DAMAGED',
    'BACKUP_FAILED',
    'LAN_NOT_LISTENING',
    'PAYMENT_NOT_READY',
    'CRASHED',
  ]),
  data: z.record(z.string(), z.unknown()).optional(),
})

/** What a diagnostics bundle holds. */
export const diagnosticsFile = z.enum([
  'about.json',
  'status.json',
  'settings.json',
  'schema.json',
  'jobs.json',
  'crashes.json',
  'log.txt',
])

/** Why the automation API does not answer: `unavailable` says that this host has none. */
export const automationReason = z.enum(['off', 'portInUse', 'portRefused', 'failed', 'unavailable'])
export type AutomationReason = z.infer<typeof automationReason>

export const automation = z.object({
  enabled: z.boolean(),
  /** `http://127.0.0.1:PORT` while it answers */
  url: z.string().nullable(),
  token: z.string().nullable(),
  reason: automationReason.nullable(),
})

export const system = {
  'system.hello': read({
    access: 'public',
    summary: 'What a screen needs before anyone signs in.',
    input: nothing,
    output: z.object({
      version: z.string(),
      demo: z.boolean(),
      siteName: z.string(),
      /** fixed offset of the site, `+08:00` */
      zone: z.string(),
      now: instant,
      /** no operator exists yet: show the first-run wizard */
      firstRun: z.boolean(),
      operator: z
        .object({
          id,
          name: z.string(),
          roles: z.array(role),
          /** nothing else is answered before operators.changePin */
          mustChangePin: z.boolean().optional(),
          /** operations that these roles have and an administrator withheld; absent: none */
          withheld: z.array(z.string()).optional(),
        })
        .nullable(),
      /** an operator is signed in here but the screen locked itself */
      locked: z.boolean(),
      autoLockMinutes: z.int(),
      names: z.array(z.string()),
    }),
  }),
  'system.status': read({
    access: 'operator',
    summary: 'The state of every part of the desk.',
    input: nothing,
    output: z.object({
      version: z.string(),
      now: instant,
      demo: z.boolean(),
      dataDir: z.string(),
      lan: z.object({ state: z.enum(['off', 'starting', 'on', 'failed']), url: z.string().nullable() }),
      bluetooth: z.object({
        state: z.enum(['ready', 'off', 'unauthorized', 'unavailable', 'unknown']),
        reason: z.string().nullable(),
      }),
      sources: z.array(sourceStatus),
      runningJobs: z.int(),
      problems: z.array(problem),
      backups: backupFacts,
      store: z.object({
        siteBytes: z.int(),
        historyBytes: z.int(),
        readings: z.int(),
        meters: z.int(),
        lastBackupAt: instant.nullable(),
      }),
      /** every part with its last good moment and why it is not well */
      parts: z.array(healthPart),
      /** the last whole check of each database file */
      checks: z.array(integrityCheck),
    }),
  }),
  'system.automation': read({
    access: ['admin'],
    summary: 'Where the automation API answers and the token it takes, or why it does not answer.',
    input: nothing,
    output: automation,
  }),
  'system.check': write({
    access: ['admin', 'supervisor'],
    summary: 'Reads every page of both database files in the background; system.status tells what was found.',
    input: nothing,
    output: done,
  }),
  'system.crashes': read({
    access: ['admin', 'supervisor'],
    summary: 'What broke in this program, newest first, redacted.',
    input: nothing,
    output: z.object({ rows: z.array(crash) }),
  }),
  'system.acknowledgeCrashes': write({
    access: ['admin', 'supervisor'],
    summary: 'Somebody has read of all crashes until now: the problem CRASHED is over.',
    input: nothing,
    output: done,
  }),
  'system.diagnostics': read({
    access: ['admin'],
    summary:
      'A redacted ZIP for support and what is in it: versions, state, settings without secrets, jobs, crashes, log.',
    input: nothing,
    output: z.object({
      name: z.string(),
      files: z.array(z.object({ name: diagnosticsFile, bytes: z.int() })),
      /** base64 */
      zip: z.string(),
    }),
  }),
}
