import { z } from '../z.ts'
import { instant, nothing, page, paging, read, write } from './define.ts'
import { UPDATE_BLOCKERS } from './updates.ts'

const passphrase = z.string().min(10).max(200)
const path = z.string().trim().min(1).max(1000)

export const copyFile = z.enum(['site.db', 'history.db'])
export const copyReason = z.enum(['scheduled', 'manual', 'migration', 'safety'])
export const placeState = z.enum(['off', 'ready', 'absent', 'needsPassphrase', 'full', 'failing'])

/** A copy in one of the two places by its name, or a file anywhere on the desk's computer. */
export const backupSource = z.discriminatedUnion('place', [
  z.strictObject({ place: z.literal('first'), name: z.string().max(200) }),
  z.strictObject({
    place: z.literal('second'),
    name: z.string().max(200),
    passphrase: passphrase.optional(),
  }),
  z.strictObject({ place: z.literal('file'), path, passphrase: passphrase.optional() }),
])

export const backupRow = z.object({
  /** `first`: beside the data, `second`: the sealed ones */
  place: z.enum(['first', 'second']),
  name: z.string(),
  file: copyFile,
  madeAt: instant,
  reason: copyReason,
  bytes: z.int(),
  /** `good`: opened and found whole when it was made, and still as long; only these are offered */
  state: z.enum(['good', 'bad', 'unchecked']),
  problem: z.string().nullable(),
  /** what does not hold in it although it is whole: the audit chain, a shift that does not add up */
  warnings: z.array(z.string()),
  /** number of the newest migration in it */
  schema: z.int().nullable(),
  auditRows: z.int().nullable(),
})

export const placeTried = z.object({
  /** null: it can be used */
  problem: z.enum(['missing', 'notFolder', 'readOnly', 'failing', 'inData']).nullable(),
  /** in English, for support */
  message: z.string().nullable(),
  freeBytes: z.int().nullable(),
  /** on the disk of the data folder: both are lost with it */
  sameDisk: z.boolean(),
})
export type PlaceTried = z.infer<typeof placeTried>

export const groupChange = z.object({
  group: z.string(),
  table: z.string(),
  rowsNow: z.int(),
  rowsThen: z.int(),
  /** rows of now that the copy does not have */
  lost: z.int(),
  /** fen or pieces by name */
  sumsNow: z.record(z.string(), z.number()),
  sumsThen: z.record(z.string(), z.number()),
  /** when the newest row was made: epoch ms, or text in the zone of the site */
  newestNow: z.union([z.number(), z.string()]).nullable(),
  newestThen: z.union([z.number(), z.string()]).nullable(),
})

export const lastRestore = z.object({
  at: instant,
  by: z.string().nullable(),
  /** what it was restored from, for people */
  from: z.string(),
  madeAt: instant,
  state: z.enum(['done', 'abandoned']),
  /** tables of money whose sums after it are not those of the copy; empty: proven equal */
  differences: z.array(z.string()),
  /** recharges that were on their way when it would have begun: why it was abandoned */
  openRecharges: z.int(),
  /** payments that phones had begun by then */
  openPayments: z.int().default(0),
  money: z.array(
    z.object({
      table: z.string(),
      rows: z.int(),
      copySums: z.record(z.string(), z.number()),
      sums: z.record(z.string(), z.number()),
    }),
  ),
  /** the file of before, kept */
  kept: z.string().nullable(),
})

/** Facts for alarms and the health page. */
export const backupFacts = z.object({
  lastGoodAt: instant.nullable(),
  /** what does not hold in the newest copy, and so in the file itself */
  warnings: z.array(z.string()),
  lastFailure: z.object({ at: instant, file: copyFile, reason: z.string(), full: z.boolean() }).nullable(),
  second: z.object({
    state: placeState,
    folder: z.string().nullable(),
    since: instant.nullable(),
    lastCopyAt: instant.nullable(),
    freeBytes: z.int().nullable(),
    message: z.string().nullable(),
  }),
  /** on the disk of the data folder */
  freeBytes: z.int(),
})
export type BackupFacts = z.infer<typeof backupFacts>

export const backups = {
  'backups.list': read({
    access: ['supervisor'],
    summary: 'Copies of both files in both places, newest first, each with whether it may be used.',
    input: z.strictObject({
      ...paging,
      place: z.enum(['first', 'second']).optional(),
      file: copyFile.optional(),
      state: z.enum(['good', 'bad', 'unchecked']).optional(),
    }),
    output: page(backupRow),
  }),
  'backups.status': read({
    access: ['supervisor'],
    summary: 'When the last good copy was made, how the second place stands, and what the last restore did.',
    input: nothing,
    output: backupFacts.extend({
      /** the first place, beside the data */
      folder: z.string(),
      lastRestore: lastRestore.nullable(),
      restoring: z.boolean(),
    }),
  }),
  'backups.run': write({
    access: ['supervisor'],
    summary: 'Copies site.db now, checks the copy, and brings it to the second place.',
    input: nothing,
    output: backupRow,
  }),
  'backups.check': read({
    access: ['supervisor'],
    summary: 'Opens a copy whole: pages, schema, references, audit chain, and the hash it was written with.',
    input: z.strictObject({ from: backupSource }),
    output: z.object({
      ok: z.boolean(),
      problems: z.array(z.string()),
      warnings: z.array(z.string()),
      auditRows: z.int(),
    }),
  }),
  'backups.tryPlace': read({
    access: ['admin'],
    summary:
      'Tries a folder as a second place: is it there, can it be written and read back. Nothing stays in it.',
    input: z.strictObject({ folder: path }),
    output: placeTried,
  }),
  'backups.setPlace': write({
    access: ['admin'],
    summary:
      'Sets the folder and passphrase of the second place; null takes it away and leaves what lies there.',
    input: z.strictObject({ folder: path.nullable(), passphrase: passphrase.optional() }),
    output: backupFacts.shape.second,
  }),
  'backups.preview': read({
    access: ['admin'],
    summary: 'What a restore would change: rows and sums now and then, table by table.',
    input: z.strictObject({ from: backupSource }),
    output: z.object({
      madeAt: instant,
      file: copyFile,
      schema: z.int(),
      problems: z.array(z.string()),
      warnings: z.array(z.string()),
      changes: z.array(groupChange),
      /** recharges on their way or to be verified: a restore is refused while there are any */
      openRecharges: z.array(
        z.object({
          id: z.string(),
          outTradeNo: z.string(),
          state: z.string(),
          room: z.string(),
          amountFen: z.int(),
        }),
      ),
      /** what else a restore waits for: a provider that may still take money, chargers, commands, jobs */
      blockers: z.array(z.enum(UPDATE_BLOCKERS)),
      /** to be typed by the person who restores */
      confirm: z.string(),
    }),
  }),
  'backups.restore': write({
    access: ['admin'],
    summary:
      'Puts a copy in the place of the present file, after a copy of the present one; the desk closes and opens by itself.',
    input: z.strictObject({ from: backupSource, confirm: z.string().max(40) }),
    /** `restarting`: the desk closes and opens now; false: the copy is put in place at the next start */
    output: z.object({ restarting: z.boolean(), safetyCopy: z.string().nullable() }),
  }),
  'backups.export': write({
    access: ['admin'],
    summary: 'Writes the whole site into one file under a passphrase, to go on on another computer.',
    input: z.strictObject({ folder: path, passphrase, history: z.boolean().optional() }),
    output: z.object({ path: z.string(), bytes: z.int() }),
  }),
  'backups.adopt': write({
    access: 'public',
    summary: 'Opens a sealed file or copy on a desk that has no operator yet; refused once there is one.',
    input: z.strictObject({ path, passphrase: passphrase.optional() }),
    output: z.object({ restarting: z.boolean(), madeAt: instant }),
  }),
}
