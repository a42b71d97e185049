import { SitedeskError } from '#shared/errors.ts'
import type { Source } from '#shared/contract/define.ts'
import type { Dataset } from '#shared/contract/sync.ts'
import { REQUIRED } from './datasets.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { HistoryTables } from '../store/schema.ts'

type StateRow = HistoryTables['sync_state']

export interface LastError {
  readonly code: string
  readonly message: string
  readonly at: number
}

export interface SyncStatus {
  /** end of the last sync that was complete, epoch ms */
  readonly lastCompleteAt: number | null
  readonly partial: boolean
  readonly lastError: LastError | null
}

/** The row that speaks for all datasets of a source. */
const WHOLE = '*'

const SAVE = `INSERT INTO sync_state (source, dataset, last_complete_at, partial, complete_to, last_error, unsupported)
  VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (source, dataset) DO UPDATE SET
    last_complete_at = coalesce(excluded.last_complete_at, last_complete_at),
    partial = excluded.partial,
    complete_to = coalesce(excluded.complete_to, complete_to),
    last_error = excluded.last_error,
    unsupported = excluded.unsupported`

/** How each dataset of a source stands. */
export function stateStore(history: HistoryDatabase) {
  const save = (source: Source, row: Partial<StateRow> & Pick<StateRow, 'dataset' | 'partial'>) =>
    history.write(() => {
      const { dataset, last_complete_at = null, partial, complete_to = null } = row
      const { last_error = null, unsupported = 0 } = row
      history
        .statement(SAVE)
        .run(source, dataset, last_complete_at, partial, complete_to, last_error, unsupported)
    })
  const complete = (source: Source, which: Dataset | typeof WHOLE, at: number, completeTo: number | null) =>
    save(source, { dataset: which, last_complete_at: at, partial: 0, complete_to: completeTo })
  return {
    /** `completeTo`: everything before it is held; null for datasets without a past */
    complete,

    wholeComplete: (source: Source, at: number) => complete(source, WHOLE, at, null),

    /** what was complete before stays known */
    unfinished: (source: Source, which: Dataset, error: unknown, at: number) =>
      save(source, {
        dataset: which,
        partial: 1,
        last_error: JSON.stringify(toLastError(error, at)),
      }),

    /** a person or the end of the program stopped it: unfinished, but nothing went wrong */
    stopped: (source: Source, which: Dataset) => save(source, { dataset: which, partial: 1 }),

    /** this deployment has no such endpoint: nothing is missing, and screens have nothing to show (I-44) */
    unsupported: (source: Source, which: Dataset) =>
      save(source, { dataset: which, partial: 0, unsupported: 1 }),

    status: (source: Source): SyncStatus => statusOf(source, rowsOf(history, source)),

    /** when one dataset was last complete */
    completeAt: (source: Source, which: Dataset): number | null =>
      rowsOf(history, source).find((row) => row.dataset === which)?.last_complete_at ?? null,
  }
}
export type StateStore = ReturnType<typeof stateStore>

function rowsOf(history: HistoryDatabase, source: Source): StateRow[] {
  return history.all(history.query.selectFrom('sync_state').selectAll().where('source', '=', source))
}

/** A whole run counts, and so do single runs of every required dataset, from the oldest of them on. */
function statusOf(source: Source, rows: readonly StateRow[]): SyncStatus {
  const at = (which: string) => rows.find((row) => row.dataset === which)?.last_complete_at ?? 0
  const together = Math.min(...REQUIRED[source].map(at))
  const lastCompleteAt = Math.max(at(WHOLE), Number.isFinite(together) ? together : 0)
  const errors = rows
    .flatMap((row) => (row.last_error === null ? [] : [JSON.parse(row.last_error) as LastError]))
    .toSorted((a, b) => b.at - a.at)
  return {
    lastCompleteAt: lastCompleteAt === 0 ? null : lastCompleteAt,
    partial: rows.some((row) => row.partial === 1),
    lastError: errors[0] ?? null,
  }
}

function toLastError(error: unknown, at: number): LastError {
  if (error instanceof SitedeskError) return { code: error.code, message: error.message, at }
  return { code: 'INTERNAL', message: 'The sync failed; the log says why.', at }
}
