import type { problem } from '#shared/contract/system.ts'
import { DAY, MINUTE } from '#shared/time.ts'
import type { z } from '#shared/z.ts'
import type { CoreContext } from '../context.ts'
import { damagedFile, type Database } from '../store/database.ts'
import { listBackups, makeBackup, removeCopy, type StoreFile } from './copies.ts'
import { standingOf, writeManifest, type Inspection, type Manifest, type Standing } from './manifest.ts'
import { madeAt, parseName, type Reason } from './names.ts'
import { toPrune } from './prune.ts'

export const EVERY = 15 * MINUTE
const HISTORY_EVERY = 7 * DAY
const BAD_KEPT = 10 * DAY

export type Problem = z.infer<typeof problem>

/** One copy beside the files, as it stands. */
export interface Copy {
  readonly path: string
  readonly file: StoreFile
  readonly madeAt: number
  readonly reason: Reason
  readonly bytes: number
  readonly state: Standing['state']
  readonly manifest: Manifest | null
  /** what was found wrong in it */
  readonly problem: string | null
}

export interface Failure {
  readonly at: number
  readonly file: StoreFile
  /** in English, for the log and support */
  readonly reason: string
  readonly full: boolean
}

/** Makes, checks and thins out the copies beside the files. */
export class Keeper {
  readonly #ctx: CoreContext
  readonly #damaged = new Set<StoreFile>()
  /** copies that did not pass when they were opened, by path */
  readonly #refused = new Map<string, string>()
  #copies: readonly Copy[] = []
  readonly #failed = new Map<StoreFile, Failure>()
  /** changes of this connection that the newest copy of site.db holds; null: not known */
  #copied: number | null = null
  #running: Promise<void> | null = null
  #closed = false
  #copying: Promise<unknown> = Promise.resolve()
  #stopChecks: () => void = () => {}
  readonly #stopped = new Promise<null>((resolve) => {
    this.#stopChecks = () => resolve(null)
  })
  /** after each turn of copies, whether one was made or not */
  afterTurn: () => Promise<void> = () => Promise.resolve()

  constructor(ctx: CoreContext) {
    this.#ctx = ctx
  }

  begin(): void {
    void this.#run(async () => {
      await this.refresh()
      await this.#try('site.db', () => this.#check('site.db'))
      await this.#turn('site.db')
      await this.#try('site.db', () => this.#adopt())
      // its check may take long, and its copy is only worth something after that
      await this.#try('history.db', () => this.#check('history.db'))
      await this.#turn('history.db')
    })
  }

  tick(): void {
    void this.#run(() => this.#turn('site.db', 'history.db'))
  }

  /** A copy of site.db now, whatever the clock says. */
  async copyNow(reason: Reason): Promise<Copy> {
    while (this.#running) await this.#running
    let path = ''
    const work = async () => {
      const changes = totalChanges(this.#ctx.store.site)
      path = await this.#copy('site.db', this.#ctx.store.site, reason)
      this.#copied = changes
      this.#prune()
      await this.refresh()
      this.#failed.delete('site.db')
    }
    let refusal: unknown = null
    await this.#run(() =>
      work().catch((error: unknown) => {
        refusal = error
        throw error
      }),
    )
    const made = this.#copies.find((copy) => copy.path === path)
    if (made) return made
    throw refusal instanceof Error ? refusal : new Error('the program ends')
  }

  /** Waits for the copy of site.db, never for a large one or a check: those may take long. */
  async end(): Promise<void> {
    this.#closed = true
    this.#stopChecks()
    await this.#copying.catch(() => null)
  }

  copies(): readonly Copy[] {
    return this.#copies
  }

  lastGoodAt(file: StoreFile): number | null {
    return this.#copies.find((copy) => copy.file === file && copy.state === 'good')?.madeAt ?? null
  }

  /** what does not hold in the newest copy */
  warnings(): string[] {
    const newest = this.#copies.find((copy) => copy.file === 'site.db' && copy.state === 'good')
    return newest?.manifest?.warnings ?? []
  }

  failure(): Failure | null {
    return [...this.#failed.values()].toSorted((a, b) => b.at - a.at)[0] ?? null
  }

  isDamaged(file: StoreFile): boolean {
    return this.#damaged.has(file)
  }

  problems(): Problem[] {
    const damaged = [...this.#damaged].map((file): Problem => ({ code: 'STORE_DAMAGED', data: { file } }))
    const failed = [...this.#failed.keys()].map((file): Problem => ({
      code: 'BACKUP_FAILED',
      data: { file },
    }))
    return [...damaged, ...failed]
  }

  /** Reads anew what stands in the folder. */
  async refresh(): Promise<void> {
    const { ports, options } = this.#ctx
    const paths = (['site.db', 'history.db'] as const).flatMap((file) =>
      listBackups(ports, options.directory, file),
    )
    const copies: Copy[] = []
    for (const path of paths) {
      const name = parseName(path)
      if (!name) continue
      const standing = await standingOf(ports.files, path)
      const problem = this.#refused.get(path) ?? null
      copies.push({
        path,
        file: name.file,
        madeAt: name.at,
        reason: name.reason,
        bytes: ports.files.exists(path) ? ports.files.size(path) : 0,
        state: problem === null ? standing.state : 'bad',
        manifest: standing.state === 'good' ? standing.manifest : null,
        problem,
      })
    }
    this.#copies = copies.toSorted((a, b) => b.madeAt - a.madeAt)
  }

  /** Opens a copy whole and holds it against its manifest. */
  async recheck(copy: Copy): Promise<{ found: Inspection; problems: string[] }> {
    const found = await this.#inspect(copy.file, copy.path)
    const problems = [...found.problems]
    if (copy.manifest && copy.manifest.sha256 !== found.sha256)
      problems.push('its bytes are not those that were written')
    if (problems.length > 0) this.#refused.set(copy.path, problems[0] ?? '')
    else this.#refused.delete(copy.path)
    if (problems.length === 0 && !copy.manifest) await this.#vouch(copy, found)
    await this.refresh()
    this.#changed()
    return { found, problems }
  }

  /** One at a time: a tick during a long copy is left out. */
  async #run(work: () => Promise<void>): Promise<void> {
    if (this.#running || this.#closed) return
    this.#running = work()
      .catch((error: unknown) => this.#tell('a background check or backup failed', error))
      .finally(() => {
        this.#running = null
      })
    await this.#running
  }

  /** One step of several: what becomes of it says nothing about the others. */
  async #try(file: StoreFile, step: () => Promise<void>): Promise<void> {
    if (this.#closed) return
    try {
      await step()
    } catch (error) {
      this.#tell(`a background check or backup of ${file} failed`, error)
      if (damagedFile(error) === this.#path(file)) this.#noteDamage(file)
    }
  }

  #path(file: StoreFile): string {
    return this.#ctx.ports.files.join(this.#ctx.options.directory, file)
  }

  #noteDamage(file: StoreFile): void {
    this.#damaged.add(file)
    this.#failed.delete(file)
    this.#changed()
  }

  #tell(message: string, error: unknown): void {
    if (!this.#closed) this.#ctx.ports.log.error(message, { error: String(error) })
  }

  async #check(file: StoreFile): Promise<void> {
    const found = await this.#ctx.ports.workers.run('checkDatabase', { path: this.#path(file) })
    if (found.length === 0) return
    this.#ctx.ports.log.error('a file of the data folder is damaged', { file, found: found.slice(0, 5) })
    this.#noteDamage(file)
  }

  /** Copies from before a migration were made before anything else ran; they count once they were opened. */
  async #adopt(): Promise<void> {
    for (const copy of this.#copies.filter(({ state }) => state === 'unchecked')) {
      if (this.#closed) return
      await this.recheck(copy)
    }
  }

  #vouch({ path, file, madeAt, reason }: Copy, found: Inspection): Promise<void> {
    return writeManifest(this.#ctx.ports.files, path, { ...found, file, madeAt, reason })
  }

  async #turn(...files: StoreFile[]): Promise<void> {
    for (const file of files) await this.#try(file, () => this.#copyDue(file))
    if (!this.#closed) await this.afterTurn()
  }

  /** A damaged file is not copied, so that it cannot push the good copies out. */
  async #copyDue(file: StoreFile): Promise<void> {
    if (!this.#damaged.has(file)) await (file === 'site.db' ? this.#copySite() : this.#copyHistory())
    this.#failed.delete(file)
    await this.refresh()
  }

  async #copySite(): Promise<void> {
    const { site } = this.#ctx.store
    const changes = totalChanges(site)
    if (changes === this.#copied) return
    await this.#copy('site.db', site, 'scheduled')
    this.#copied = changes
    this.#prune()
  }

  async #copyHistory(): Promise<void> {
    if (historyIsDue(this.#ctx)) await this.#copy('history.db', this.#ctx.store.history, 'scheduled')
  }

  async #copy(file: StoreFile, db: Pick<Database<unknown>, 'sql'>, reason: Reason): Promise<string> {
    const { ports, options } = this.#ctx
    if (this.#closed) throw new Error('the program ends')
    try {
      refuseFull(this.#ctx, db.sql.path)
      const made = makeBackup(ports, options.directory, file, db.sql, reason, {
        copy: (target) => this.#copyTo(file, db.sql.path, target),
        inspect: (path) => this.#inspect(file, path),
      })
      this.#copying = made
      const path = await made
      await this.refresh()
      this.#changed()
      return path
    } catch (error) {
      if (!this.#closed) this.#fail(file, error)
      throw error
    }
  }

  #fail(file: StoreFile, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    const full = error instanceof NoRoom || /ENOSPC|SQLITE_FULL|disk is full/.test(reason)
    this.#failed.set(file, { at: this.#ctx.ports.clock.now(), file, reason, full })
    this.#changed()
  }

  /** A large copy is given up when the program ends: it has 5 s for all it does then (interfaces §1). */
  async #copyTo(file: StoreFile, path: string, target: string): Promise<void> {
    const copied = this.#ctx.ports.workers.run('copyDatabase', { path, target })
    if (file === 'site.db') return void (await copied)
    copied.catch(() => undefined)
    if ((await Promise.race([copied.then(() => true), this.#stopped])) === null)
      throw new Error('the program ends before the copy does')
  }

  /** A copy whose check does not end before the program does is given up. */
  async #inspect(file: StoreFile, path: string): Promise<Inspection> {
    const found = await Promise.race([
      this.#ctx.ports.workers.run('inspectCopy', { path, file }),
      this.#stopped,
    ])
    if (found === null) throw new Error('the program ends before the check does')
    return found
  }

  /** A copy that is bad counts for no day, so that it pushes no good one out; it is kept a while to be looked at. */
  #prune(): void {
    const { ports } = this.#ctx
    const old = ports.clock.now() - BAD_KEPT
    const ours = this.#copies.filter(({ file }) => file === 'site.db')
    const bad = ours.filter(({ state, madeAt: at }) => state === 'bad' && at < old)
    const spare = toPrune(ours.filter(({ state }) => state !== 'bad').map(({ path }) => path))
    for (const path of [...spare, ...bad.map(({ path }) => path)]) removeCopy(ports, path)
  }

  #changed(): void {
    this.#ctx.events.emit({ type: 'changed', area: 'system' })
    this.#ctx.events.emit({ type: 'changed', area: 'backups' })
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

class NoRoom extends Error {}

export function refuseFull({ ports, options }: Pick<CoreContext, 'ports' | 'options'>, path: string): void {
  if (ports.files.freeBytes(options.directory) < ports.files.size(path) * SPARE)
    throw new NoRoom('there is not enough free space for a backup')
}
