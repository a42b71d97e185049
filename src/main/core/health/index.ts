import type { Crash, HealthPart, IntegrityCheck } from '#shared/contract/health.ts'
import { DAY, MINUTE } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import { readCrashes, type CrashRecord } from './crashes.ts'
import { recall, remember, type HealthMemory } from './memory.ts'
import type { PartNow } from './parts.ts'
import type { WatchedWorkers, WorkerFacts } from './workers.ts'

export { CRASH_FOLDER, type CrashRecord } from './crashes.ts'
export { partsOf, type Facts, type PartNow } from './parts.ts'
export { watchWorkers, type WatchedWorkers } from './workers.ts'
/** A whole check reads every page: weekly, and when the backups ask for one. */
export const CHECK_EVERY = 7 * DAY
const LOOK_EVERY = MINUTE
/** Moments are stored this often; a crash forgets no more. */
const STORE_EVERY = 10 * MINUTE
const FAULTS_KEPT = 5
const FILES = ['site.db', 'history.db'] as const

/** How the desk has been: last good moments, whole checks of its files, crashes. */
export interface Health {
  /** each part with the moment when it was last seen well */
  parts(now: readonly PartNow[]): HealthPart[]
  checks(): readonly IntegrityCheck[]
  crashes(): Crash[]
  workers(): WorkerFacts
  /** after the ready line: looks at all parts every minute and checks files that are due */
  start(look: () => readonly PartNow[]): void
  /** checks both files now, one after the other; resolves when done */
  checkNow(): Promise<void>
  /** somebody has read of all crashes until now */
  acknowledge(): Promise<void>
  close(): Promise<void>
}

export async function createHealth(ctx: CoreContext, workers: WatchedWorkers): Promise<Health> {
  const keeper = new Keeper(ctx, workers, await recall(ctx), await readCrashes(ctx))
  return {
    parts: (now) => keeper.parts(now),
    checks: () => keeper.memory.checks,
    crashes: () => keeper.crashes(),
    workers: () => workers.facts(),
    start: (look) => keeper.start(look),
    checkNow: () => keeper.checkNow(),
    acknowledge: () => keeper.acknowledge(),
    close: () => keeper.close(),
  }
}

class Keeper {
  memory: HealthMemory
  readonly #ctx: CoreContext
  readonly #workers: WatchedWorkers
  readonly #crashes: readonly CrashRecord[]
  #stops: (() => void)[] = []
  #changed = false
  #storedAt = 0
  #storing: Promise<void> = Promise.resolve()
  #checking: Promise<void> | null = null
  #look: () => readonly PartNow[] = () => []

  constructor(
    ctx: CoreContext,
    workers: WatchedWorkers,
    memory: HealthMemory,
    crashes: readonly CrashRecord[],
  ) {
    this.#ctx = ctx
    this.#workers = workers
    this.memory = memory
    this.#crashes = crashes
    workers.onCheck((path, faults) => this.#noteCheck(path, faults))
  }

  parts(now: readonly PartNow[]): HealthPart[] {
    const at = this.#ctx.ports.clock.now()
    const { lastGood } = this.memory
    return now.map(({ goodAt, ...part }) => ({
      ...part,
      lastGoodAt: goodAt ?? (part.state === 'good' ? at : (lastGood[part.part] ?? null)),
    }))
  }

  crashes(): Crash[] {
    return this.#crashes.map((crash) => ({ ...crash, seen: crash.at <= this.memory.crashesSeenAt }))
  }

  start(look: () => readonly PartNow[]): void {
    const { clock } = this.#ctx.ports
    this.#look = look
    this.#stops = [clock.every(LOOK_EVERY, () => void this.#tick()), clock.every(DAY, () => this.#checkDue())]
  }

  async #tick(): Promise<void> {
    this.#note()
    if (this.#changed && this.#ctx.ports.clock.now() - this.#storedAt >= STORE_EVERY) await this.#store()
  }

  #note(): void {
    const lastGood = { ...this.memory.lastGood }
    for (const { part, lastGoodAt } of this.parts(this.#look()))
      if (lastGoodAt !== null) lastGood[part] = lastGoodAt
    this.memory = { ...this.memory, lastGood }
    this.#changed = true
  }

  /** One after the other: the last one holds what is known by then. */
  #store(): Promise<void> {
    this.#changed = false
    this.#storedAt = this.#ctx.ports.clock.now()
    this.#storing = this.#storing.then(() => remember(this.#ctx, this.memory))
    return this.#storing
  }

  #noteCheck(path: string, faults: readonly string[]): void {
    const { ports, options, events } = this.#ctx
    const file = FILES.find((name) => ports.files.join(options.directory, name) === path)
    if (file === undefined) return
    const check = {
      file,
      at: ports.clock.now(),
      ok: faults.length === 0,
      faults: faults.slice(0, FAULTS_KEPT),
    }
    this.memory = {
      ...this.memory,
      checks: [...this.memory.checks.filter((one) => one.file !== file), check],
    }
    events.emit({ type: 'changed', area: 'system' })
    void this.#store()
  }

  /** The backups check both files at each start; this is for a desk that runs for weeks. */
  #checkDue(): void {
    const now = this.#ctx.ports.clock.now()
    const due = FILES.some((file) => {
      const last = this.memory.checks.find((one) => one.file === file)
      return !last || now - last.at >= CHECK_EVERY
    })
    if (due) void this.checkNow()
  }

  checkNow(): Promise<void> {
    this.#checking ??= this.#checkAll()
      .catch((error: unknown) =>
        this.#ctx.ports.log.error('the check of the files did not end', { error: String(error) }),
      )
      .finally(() => void (this.#checking = null))
    return this.#checking
  }

  async #checkAll(): Promise<void> {
    const { ports, options } = this.#ctx
    for (const file of FILES)
      await this.#workers.run('checkDatabase', { path: ports.files.join(options.directory, file) })
  }

  async acknowledge(): Promise<void> {
    this.memory = { ...this.memory, crashesSeenAt: this.#ctx.ports.clock.now() }
    await this.#store()
    this.#ctx.events.emit({ type: 'changed', area: 'system' })
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop()
    if (this.#stops.length > 0) this.#note()
    if (this.#changed) void this.#store()
    await this.#storing
  }
}
