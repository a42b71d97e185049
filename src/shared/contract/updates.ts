import { z } from '../z.ts'
import { instant, nothing, read, write } from './define.ts'

/** What an installed copy is replaced by. `zip` and `headless` are put in place by hand. */
export const INSTALLER_KINDS = ['nsis', 'zip', 'dmg', 'AppImage', 'deb', 'headless'] as const
export type InstallerKind = (typeof INSTALLER_KINDS)[number]

/** Where new versions are looked for. A folder holds `update.json`; a file is such a document anywhere. */
export const updateSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('feed'), url: z.url().max(2000) }),
  z.strictObject({ kind: z.literal('folder'), path: z.string().min(1).max(1000) }),
  z.strictObject({ kind: z.literal('file'), path: z.string().min(1).max(1000) }),
])
export type UpdateSource = z.infer<typeof updateSource>

/** Why nothing came of it; each has its words and what to do. */
export const UPDATE_PROBLEMS = [
  'insecure',
  'unreachable',
  'redirect',
  'notFound',
  'tooLarge',
  'malformed',
  'notSigned',
  'older',
  'tooOld',
  'wrongPlatform',
  'truncated',
  'wrongHash',
  'storage',
  'notStarted',
] as const
export type UpdateProblem = (typeof UPDATE_PROBLEMS)[number]

/** What an installation waits for. */
export const UPDATE_BLOCKERS = ['recharge', 'payment', 'provisioning', 'job', 'command'] as const
export type UpdateBlocker = (typeof UPDATE_BLOCKERS)[number]

export const updateStatus = z.object({
  /** `noKey`: no public key was compiled in, so nothing can be trusted */
  state: z.enum(['noKey', 'idle', 'checking', 'available', 'downloading', 'ready']),
  version: z.string(),
  source: updateSource.nullable(),
  offered: z
    .object({
      version: z.string(),
      notes: z.object({ zh: z.string(), en: z.string() }),
      name: z.string(),
      bytes: z.int(),
    })
    .nullable(),
  receivedBytes: z.int(),
  problem: z.enum(UPDATE_PROBLEMS).nullable(),
  /** an installation waits for these to end */
  blockers: z.array(z.enum(UPDATE_BLOCKERS)),
  checkedAt: instant.nullable(),
  deferredUntil: instant.nullable(),
  /** this host starts no installer: `file` is put in place by hand */
  byHand: z.boolean(),
  /** the verified installer, once it is here */
  file: z.string().nullable(),
  /** what became of the last one */
  last: z
    .object({ from: z.string(), to: z.string(), at: instant, result: z.enum(['succeeded', 'notInstalled']) })
    .nullable(),
})
export type UpdateStatus = z.infer<typeof updateStatus>

const admin = { access: ['admin'] as const, input: nothing, output: updateStatus }

export const updates = {
  'updates.status': read({
    access: 'operator',
    summary: 'Which version runs, which one is offered, and what stands in the way of it.',
    input: nothing,
    output: updateStatus,
  }),
  'updates.setSource': write({
    access: ['admin'],
    summary:
      'Where new versions are looked for: a feed (https, or http on loopback), a folder, a file; null: nowhere.',
    input: z.strictObject({ source: updateSource.nullable() }),
    output: updateStatus,
  }),
  'updates.check': write({ ...admin, summary: 'Looks for a new version now; answers what was found.' }),
  'updates.download': write({
    ...admin,
    summary: 'Fetches the offered installer in the background, going on where an earlier try stopped.',
  }),
  'updates.cancel': write({
    ...admin,
    summary: 'Stops the download; what is here is kept for the next try.',
  }),
  'updates.defer': write({
    access: ['admin'],
    summary: 'Says nothing of the offered version for some days.',
    input: z.strictObject({ days: z.int().min(1).max(30) }),
    output: updateStatus,
  }),
  'updates.install': write({
    ...admin,
    summary:
      'Checks signature and hash once more, copies the database and starts the installer; refused while money or chargers are under way.',
  }),
}
