import type { Ports } from '../ports.ts'
import type { HistoryDatabase } from './store.ts'

/**
 * Pages of 4 kB (32 MB). With so many in the log and not in the file, a worker is asked to move them: often
 * enough for short starts, and so seldom that a page which readings touch eight times is moved once. Asked
 * after every 1,000, the worker took as much of the processor as the thread that stored the rows.
 */
const ASK_PAGES = 8000
/** A log this long lets no further write begin until a worker has moved all of it (200 MB). */
const HOLD_PAGES = 50_000
/** SQLite's own limit, on this thread and as the last resort: the worker does not do its part. */
const MOST_PAGES = 128_000

interface LogState {
  /** pages in the log, and those of them that the file has too */
  readonly log: number
  readonly checkpointed: number
}

/**
 * Moves the write-ahead log of history.db into the file from a worker. SQLite does it in the commit that passes
 * 1,000 pages: readings of all meters touch as many in one page of a sync, and each commit then held the main
 * thread for 40–150 ms, against 3 ms without. A log begins anew only when nothing was written while it was
 * moved: at full speed that needs a short pause of the writes, never of this thread.
 */
export function keepLogShort(ports: Pick<Ports, 'workers' | 'log'>, history: HistoryDatabase): void {
  const { path } = history.sql
  let running: Promise<unknown> | null = null
  history.sql.pragma(`wal_autocheckpoint = ${MOST_PAGES}`)
  // Never cut while open: giving back 60 MB held a commit for 100 ms; the last close removes the log.
  history.sql.pragma('journal_size_limit = -1')
  const move = () =>
    ports.workers.run('checkpoint', { path }).catch((error: unknown) => {
      ports.log.debug('no checkpoint', { error: String(error) })
    })
  history.onCommit(() => {
    if (running) return
    const { log, checkpointed } = logState(history)
    if (log - checkpointed < ASK_PAGES) return
    running = move().finally(() => void (running = null))
    history.logMovedBy(running)
    if (log >= HOLD_PAGES) history.holdUntil(running)
  })
}

/** Looks only; the file's own size says nothing, since a log that begins anew keeps it. */
function logState(history: HistoryDatabase): LogState {
  const [state] = history.sql.pragma('wal_checkpoint(NOOP)') as LogState[]
  return state ?? { log: 0, checkpointed: 0 }
}
