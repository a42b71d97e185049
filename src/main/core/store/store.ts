import { SitedeskError } from '#shared/errors.ts'
import type { Ports, SqlDatabase } from '../ports.ts'
import { backupBeforeMigration, isBlank, lastGoodBackup } from '../backups/copies.ts'
import { damagedFile, Database, storeError } from './database.ts'
import { migrate, pending, refuseNewer, schemaVersion, type Migration } from './migrate.ts'
import { historyMigrations, siteMigrations, type HistoryTables, type SiteTables } from './schema.ts'

export type SiteDatabase = Database<SiteTables>
export type HistoryDatabase = Database<HistoryTables>

/** The two files of a data folder (design §3). */
export interface Store {
  readonly directory: string
  /** what cannot be fetched again: `synchronous=FULL` */
  readonly site: SiteDatabase
  /** what a vendor can send again: `synchronous=NORMAL` */
  readonly history: HistoryDatabase
  /** the last run did not close the store */
  readonly uncleanStop: boolean
  close(): Promise<void>
}

const CLEAN = 'clean_shutdown'

type StorePorts = Pick<Ports, 'sql' | 'files' | 'clock'>

/**
 * Opens both files, brings them to this version after a backup, and marks them in use. Throws STORE_NEWER or
 * STORE_DAMAGED (with the file and its last good backup; also for a site.db that is gone while copies of it are not)
 * before anything is changed, and MIGRATION_FAILED with both
 * files put back as they were: the version before opens them again.
 */
export async function openStore(
  ports: StorePorts,
  directory: string,
  migrations = { site: siteMigrations, history: historyMigrations },
): Promise<Store> {
  ports.files.makeDirectory(directory)
  const opened: Opened[] = []
  try {
    opened.push(await openFile(ports, directory, 'site.db', migrations.site))
    opened.push(await openFile(ports, directory, 'history.db', migrations.history))
  } catch (error) {
    // a version that cannot have both must leave none changed
    for (const { db, backup } of opened) {
      db.close()
      if (backup !== null) putBack(ports, db.path, backup)
    }
    throw error
  }
  const [siteFile, historyFile] = opened.map(({ db }) => db) as [SqlDatabase, SqlDatabase]
  const site: SiteDatabase = new Database(siteFile, ports.clock)
  const history: HistoryDatabase = new Database(historyFile, ports.clock)
  const mark = site.get(site.query.selectFrom('meta').select('value').where('key', '=', CLEAN))
  const uncleanStop = mark?.value === 'no'
  const found = uncleanStop ? faults(siteFile) : null
  if (found !== null) {
    siteFile.close()
    historyFile.close()
    throw damaged(ports, directory, siteFile.path, new Error(found))
  }
  setMark(siteFile, 'no')
  return {
    directory,
    site,
    history,
    uncleanStop,
    async close() {
      try {
        await history.close()
        await site.write(() => setMark(siteFile, 'yes'))
      } finally {
        await site.close()
      }
    },
  }
}

function setMark(db: SqlDatabase, value: 'yes' | 'no'): void {
  db.statement(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(CLEAN, value)
}

interface Opened {
  readonly db: SqlDatabase
  /** the file as it was before its migrations; null: there were none */
  readonly backup: string | null
}

async function openFile(
  ports: StorePorts,
  directory: string,
  name: 'site.db' | 'history.db',
  migrations: readonly Migration[],
): Promise<Opened> {
  const path = ports.files.join(directory, name)
  let db: SqlDatabase | undefined
  let backup: string | null = null
  const isSite = name === 'site.db'
  try {
    if (isSite && isBlank(ports, path)) refuseLost(ports, directory, path)
    db = ports.sql.open(path, { durable: isSite })
    refuseNewer(db, migrations)
    if (isSite && schemaVersion(db) === 0) refuseLost(ports, directory, path)
    if (schemaVersion(db) > 0 && pending(db, migrations).length > 0)
      backup = await backupBeforeMigration(ports, directory, name, db)
    migrate(db, migrations)
    return { db, backup }
  } catch (error) {
    db?.close()
    if (backup !== null) {
      putBack(ports, path, backup)
      throw migrationFailed(path, backup, error)
    }
    throw withCure(ports, directory, error, path)
  }
}

/**
 * A site.db without tables is a first run only where no copy remembers another; a history.db without them is filled
 * again by the vendors.
 */
function refuseLost(ports: StorePorts, directory: string, file: string): void {
  const backup = lastGoodBackup(ports, directory, 'site.db')
  if (backup === null) return
  const how = ports.files.exists(file) ? 'empty' : 'missing'
  throw new SitedeskError(
    'STORE_DAMAGED',
    `${file} is ${how}. The last good backup is ${backup}; start once with --restore last to use it, or choose another data folder to begin anew. Nothing was changed.`,
    { file, backup },
  )
}

/** Damage that is met while the desk opens is told with the cure; any other error gets its code, if it has one. */
export function withCure(ports: StorePorts, directory: string, error: unknown, of?: string): unknown {
  const typed = storeError(error, of)
  const file = typed === error ? null : damagedFile(typed)
  return file === null ? typed : damaged(ports, directory, file, error)
}

/** The write-ahead log belongs to the file that goes, so it goes first. */
function putBack({ files }: StorePorts, path: string, backup: string): void {
  const whole = `${path}.restoring`
  files.copy(backup, whole)
  for (const suffix of ['-wal', '-shm']) files.remove(path + suffix)
  files.rename(whole, path)
}

const migrationFailed = (file: string, backup: string, cause: unknown) =>
  new SitedeskError(
    'MIGRATION_FAILED',
    `${file} could not be brought to this version (${cause instanceof Error ? cause.message : String(cause)}). It was put back as it was; install the version before to go on. The copy is ${backup}.`,
    { file, backup },
    { cause },
  )

/** What is wrong with a file, null when nothing is; only after an unclean stop, since it reads every page. */
function faults(db: SqlDatabase): string | null {
  try {
    const rows = db.statement<{ quick_check: string }>('PRAGMA quick_check(5)').all()
    const text = rows.map((row) => row.quick_check).join('; ')
    return text === 'ok' ? null : text
  } catch (error) {
    // Of some pages SQLite says so by refusing to read them.
    return String(error)
  }
}

function damaged(ports: StorePorts, directory: string, file: string, cause: unknown): SitedeskError {
  const backup = lastGoodBackup(ports, directory, file.endsWith('site.db') ? 'site.db' : 'history.db')
  const cure = backup
    ? `The last good backup is ${backup}; start once with --restore last to use it. The damaged file is kept.`
    : 'There is no good backup of it. Move the file away to start with an empty one.'
  return new SitedeskError('STORE_DAMAGED', `${file} is damaged. ${cure}`, { file, backup }, { cause })
}
