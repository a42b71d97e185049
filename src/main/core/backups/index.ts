import type { problem } from '#shared/contract/system.ts'
import { DAY, MINUTE } from '#shared/time.ts'
import type { z } from '#shared/z.ts'
import type { CoreContext } from '../context.ts'
import type { Database } from '../store/database.ts'
import { listBackups, makeBackup, type StoreFile } from './copies.ts'
import { madeAt, toPrune } from './prune.ts'

const EVERY = 15 * MINUTE
const HISTORY_EVERY = 7 * DAY

type Problem = z.infer<typeof problem>

/** Checks both files and copies them, in the background (design §3). */
export interface Backups {
  /** once the ready line is out: checks both files, then copies by the clock */
  start(): void
  /** waits for a copy that is being made */
  close(): Promise<void>
  /** epoch ms of the newest good copy of site.db */
  lastBackupAt(): number | null
  /** files found damaged, copies that could not be made */
  problems(): Problem[]
}

export function createBackups(ctx: CoreContext): Backups {
  const keeper = new Keeper(ctx)
  let stopTimer = () => {}
  return {
    start() {
      stopTimer = ctx.ports.clock.every(EVERY, () => keeper.tick())
      keeper.begin()
    },
    async close() {
      stopTimer()
      await keeper.end()
    },
    lastBackupAt: () => newest(ctx, 'site.db'),
    problems: () => keeper.problems(),
  }
}

function newest(ctx: CoreContext, file: StoreFile): number | null {
  const [path] = listBackups(ctx.ports, ctx.options.directory, file)
  return path === undefined ? null : madeAt(path)
}

class Keeper {
  readonly #ctx: CoreContext
  readonly #damaged = new Set<StoreFile>()
  #failed: StoreFile | null = null
  /** changes of this connection that the newest copy of site.db holds; null: not known */
  #copied: number | null = null
  #running: Promise<void> | null = null
  #closed = false
  #copying: Promise<unknown> = Promise.resolve()
  #stopChecks: (sound: false) => void = () => {}
  readonly #stopped = new Promise<false>((resolve) => {
    this.#stopChecks = resolve
  })

  constructor(ctx: CoreContext) {
    this.#ctx = ctx
  }

  begin(): void {
    this.#run(async () => {
      await this.#check('site.db')
      await this.#copyAll()
      await this.#check('history.db')
    })
  }

  tick(): void {
    this.#run(() => this.#copyAll())
  }

  /** Waits for the copy of site.db, never for a large one or a check: those may take long. */
  async end(): Promise<void> {
    this.#closed = true
    this.#stopChecks(false)
    await this.#copying.catch(() => null)
  }

  problems(): Problem[] {
    const damaged = [...this.#damaged].map((file): Problem => ({ code: 'STORE_DAMAGED', data: { file } }))
    return this.#failed ? [...damaged, { code: 'BACKUP_FAILED', data: { file: this.#failed } }] : damaged
  }

  /** One at a time: a tick during a long copy is left out. */
  #run(work: () => Promise<void>): void {
    if (this.#running || this.#closed) return
    this.#running = work()
      .catch((error: unknown) => this.#tell('a background check or backup failed', error))
      .finally(() => {
        this.#running = null
      })
  }

  #tell(message: string, error: unknown): void {
    if (!this.#closed) this.#ctx.ports.log.error(message, { error: String(error) })
  }

  async #check(file: StoreFile): Promise<void> {
    const path = this.#ctx.ports.files.join(this.#ctx.options.directory, file)
    const found = await this.#ctx.ports.workers.run('checkDatabase', { path })
    if (found.length === 0) return
    this.#damaged.add(file)
    this.#ctx.ports.log.error('a file of the data folder is damaged', { file, found: found.slice(0, 5) })
    this.#changed()
  }

  /** A damaged file is not copied, so that it cannot push the good copies out. */
  async #copyAll(): Promise<void> {
    const { site, history } = this.#ctx.store
    const changes = totalChanges(site)
    if (changes !== this.#copied && !this.#damaged.has('site.db')) {
      await this.#copy('site.db', site)
      this.#copied = changes
      this.#prune()
    }
    if (!this.#damaged.has('history.db') && historyIsDue(this.#ctx)) await this.#copy('history.db', history)
    this.#failed = null
  }

  async #copy(file: StoreFile, db: Pick<Database<unknown>, 'sql'>): Promise<void> {
    if (this.#closed) return
    const { ports, options } = this.#ctx
    try {
      refuseFull(this.#ctx, db.sql.path)
      const made = makeBackup(ports, options.directory, file, db.sql, 'scheduled', {
        copy: (target) => this.#copyTo(file, db.sql.path, target),
        check: (path) => this.#isSound(path),
      })
      this.#copying = made
      await made
      this.#changed()
    } catch (error) {
      if (!this.#closed) this.#failed = file
      throw error
    }
  }

  /** A large copy is given up when the program ends: it has 5 s for all it does then (interfaces §1). */
  async #copyTo(file: StoreFile, path: string, target: string): Promise<void> {
    const copied = this.#ctx.ports.workers.run('copyDatabase', { path, target })
    if (file === 'site.db') return void (await copied)
    copied.catch(() => undefined)
    if ((await Promise.race([copied, this.#stopped])) === false)
      throw new Error('the program ends before the copy does')
  }

  /** A copy whose check does not end before the program does is given up. */
  #isSound(path: string): Promise<boolean> {
    const checked = this.#ctx.ports.workers.run('checkDatabase', { path }).then((found) => found.length === 0)
    return Promise.race([checked, this.#stopped])
  }

  #prune(): void {
    const { ports, options } = this.#ctx
    for (const path of toPrune(listBackups(ports, options.directory, 'site.db'))) ports.files.remove(path)
  }

  #changed(): void {
    this.#ctx.events.emit({ type: 'changed', area: 'system' })
  }
}

/** Weekly, and when the file has doubled: the first copy of a young desk holds little. Never an empty one. */
function historyIsDue({ ports, options, store: { history } }: CoreContext): boolean {
  const empty = history.sql.statement('SELECT 1 FROM reading LIMIT 1').get() === undefined
  if (empty) return false
  const [path] = listBackups(ports, options.directory, 'history.db')
  const at = path === undefined ? null : madeAt(path)
  if (path === undefined || at === null || ports.clock.now() - at >= HISTORY_EVERY) return true
  return ports.files.size(history.sql.path) >= 2 * ports.files.size(path)
}

/** Rows this connection has changed since it was opened: it is the only writer. */
const totalChanges = (db: Pick<Database<unknown>, 'sql'>): number =>
  db.sql.statement<{ n: number }>('SELECT total_changes() AS n').get()?.n ?? 0

/** A copy must not take the last space that the desk itself needs. */
const SPARE = 1.5

function refuseFull({ ports, options }: CoreContext, path: string): void {
  if (ports.files.freeBytes(options.directory) < ports.files.size(path) * SPARE)
    throw new Error('there is not enough free space for a backup')
}
