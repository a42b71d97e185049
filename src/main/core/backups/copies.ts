import type { Ports, SqlDatabase, SqlDriver } from '../ports.ts'

export type StoreFile = 'site.db' | 'history.db'
type CopyPorts = Pick<Ports, 'sql' | 'files' | 'clock'>

/** Copies of history.db kept: it is large and can be fetched again, but nobody knows for how long. */
const HISTORY_COPIES = 2

const folder = (ports: CopyPorts, directory: string) => ports.files.join(directory, 'backups')

/** Backups of a file, newest first. Names sort by time: `site.20261122T021452Z.scheduled.db`. */
export function listBackups(ports: CopyPorts, directory: string, file: StoreFile): string[] {
  const prefix = file.replace('.db', '.')
  const at = folder(ports, directory)
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
  return listBackups(ports, directory, file).find((path) => isSound(ports, path)) ?? null
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

/** Says whether a copy is sound. */
export type CheckCopy = (path: string) => boolean | Promise<boolean>

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
  readonly check?: CheckCopy
}

/** Copies an open file, checks the copy, and only then gives it its name. Returns the copy's path. */
export async function makeBackup(
  ports: CopyPorts,
  directory: string,
  file: StoreFile,
  db: SqlDatabase,
  reason: 'scheduled' | 'migration',
  { copy = copyHere(ports, db), check = (path) => isSound(ports, path) }: CopyWays = {},
): Promise<string> {
  const at = folder(ports, directory)
  ports.files.makeDirectory(at)
  const stamp = new Date(ports.clock.now()).toISOString().replace(/[-:]|\.\d+/g, '')
  const path = ports.files.join(at, `${file.replace('.db', '')}.${stamp}.${reason}.db`)
  const unfinished = `${path}.part`
  sweep(ports, at, file)
  await copy(unfinished)
  if (!(await check(unfinished))) {
    ports.files.remove(unfinished)
    throw new Error(`the backup of ${file} did not pass its check`)
  }
  ports.files.rename(unfinished, path)
  if (file === 'history.db') keepNewest(ports, directory, file, HISTORY_COPIES)
  return path
}

/** What a copy left behind that the end of the program interrupted. */
function sweep(ports: CopyPorts, at: string, file: StoreFile): void {
  const left = ports.files.list(at).filter((name) => name.startsWith(file.replace('.db', '.')))
  for (const name of left) if (name.includes('.db.part')) ports.files.remove(ports.files.join(at, name))
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

function keepNewest(ports: CopyPorts, directory: string, file: StoreFile, count: number): void {
  for (const path of listBackups(ports, directory, file).slice(count)) ports.files.remove(path)
}
