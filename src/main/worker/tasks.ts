import { argon2id } from '@noble/hashes/argon2.js'
import { makeWhole } from '#core/backups/copies.ts'
import type { SqlDatabase, WorkerTaskName, WorkerTasks } from '#core/ports.ts'
import { createSqlDriver } from '../adapters/sqlite.ts'
import { writeBook } from './book.ts'
import { labelImages } from './label-images.ts'
import { readSheet } from './read-sheet.ts'
import { writeSheet } from './sheet.ts'
import { zipTexts } from './zip-texts.ts'

/** OWASP's second recommendation for argon2id: 19 MiB, two passes, one lane. */
const ARGON2 = { m: 19_456, t: 2, p: 1, dkLen: 32 }
/** Faults of one file that are reported; one is enough to know that it is bad. */
const MAX_FAULTS = 20

export const tasks: {
  readonly [T in WorkerTaskName]: (
    input: WorkerTasks[T]['input'],
  ) => WorkerTasks[T]['output'] | Promise<WorkerTasks[T]['output']>
} = {
  hashPin: ({ pin, salt }) => argon2id(new TextEncoder().encode(pin), salt, ARGON2),
  checkDatabase: ({ path }) => checkDatabase(path),
  copyDatabase: ({ path, target }) => copyDatabase(path, target),
  checkpoint: ({ path }) => checkpoint(path),
  writeSheet,
  writeBook,
  readSheet,
  labelImages,
  zipTexts,
}

function checkDatabase(path: string): string[] {
  let db: SqlDatabase | undefined
  try {
    db = createSqlDriver().open(path, { durable: false, readonly: true })
    const found = db.statement<{ integrity_check: string }>(`PRAGMA integrity_check(${MAX_FAULTS})`).all()
    return found.map((row) => row.integrity_check).filter((text) => text !== 'ok')
  } catch (error) {
    // A file that cannot be read at all says nothing about its pages: that is the caller's to know.
    if (isDamage(error)) return [error.message]
    throw error
  } finally {
    db?.close()
  }
}

/** The open read transaction keeps the moment: writes meanwhile neither show nor make the copy begin again. */
async function copyDatabase(path: string, target: string): Promise<null> {
  const db = createSqlDriver().open(path, { durable: false, readonly: true })
  try {
    db.exec('BEGIN')
    db.statement('SELECT count(*) FROM sqlite_schema').get()
    await db.backup(target)
  } finally {
    db.close()
  }
  makeWhole(createSqlDriver(), target)
  return null
}

function checkpoint(path: string): null {
  const db = createSqlDriver().open(path, { durable: false })
  try {
    db.pragma('wal_checkpoint(PASSIVE)')
    return null
  } finally {
    db.close()
  }
}

const isDamage = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code))
