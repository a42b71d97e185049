import { z } from '../z.ts'
import { id, instant, nothing, read, role, source } from './define.ts'

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
  ]),
  data: z.record(z.string(), z.unknown()).optional(),
})

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
      store: z.object({
        siteBytes: z.int(),
        historyBytes: z.int(),
        readings: z.int(),
        meters: z.int(),
        lastBackupAt: instant.nullable(),
      }),
    }),
  }),
  'system.automation': read({
    access: ['admin'],
    summary: 'Where the automation API answers and the token it takes, or why it does not answer.',
    input: nothing,
    output: automation,
  }),
  'system.diagnostics': read({
    access: ['admin'],
    summary:
      'A redacted bundle for support: versions, settings without secrets, state and the last log lines.',
    input: nothing,
    output: z.object({ name: z.string(), contents: z.array(z.string()), json: z.string() }),
  }),
}
