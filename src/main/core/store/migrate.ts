import { SitedeskError } from '#shared/errors.ts'
import type { SqlDatabase } from '../ports.ts'

export interface Migration {
  readonly version: number
  readonly name: string
  up(db: SqlDatabase): void
}

/** The number in `PRAGMA user_version`: the newest migration that ran. */
export function schemaVersion(db: SqlDatabase): number {
  return db.statement<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0
}

/** Throws STORE_NEWER for a file that a newer version of the program has changed. */
export function refuseNewer(db: SqlDatabase, migrations: readonly Migration[]): void {
  const found = schemaVersion(db)
  const known = migrations.at(-1)?.version ?? 0
  if (found <= known) return
  throw new SitedeskError(
    'STORE_NEWER',
    `${db.path} was written by a newer version (schema ${found}, this version knows ${known}). Install that version or choose another data folder; nothing was changed.`,
    { file: db.path, found, known },
  )
}

export function pending(db: SqlDatabase, migrations: readonly Migration[]): readonly Migration[] {
  const found = schemaVersion(db)
  return migrations.filter((m) => m.version > found)
}

/** Runs each missing migration in a transaction of its own. */
export function migrate(db: SqlDatabase, migrations: readonly Migration[]): void {
  for (const migration of pending(db, migrations)) {
    db.exec('BEGIN IMMEDIATE')
    try {
      migration.up(db)
      db.exec(`PRAGMA user_version = ${migration.version}`)
      db.exec('COMMIT')
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
}
