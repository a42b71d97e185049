import type { CompiledQuery } from 'kysely'
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { SitedeskError } from '#shared/errors.ts'
import type { Clock, SqlDatabase, SqlValue, Statement } from '../ports.ts'

interface Waiting {
  readonly work: () => unknown
  readonly resolve: (value: never) => void
  readonly reject: (reason: unknown) => void
}

interface Compilable<R> {
  compile(): CompiledQuery<R>
}

/** Builds and types SQL for the tables of one file; it never runs anything itself. */
function queryBuilder<Tables>(): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
}

/**
 * One database file with one writer. Reads are synchronous. All writes of one event-loop turn share one
 * BEGIN IMMEDIATE … COMMIT, each in a savepoint of its own, and their promises resolve after the COMMIT
 * (design §3): a refused write takes nothing else with it, and an acknowledged one is on the disk.
 */
export class Database<Tables> {
  readonly sql: SqlDatabase
  readonly query = queryBuilder<Tables>()
  readonly #clock: Clock
  #waiting: Waiting[] = []
  readonly #waitingAlone: Waiting[] = []
  #wasSmall = false
  #flushing: Promise<void> | null = null
  #committed: (() => void) | null = null
  #held: Promise<unknown> | null = null
  #logMove: Promise<unknown> | null = null

  constructor(sql: SqlDatabase, clock: Clock) {
    this.sql = sql
    this.#clock = clock
  }

  all<R>(query: Compilable<R>): R[] {
    const { sql, parameters } = query.compile()
    return this.sql.statement<R>(sql).all(...(parameters as SqlValue[]))
  }

  get<R>(query: Compilable<R>): R | undefined {
    const { sql, parameters } = query.compile()
    return this.sql.statement<R>(sql).get(...(parameters as SqlValue[]))
  }

  /** Changes rows; only inside `write`. */
  run(query: Compilable<unknown>): { changes: number; lastInsertRowid: number } {
    const { sql, parameters } = query.compile()
    return this.sql.statement(sql).run(...(parameters as SqlValue[]))
  }

  /** A hot statement, prepared once. */
  statement<R>(sql: string): Statement<R> {
    return this.sql.statement<R>(sql)
  }

  /**
   * Runs `work` in the next group commit. `work` is synchronous and may throw to refuse: only its own
   * changes are undone. Rejects with STORAGE_FULL when the disk is full, STORE_DAMAGED when the file is bad.
   */
  write<R>(work: () => R): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject })
      this.#flushing ??= this.#begin()
    })
  }

  /**
   * Like `write`, in a turn and a transaction of its own: for work that changes many pages. With others in its
   * group it would need a savepoint, which copies every page, and two such works would hold the thread as one.
   */
  writeAlone<R>(work: () => R): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.#waitingAlone.push({ work, resolve, reject })
      this.#flushing ??= this.#begin()
    })
  }

  /** Lets no write begin until `done` is settled; reads go on, and so does the thread. */
  holdUntil(done: Promise<unknown>): void {
    const held = done
      .catch(() => undefined)
      .finally(() => {
        if (this.#held === held) this.#held = null
      })
    this.#held = held
  }

  /** A worker moves the log into the file until `done` is settled, which never rejects. */
  logMovedBy(done: Promise<unknown>): void {
    this.#logMove = done
  }

  /**
   * Resolves when no worker moves the log. Who stores page after page waits for it: a commit that meets the
   * worker's sync of the file holds the thread for as long as the disk takes. Single writes do not wait.
   */
  async logIsMoved(): Promise<void> {
    await this.#logMove
  }

  /** Calls `listener` after each commit. */
  onCommit(listener: () => void): void {
    this.#committed = listener
  }

  /** Waits for writes under way and closes the file. */
  async close(): Promise<void> {
    while (this.#flushing) await this.#flushing
    this.sql.close()
  }

  async #begin(): Promise<void> {
    try {
      while (this.#waiting.length + this.#waitingAlone.length > 0) {
        while (this.#held) await this.#held
        await this.#clock.yield()
        this.#flush(this.#nextGroup())
      }
    } finally {
      this.#flushing = null
    }
  }

  /** Small writes go first, and one that goes alone after each group of them: neither kind keeps the other out. */
  #nextGroup(): Waiting[] {
    const small = this.#waiting.length > 0 && !(this.#wasSmall && this.#waitingAlone.length > 0)
    this.#wasSmall = small
    if (!small) return this.#waitingAlone.splice(0, 1)
    const group = this.#waiting
    this.#waiting = []
    return group
  }

  #flush(group: readonly Waiting[]): void {
    const answers: (() => void)[] = []
    try {
      this.sql.exec('BEGIN IMMEDIATE')
      const [only] = group.length === 1 ? group : []
      if (only) answers.push(runAlone(only))
      else for (const one of group) answers.push(this.#runOne(one))
      this.sql.exec('COMMIT')
    } catch (error) {
      if (this.sql.inTransaction) this.sql.exec('ROLLBACK')
      const reason = storeError(error, this.sql.path)
      for (const one of group) one.reject(reason)
      return
    }
    for (const answer of answers) answer()
    this.#committed?.()
  }

  #runOne({ work, resolve, reject }: Waiting): () => void {
    this.sql.exec('SAVEPOINT one')
    try {
      const value = work()
      this.sql.exec('RELEASE one')
      return () => resolve(value as never)
    } catch (error) {
      // A full disk rolls the whole transaction back: nobody in this group may be told otherwise.
      if (!this.sql.inTransaction) throw error
      this.sql.exec('ROLLBACK TO one')
      this.sql.exec('RELEASE one')
      const reason = storeError(error, this.sql.path)
      return () => reject(reason)
    }
  }
}

/**
 * Without a savepoint, since undoing the transaction undoes it: a savepoint copies every page that is changed,
 * which doubles the time of a page of readings.
 */
function runAlone({ work, resolve }: Waiting): () => void {
  const value = work()
  return () => resolve(value as never)
}

/**
 * Gives SQLite's own failures their stable codes; leaves everything else as it is. A failed read says its file
 * itself, a failed commit was of `of`.
 */
export function storeError(error: unknown, of?: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const file = error instanceof Error && 'file' in error ? String(error.file) : of
  if (['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE'].includes(code))
    return new SitedeskError(
      'STORAGE_FULL',
      'The disk is full; nothing was changed.',
      { file },
      { cause: error },
    )
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new SitedeskError('STORE_DAMAGED', `The file ${file} is damaged.`, { file }, { cause: error })
  return error
}

/** The path of the file that an error calls damaged; null for any other error. */
export function damagedFile(error: unknown): string | null {
  const typed = storeError(error)
  if (!(typed instanceof SitedeskError) || typed.code !== 'STORE_DAMAGED') return null
  return (typed.data as { file?: string } | undefined)?.file ?? ''
}
