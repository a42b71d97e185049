import type { Ports } from '../ports.ts'
import type { HistoryDatabase } from './store.ts'

/** Size of the write-ahead log at which a worker is asked to move it into the file. */
const ASK_BYTES = 4 * 1024 * 1024
/** A log of this size is moved on the main thread after all: the worker does not do its part. */
const MOST_BYTES = 256 * 1024 * 1024
/** What a log may keep of its size once it begins anew. */
const KEPT_BYTES = 32 * 1024 * 1024
/** Pages of 4 kB in MOST_BYTES: SQLite's own limit, as the last resort. */
const MOST_PAGES = MOST_BYTES / 4096

/**
 * Moves the write-ahead log of history.db into the file from a worker. SQLite does it in the commit that passes
 * 1,000 pages: readings of all meters touch as many in one page of a sync, and each commit then held the main
 * thread for 40–150 ms, against 3 ms without.
 */
export function keepLogShort(
  ports: Pick<Ports, 'files' | 'workers' | 'log'>,
  history: HistoryDatabase,
): void {
  const { path } = history.sql
  const log = `${path}-wal`
  let running = false
  history.sql.pragma(`wal_autocheckpoint = ${MOST_PAGES}`)
  history.sql.pragma(`journal_size_limit = ${KEPT_BYTES}`)
  history.onCommit(() => {
    if (running || !ports.files.exists(log) || ports.files.size(log) < ASK_BYTES) return
    running = true
    ports.workers
      .run('checkpoint', { path })
      .catch((error: unknown) => ports.log.debug('no checkpoint', { error: String(error) }))
      .finally(() => void (running = false))
  })
}
