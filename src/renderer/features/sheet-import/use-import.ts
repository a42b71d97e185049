import type { Input } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'

/** Judging 20 000 rows takes longer than a call usually may. */
const IMPORT_TIMEOUT_MS = 180_000

export interface SheetFile {
  readonly fileName: string
  readonly base64: string
}

type ImportName = 'devices.import' | 'attendance.import' | 'water.importLinks'

/** The two calls of a list that is imported at once: the dry run, and the import of the same bytes. */
export function useImport<N extends ImportName>(
  operation: N,
  inputOf: (file: SheetFile & { readonly dryRun: boolean }) => Input<N>,
) {
  const judge = useWrite(operation, { timeoutMs: IMPORT_TIMEOUT_MS })
  const apply = useWrite(operation, { timeoutMs: IMPORT_TIMEOUT_MS })
  return {
    judge: { ...judge, mutate: (file: SheetFile) => judge.mutate(inputOf({ ...file, dryRun: true })) },
    apply: { ...apply, mutate: (file: SheetFile) => apply.mutate(inputOf({ ...file, dryRun: false })) },
  }
}
