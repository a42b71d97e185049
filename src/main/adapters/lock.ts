import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadDriver } from './sqlite.ts'

/** Another process works in this data folder. */
export class FolderInUse extends Error {
  /** of the process that holds the folder, where it could be read */
  readonly pid: number | null

  constructor(directory: string, pid: number | null) {
    super(`The data folder ${directory} is in use by ${pid === null ? 'another process' : `process ${pid}`}.`)
    this.name = 'FolderInUse'
    this.pid = pid
  }
}

export interface FolderLock {
  release(): void
}

/**
 * Takes the data folder for this process: SQLite's exclusive lock on `desk.lock`, which the operating system
 * gives back when the process ends in whatever way, so no stale lock can keep a desk shut. Throws FolderInUse.
 */
export function lockFolder(directory: string): FolderLock {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const pidFile = join(directory, 'desk.pid')
  const Driver = loadDriver()
  const db = new Driver(join(directory, 'desk.lock'), { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))
      throw new FolderInUse(directory, readPid(pidFile))
    throw error
  }
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 })
  return {
    release() {
      if (!db.open) return
      rmSync(pidFile, { force: true })
      db.close()
    },
  }
}

/** The process that said it works in this folder; null when none did. */
export const holderOf = (directory: string): number | null => readPid(join(directory, 'desk.pid'))

function readPid(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim())
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null
  } catch {
    return null
  }
}
