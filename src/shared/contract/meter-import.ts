import { z } from '../z.ts'
import { id, instant, page, paging, read, write } from './define.ts'
import { downloadFile, imported, importedRow, importFile, templateFormat } from './import.ts'
import { importKind } from './values.ts'

/** Readings and attributes of meters that people keep in sheets. */
export type { ImportKind } from './values.ts'

const access = ['meters', 'supervisor'] as const

export const meterImportRow = z.object({
  id,
  kind: importKind,
  fileName: z.string(),
  at: instant,
  by: z.string().nullable(),
  /** rows that were taken, and of them those that stand where something else stood */
  rows: z.int(),
  changed: z.int(),
  withdrawnAt: instant.nullable(),
  withdrawnBy: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
})
export type MeterImportRow = z.infer<typeof meterImportRow>

export const meterImport = {
  'meters.importTemplate': read({
    access,
    summary: 'A sheet to fill in, with two rows that show how.',
    input: z.strictObject({ kind: importKind, ...templateFormat }),
    output: downloadFile,
  }),
  'meters.import': write({
    access,
    summary:
      'Reads readings or attributes of meters from a CSV or XLSX file of at most 200,000 rows, as a job. They stand ' +
      'beside what the vendor says; a row somebody decided about by hand is refused. With `dryRun` nothing is changed.',
    input: z.strictObject({ kind: importKind, ...importFile }),
    output: z.object({ jobId: id, importId: id }),
  }),
  'meters.importResult': read({
    access,
    summary: 'What a job of meters.import found, for who started it; kept until five others ended.',
    input: z.strictObject({ jobId: id }),
    /** at most 300 rows of each outcome; `counts` has them all */
    output: imported(
      importedRow({
        tableNo: z.string(),
        /** cells as the sheet has them, by column */
        given: z.record(z.string(), z.string()),
        /** what stood there, by column; empty: nothing */
        was: z.record(z.string(), z.string()),
      }),
    ),
  }),
  'meters.imports': read({
    access: 'operator',
    summary: 'Imports of readings and attributes, the newest first.',
    input: z.strictObject({
      ...paging,
      kind: importKind.optional(),
      state: z.enum(['valid', 'withdrawn']).optional(),
      query: z.string().max(200).optional(),
    }),
    output: page(meterImportRow),
  }),
  'meters.withdrawImport': write({
    access,
    summary: 'Takes back what one import brought and still stands; it stays in the history.',
    input: z.strictObject({ importId: id, reason: z.string().trim().min(1).max(500) }),
    output: z.object({ withdrawn: z.int() }),
  }),
}
