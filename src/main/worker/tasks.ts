import { argon2id } from '@noble/hashes/argon2.js'
import { makeWhole } from '#core/backups/copies.ts'
import type { WorkerTaskName, WorkerTasks } from '#core/ports.ts'
import { createSqlDriver } from '../adapters/sqlite.ts'
import { writeBook } from './book.ts'
import { checkDatabase, inspectCopy, readFigures } from './inspect-copy.ts'
import { labelImages } from './label-images.ts'
import { measureTables } from './measure-tables.ts'
import { lookAtPlace, preparePlace, removeFiles, tryPlace, writeText } from './place.ts'
import { readSheet } from './read-sheet.ts'
import { derivePassphrase, sealFiles, unsealFile } from './sealed-files.ts'
import { shrinkFile } from './shrink-file.ts'
import { writeSheet } from './sheet.ts'
import { zipTexts } from './zip-texts.ts'

/** OWASP's second recommendation for argon2id: 19 MiB, two passes, one lane. */
const ARGON2 = { m: 19_456, t: 2, p: 1, dkLen: 32 }

export const tasks: {
  readonly [T in WorkerTaskName]: (
    input: WorkerTasks[T]['input'],
  ) => WorkerTasks[T]['output'] | Promise<WorkerTasks[T]['output']>
} = {
  hashPin: ({ pin, salt }) => argon2id(new TextEncoder().encode(pin), salt, ARGON2),
  checkDatabase,
  inspectCopy,
  readFigures,
  measureTables,
  shrinkFile,
  derivePassphrase,
  sealFiles,
  unsealFile,
  lookAtPlace,
  tryPlace,
  preparePlace,
  removeFiles,
  writeText,
  copyDatabase: ({ path, target }) => copyDatabase(path, target),
  checkpoint: ({ path }) => checkpoint(path),
  writeSheet,
  writeBook,
  readSheet,
  labelImages,
  zipTexts,
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
