import type { WorkerTasks } from '#core/ports.ts'
import { createSqlDriver } from '../adapters/sqlite.ts'

type Shrunk = WorkerTasks['shrinkFile']['output']

/**
 * Writes an open file anew without its free pages. Nobody else may write meanwhile; who reads goes on. All of it is
 * one transaction in the write-ahead log: whoever is killed in it leaves the file as it was, and after it as it is.
 */
export function shrinkFile({ path }: WorkerTasks['shrinkFile']['input']): Shrunk {
  const db = createSqlDriver().open(path, { durable: true })
  try {
    // the second copy belongs on a disk (SQLITE_TMPDIR), a file may be larger than the memory
    db.pragma('temp_store = FILE')
    db.pragma('wal_autocheckpoint = 0')
    db.exec('VACUUM')
    // only now the file itself gets shorter
    const [moved] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    return moved?.busy === 0 ? null : 'busy'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (['SQLITE_FULL', 'SQLITE_IOERR_WRITE'].includes(code)) return 'full'
    if (code.startsWith('SQLITE_BUSY')) return 'busy'
    throw error
  } finally {
    db.close()
  }
}
