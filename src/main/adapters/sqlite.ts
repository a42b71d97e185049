import type DatabaseConstructor from 'better-sqlite3'
import { createRequire } from 'node:module'
import type { SqlDatabase, SqlDriver, SqlRow, Statement } from '#core/ports.ts'

/**
 * better-sqlite3 needs Node-API 10. On an older Node its prebuilt file does not throw, it ends the process
 * with a segmentation fault, so the version is checked before it is loaded.
 */
export function loadDriver(): typeof DatabaseConstructor {
  if (Number(process.versions.napi) < 10)
    throw new Error(`sitedesk needs Node 22.14 or newer; this is ${process.version}. Use npm start.`)
  return createRequire(import.meta.url)('better-sqlite3') as typeof DatabaseConstructor
}

/** At most this many statements are kept prepared; lists with free filters make new texts. */
const CACHED_STATEMENTS = 500

export function createSqlDriver(): SqlDriver {
  const Driver = loadDriver()
  return {
    open(path, { durable, readonly = false }) {
      const db = new Driver(path, { readonly, fileMustExist: readonly, timeout: 5000 })
      db.pragma('trusted_schema = OFF')
      if (!readonly) {
        db.pragma('journal_mode = WAL')
        db.pragma(`synchronous = ${durable ? 'FULL' : 'NORMAL'}`)
        db.pragma('foreign_keys = ON')
      }
      db.pragma('temp_store = MEMORY')
      db.pragma('cache_size = -16000')
      return wrap(db)
    },
  }
}

function wrap(db: DatabaseConstructor.Database): SqlDatabase {
  const cache = new Map<string, Statement<SqlRow>>()
  return {
    path: db.name,
    statement<R>(sql: string) {
      let found = cache.get(sql)
      if (!found) {
        found = naming(db.name, () => wrapStatement(db, sql))()
        if (cache.size >= CACHED_STATEMENTS) cache.delete(cache.keys().next().value ?? '')
        cache.set(sql, found)
      }
      return found as Statement<R>
    },
    exec: (sql) => void db.exec(sql),
    pragma: (text) => db.pragma(text),
    get inTransaction() {
      return db.inTransaction
    },
    async backup(target) {
      await db.backup(target)
    },
    close() {
      cache.clear()
      db.close()
    },
  }
}

function wrapStatement(db: DatabaseConstructor.Database, sql: string): Statement<SqlRow> {
  const statement = db.prepare<unknown[], SqlRow>(sql)
  let raw: DatabaseConstructor.Statement<unknown[], SqlRow> | undefined
  return {
    all: naming(db.name, (...values: unknown[]) => statement.all(...values)),
    get: naming(db.name, (...values: unknown[]) => statement.get(...values)),
    // A number, since no connection asks for bigints; thousands of calls a page are not wrapped once more.
    run: statement.run.bind(statement) as Statement<SqlRow>['run'],
    arrays: naming(db.name, (...values: unknown[]) => {
      raw ??= db.prepare<unknown[], SqlRow>(sql).raw()
      return raw.all(...values) as never
    }),
  }
}

/** SQLite says what is wrong, never with which file: the reader of two files must know. */
function naming<Values extends unknown[], R>(file: string, call: (...values: Values) => R) {
  return (...values: Values): R => {
    try {
      return call(...values)
    } catch (error) {
      throw error instanceof Error ? Object.assign(error, { file }) : error
    }
  }
}
