import type { Ports, SqlDatabase, SqlDriver } from '../ports.ts'
import { schemaVersion } from '../store/migrate.ts'
import { manifestPath, writeManifest, type Inspection } from './manifest.ts'
import { copyName, parseName, type Reason } from './names.ts'
import { toPruneHistory } from './prune.ts'

export type StoreFile = 'site.db' | 'history.db'
export type CopyPorts = Pick<Ports, 'sql' | 'files' | 'clock'>

export const backupsFolder = (ports: Pick<Ports, 'files'>, directory: string) =>
  ports.files.join(directory, 'backups')

/** Backups of a file, newest first. Names sort by time: `site.20261122T021452Z.scheduled.db`. */
export function listBackups(ports: Pick<Ports, 'files'>, directory: string, file: StoreFile): string[] {
  const prefix = file.replace('.db', '.')
  const at = backupsFolder(ports, directory)
  if (!ports.files.exists(at)) return []
  return ports.files
    .list(at)
    .filter((name) => name.startsWith(prefix) && name.endsWith('.db'))
    .toSorted()
    .toReversed()
    .map((name) => ports.files.join(at, name))
}

/** The newest backup that opens and passes a check of every page; null when there is none. */
export function lastGoodBackup(ports: CopyPorts, directory: string, file: StoreFile): string | null {
  return listBackups(ports, directory, file).find((path) => isGoodCopy(ports, path)) ?? null
}

/** Whether a copy opens and SQLite finds nothing wrong in it. */
export function isSound(ports: Pick<Ports, 'sql'>, path: string): boolean {
  try {
    const db = ports.sql.open(path, { durable: false, readonly: true })
    try {
      const rows = db.statement<{ quick_check: string }>('PRAGMA quick_check(1)').all()
      return rows.length === 1 && rows[0]?.quick_check === 'ok'
    } finally {
      db.close()
    }
  } catch {
    return false
  }
}

/** Nothing of a copy is missing, its tables neither; a file that is written to may end within a page, its log has the rest. */
export function isGoodCopy(ports: Pick<Ports, 'sql' | 'files'>, path: string): boolean {
  if (!isSound(ports, path)) return false
  const db = ports.sql.open(path, { durable: false, readonly: true })
  try {
    return schemaVersion(db) > 0 && !isCutOff(db, ports.files.size(path))
  } finally {
    db.close()
  }
}

/** There is no such file, or nothing in it: SQLite would begin it anew, and drop a log beside it. */
export const isBlank = ({ files }: Pick<Ports, 'files'>, path: string): boolean =>
  !files.exists(path) || files.size(path) === 0

/** The file is gone, emptied, or has none of its tables. */
export function isLost(ports: Pick<Ports, 'sql' | 'files'>, path: string): boolean {
  if (isBlank(ports, path)) return true
  const db = ports.sql.open(path, { durable: false, readonly: true })
  try {
    return schemaVersion(db) === 0
  } finally {
    db.close()
  }
}

/** SQLite itself takes what is missing of the last page for zeros, and calls the file sound. */
export const isCutOff = (db: SqlDatabase, bytes: number): boolean => {
  const page = db.statement<{ page_size: number }>('PRAGMA page_size').get()?.page_size ?? 1
  return bytes % page !== 0
}

/** Copies an open file into a whole one. */
export type CopyFile = (target: string) => Promise<unknown>

const copyHere =
  (ports: CopyPorts, db: SqlDatabase): CopyFile =>
  async (target) => {
    await db.backup(target)
    makeWhole(ports.sql, target)
  }

/** How a copy is made and checked: on this thread, unless a worker does it. */
export interface CopyWays {
  readonly copy?: CopyFile
  /** opens the copy whole; what it finds stands beside the copy from then on */
  readonly inspect?: (path: string) => Promise<Inspection>
}

/**
 * Copies an open file, checks the copy, writes what was found beside it, and only then gives it its name.
 * Returns the copy's path.
 */
export async function makeBackup(
  ports: CopyPorts,
  directory: string,
  file: StoreFile,
  db: SqlDatabase,
  reason: Reason,
  { copy = copyHere(ports, db), inspect }: CopyWays = {},
): Promise<string> {
  const at = backupsFolder(ports, directory)
  ports.files.makeDirectory(at)
  sweep(ports, at, file)
  const { path, madeAt } = freeName(ports, at, file, reason)
  const unfinished = `${path}.part`
  try {
    await copy(unfinished)
    const found = await inspect?.(unfinished)
    if (found ? found.problems.length > 0 : !isGoodCopy(ports, unfinished))
      throw new Error(
        `the backup of ${file} did not pass its check: ${found?.problems[0] ?? 'damaged pages'}`,
      )
    if (found) await writeManifest(ports.files, path, { ...found, file, madeAt, reason })
    ports.files.rename(unfinished, path)
  } catch (error) {
    ports.files.remove(unfinished)
    ports.files.remove(manifestPath(path))
    throw error
  }
  if (file === 'history.db')
    for (const old of toPruneHistory(listBackups(ports, directory, file))) removeCopy(ports, old)
  return path
}

/** Of two copies of one second the later one is named a second later. */
function freeName(ports: CopyPorts, at: string, file: StoreFile, reason: Reason) {
  for (let madeAt = Math.floor(ports.clock.now() / 1000) * 1000; ; madeAt += 1000) {
    const path = ports.files.join(at, copyName(file, madeAt, reason))
    if (!ports.files.exists(path)) return { path, madeAt }
  }
}

export function removeCopy(ports: Pick<Ports, 'files'>, path: string): void {
  ports.files.remove(path)
  ports.files.remove(manifestPath(path))
}

/** What the end of the program cut off, and manifests of copies that are gone. */
function sweep(ports: CopyPorts, at: string, file: StoreFile): void {
  const left = ports.files.list(at).filter((name) => name.startsWith(file.replace('.db', '.')))
  for (const name of left) {
    const lost = name.endsWith('.db.json') && !left.includes(name.replace(/\.json$/, ''))
    if (name.includes('.db.part') || name.includes('.json.part') || lost)
      ports.files.remove(ports.files.join(at, name))
  }
}

/** Takes the copy out of WAL mode: it is one file then, and reading it leaves no others beside it. */
export function makeWhole(sql: SqlDriver, path: string): void {
  const copy = sql.open(path, { durable: true })
  try {
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
}

export async function backupBeforeMigration(
  ports: CopyPorts,
  directory: string,
  file: StoreFile,
  db: SqlDatabase,
): Promise<string> {
  return await makeBackup(ports, directory, file, db, 'migration')
}

/** `20261122T021452Z.scheduled`, whatever the ending: the same copy in both places. */
export const sameCopy = (one: string, other: string): boolean => {
  const [a, b] = [parseName(one), parseName(other)]
  return a !== null && b !== null && a.file === b.file && a.stamp === b.stamp && a.reason === b.reason
}
