import { MOST_FILE_BASE64 } from '../uploads.ts'
import { z } from '../z.ts'

/** A list from a sheet: what every import is given and what it answers (main/core/sheet-import.ts). */

/** the file as it is, in base64: at most 10 MB */
export const sheetFile = { fileName: z.string().min(1).max(200), base64: z.string().max(MOST_FILE_BASE64) }

/** With `dryRun` nothing is changed and the answer says the same. */
export const importFile = { ...sheetFile, dryRun: z.boolean() }

export const importOutcome = z.enum(['new', 'changed', 'same', 'error'])

export const importCounts = z.object({ new: z.int(), changed: z.int(), same: z.int(), error: z.int() })

/** A row as the sheet counts, its header is 1, with what the area says of it. */
export const importedRow = <S extends z.ZodRawShape>(said: S) =>
  z.object({
    row: z.int(),
    ...said,
    outcome: importOutcome,
    error: z.object({ column: z.string(), code: z.string() }).nullable(),
  })

export const imported = <R extends z.ZodType>(row: R) =>
  z.object({
    rows: z.array(row),
    counts: importCounts,
    /** the same file with its errors, base64 in the format it came in; null when there is none */
    errorFile: z.string().nullable(),
  })

export const templateFormat = {
  format: z.enum(['xlsx', 'csv']),
  /** with rows that the import takes as they are, of things this site has where the import asks for them */
  sample: z.boolean().optional(),
}
export const downloadFile = z.object({ name: z.string(), type: z.string(), base64: z.string() })
