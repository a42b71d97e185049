import { LEAST_DAYS, MOST_DAYS, RETENTION_KINDS, type RetentionKind } from '../retention.ts'
import { z } from '../z.ts'
import { instant, nothing, read, write } from './define.ts'
import { jobRow } from './jobs.ts'

/** Days that are kept whole; 0: all are. */
const rule = (kind: RetentionKind) =>
  z.strictObject({
    keepDays: z
      .int()
      .min(0)
      .max(MOST_DAYS)
      .refine(
        (days) => days === 0 || days >= LEAST_DAYS[kind],
        `0 (keep) or at least ${LEAST_DAYS[kind]} days`,
      )
      .optional(),
  })

export const retentionRules = z.strictObject({
  readings: rule('readings').optional(),
  conflicts: rule('conflicts').optional(),
  quarantine: rule('quarantine').optional(),
  jobs: rule('jobs').optional(),
  deliveries: rule('deliveries').optional(),
  alarms: rule('alarms').optional(),
  exchanges: rule('exchanges').optional(),
  waterReadings: rule('waterReadings').optional(),
  bands: rule('bands').optional(),
  phases: rule('phases').optional(),
  consumption: rule('consumption').optional(),
})

const kind = z.enum(RETENTION_KINDS)
const file = z.enum(['site.db', 'history.db'])
export type ShrinkFile = z.infer<typeof file>
/** Why tables without a rule are kept. */
export const keptGroup = z.enum([
  'money',
  'charging',
  'attendance',
  'proof',
  'decided',
  'site',
  'history',
  'small',
])
export type KeptGroup = z.infer<typeof keptGroup>

const previewRow = z.object({
  kind,
  keepDays: z.int(),
  /** what is older goes; null: there is no rule, all stays */
  before: instant.nullable(),
  rows: z.int(),
  oldest: instant.nullable(),
  goes: z.int(),
  stays: z.int(),
  /** estimate of what becomes free for new rows; the file itself does not shrink */
  bytes: z.int(),
  /** of readings: meter days that would be thinned, and old ones left whole because somebody decided there */
  days: z.object({ thinned: z.int(), left: z.int() }).nullable(),
})
export type PreviewRow = z.infer<typeof previewRow>

export const retention = {
  'retention.space': read({
    access: ['supervisor'],
    summary:
      'What the data takes on the disk: both files table by table, pictures, copies, and what is free.',
    input: nothing,
    output: z.object({
      at: instant,
      diskFreeBytes: z.int(),
      files: z.array(
        z.object({
          file,
          /** with the log of what was written lately */
          bytes: z.int(),
          /** of the file once its log is in it */
          ownBytes: z.int(),
          /** inside the file, for new rows */
          freeBytes: z.int(),
          /** estimate of the file written anew */
          afterBytes: z.int(),
          /** on the disk, while it is written anew */
          needsBytes: z.int(),
        }),
      ),
      /** with their indexes */
      tables: z.array(
        z.object({
          file,
          table: z.string(),
          kind: kind.nullable(),
          kept: keptGroup.nullable(),
          rows: z.int(),
          bytes: z.int(),
        }),
      ),
      pictures: z.object({ count: z.int(), bytes: z.int() }),
      copies: z.object({ count: z.int(), bytes: z.int() }),
      /** files from before a restore, and when the first of them goes by itself */
      replaced: z.object({ count: z.int(), bytes: z.int(), until: instant.nullable() }),
    }),
  }),
  'retention.preview': read({
    access: ['supervisor'],
    summary:
      'What the rules would take away, counted row by row; changes nothing. Rules may be tried unsaved.',
    input: z.strictObject({ rules: retentionRules.optional() }),
    output: z.object({
      rows: z.array(previewRow),
      /** to be typed by who thins readings out; null: no rule thins them */
      confirm: z.string().nullable(),
    }),
  }),
  'retention.run': write({
    access: ['admin'],
    summary: 'Takes away what the saved rules of these kinds say, as a job that can be stopped.',
    input: z.strictObject({ kinds: z.array(kind).min(1).max(20), confirm: z.string().max(40).optional() }),
    output: jobRow,
  }),
  'retention.shrink': write({
    access: ['admin'],
    summary:
      'Writes a file anew without its free pages, as a job: nothing is stored in it meanwhile. Refused while money, chargers or jobs are under way, and without room for two copies.',
    input: z.strictObject({ file }),
    output: jobRow,
  }),
}
