import type { UpdateProblem, UpdateSource, UpdateStatus } from '#shared/contract/updates.ts'
import { SitedeskError } from '#shared/errors.ts'
import { DAY } from '#shared/time.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import { blockersOf, type AtWork } from './blockers.ts'
import { FetchFailure, type UpdateHost } from './host.ts'
import { choose, readManifest, UpdateRefusal, type Manifest, type Offer } from './manifest.ts'
import { recall, remember, type UpdateMemory } from './memory.ts'
import { fileBeside, isAllowed, readDocument } from './source.ts'

export { blockersOf, type AtWork } from './blockers.ts'
export { FetchFailure, type FetchFailureKind, type Fetching, type Prove, type UpdateHost } from './host.ts'
export { manifestSchema, SIGNED_AS, type Manifest, type Offer } from './manifest.ts'

const LOOK_EVERY = DAY

/** New versions: found, fetched, proven, installed when nothing is under way. */
export interface Updates {
  readonly handlers: AreaHandlers<'updates'>
  /** for the health page */
  facts(): { state: 'off' | 'good' | 'ready' | 'failed'; checkedAt: number | null }
  /** after the ready line: says what became of the last one, and looks once a day */
  start(): void
  close(): Promise<void>
}

/** A host that knows nothing of updates has none. */
const NONE: UpdateHost = {
  publicKey: null,
  platform: '',
  arch: '',
  kind: 'headless',
  verify: () => false,
  fetchFile: () => Promise.reject(new Error('this host fetches no updates')),
  sha256: () => Promise.reject(new Error('this host fetches no updates')),
  install: null,
}

export async function createUpdates(ctx: CoreContext, atWork: AtWork): Promise<Updates> {
  const desk = new UpdateDesk(ctx, atWork, await recall(ctx))
  const audited = async (call: Call, target: string, work: () => unknown) => {
    await call.commit(() => call.note({ target }))
    await work()
    return desk.status()
  }
  return {
    handlers: {
      'updates.status': () => desk.status(),
      'updates.setSource': async (call, { source }) => {
        await call.commit(() => call.note({ target: 'source', before: desk.memory.source, after: source }))
        await desk.setSource(source)
        return desk.status()
      },
      'updates.check': (call) => audited(call, 'source', () => desk.check()),
      'updates.download': (call) => audited(call, desk.target(), () => desk.download()),
      'updates.cancel': (call) => audited(call, desk.target(), () => desk.cancel()),
      'updates.defer': (call, { days }) => audited(call, desk.target(), () => desk.defer(days)),
      'updates.install': (call) => {
        desk.refuseUnready()
        return audited(call, desk.target(), () => desk.install())
      },
    },
    facts: () => desk.facts(),
    start: () => desk.start(),
    close: () => desk.close(),
  }
}

class UpdateDesk {
  memory: UpdateMemory
  readonly #ctx: CoreContext
  readonly #atWork: AtWork
  readonly #host: UpdateHost
  #offered: { readonly manifest: Manifest; readonly offer: Offer } | null = null
  #checking: Promise<void> | null = null
  #closed = false
  #download: { readonly abort: AbortController; readonly done: Promise<void> } | null = null
  #received = 0
  #ready = false
  #stop: () => void = () => {}

  constructor(ctx: CoreContext, atWork: AtWork, memory: UpdateMemory) {
    this.#ctx = ctx
    this.#atWork = atWork
    this.memory = memory
    this.#host = ctx.options.updates ?? NONE
  }

  status(): UpdateStatus {
    const { source, problem, checkedAt, deferredUntil, last } = this.memory
    const offered = this.#offered
    return {
      state: this.#state(),
      version: this.#ctx.options.version,
      source,
      offered: offered && {
        version: offered.manifest.version,
        notes: offered.manifest.notes,
        name: offered.offer.name,
        bytes: offered.offer.size,
      },
      receivedBytes: this.#received,
      problem,
      blockers: blockersOf(this.#ctx, this.#atWork),
      checkedAt,
      deferredUntil,
      byHand: this.#host.install === null,
      file: this.#ready && offered ? this.#pathOf(offered.offer) : null,
      last,
    }
  }

  #state(): UpdateStatus['state'] {
    if (this.#host.publicKey === null) return 'noKey'
    if (this.#checking) return 'checking'
    if (this.#download) return 'downloading'
    if (this.#ready) return 'ready'
    return this.#offered ? 'available' : 'idle'
  }

  facts(): ReturnType<Updates['facts']> {
    const { problem, checkedAt, deferredUntil } = this.memory
    if (this.#host.publicKey === null) return { state: 'off', checkedAt }
    if (problem !== null) return { state: 'failed', checkedAt }
    const deferred = deferredUntil !== null && deferredUntil > this.#ctx.ports.clock.now()
    return { state: this.#offered && !deferred ? 'ready' : 'good', checkedAt }
  }

  /** What an audit row names. */
  target = (): string => this.#offered?.manifest.version ?? 'none'

  async setSource(source: UpdateSource | null): Promise<void> {
    if (source !== null && !isAllowed(source))
      throw new SitedeskError('INVALID_INPUT', 'A feed needs https, or http on this computer.', {
        path: 'source.url',
      })
    await Promise.all([this.cancel(), this.#checking])
    this.#forgetOffer()
    await this.#keep({ source, problem: null, checkedAt: null, deferredUntil: null })
  }

  start(): void {
    const { installing } = this.memory
    const { version } = this.#ctx.options
    if (installing !== null) {
      // started to the end with its files opened and migrated: that is the check after an update
      const result = installing.to === version ? 'succeeded' : 'notInstalled'
      void this.#keep({ installing: null, last: { ...installing, at: this.#ctx.ports.clock.now(), result } })
    }
    if (this.#host.publicKey === null) return
    this.#stop = this.#ctx.ports.clock.every(LOOK_EVERY, () => void this.check())
    if (this.memory.source !== null) void this.check()
  }

  /** Never rejects: what is wrong with the source is the answer. */
  check(): Promise<void> {
    const { source } = this.memory
    if (this.#host.publicKey === null || source === null || this.#download || this.#closed)
      return Promise.resolve()
    this.#checking ??= this.#lookAt(source).finally(() => {
      this.#checking = null
      this.#changed()
    })
    this.#changed()
    return this.#checking
  }

  async #lookAt(source: UpdateSource): Promise<void> {
    try {
      const manifest = readManifest(await readDocument(this.#ctx.ports, source), this.#host)
      const offer = choose(manifest, this.#ctx.options.version, this.#host)
      await this.#offer(offer && { manifest, offer })
      await this.#keep({ problem: null, checkedAt: this.#ctx.ports.clock.now() })
    } catch (error) {
      this.#forgetOffer()
      await this.#fail(error)
    }
  }

  async #offer(next: { manifest: Manifest; offer: Offer } | null): Promise<void> {
    const same = next?.offer.sha256 === this.#offered?.offer.sha256
    if (!same) this.#forgetOffer()
    this.#offered = next
    if (next === null) return
    const path = this.#pathOf(next.offer)
    const { files } = this.#ctx.ports
    this.#ready = files.exists(path) && (await this.#isGood(path, next.offer))
    this.#received = this.#ready ? next.offer.size : this.#sizeOf(`${path}.part`)
  }

  /** Begins; `status` tells how it goes on. */
  download(): void {
    if (this.#offered === null) throw new SitedeskError('NOT_FOUND', 'No new version is offered.')
    if (this.#download || this.#ready) return
    const abort = new AbortController()
    const done = this.#fetch(this.#offered.offer, abort.signal).finally(() => {
      this.#download = null
      this.#changed()
    })
    this.#download = { abort, done }
    this.#changed()
  }

  async #fetch(offer: Offer, signal: AbortSignal): Promise<void> {
    const { source } = this.memory
    const { files } = this.#ctx.ports
    const path = this.#pathOf(offer)
    const part = `${path}.part`
    if (source === null) return
    try {
      files.makeDirectory(this.#folder())
      this.#sweep(offer)
      const from = fileBeside(files, source, offer.name)
      const onBytes = (received: number) => void (this.#received = received)
      await this.#host.fetchFile({ from, target: part, size: offer.size, onBytes, signal })
      if (!(await this.#isGood(part, offer))) throw this.#discard(part)
      files.rename(part, path)
      this.#ready = true
      await this.#keep({ problem: null })
    } catch (error) {
      this.#received = this.#sizeOf(part)
      if (!signal.aborted) await this.#fail(error)
    }
  }

  /** Whatever it is, it is not what was signed: nothing of it is used again. */
  #discard(part: string): UpdateRefusal {
    this.#ctx.ports.files.remove(part)
    this.#received = 0
    return new UpdateRefusal('wrongHash')
  }

  async cancel(): Promise<void> {
    this.#download?.abort.abort()
    await this.#download?.done
  }

  defer(days: number): Promise<void> {
    return this.#keep({ deferredUntil: this.#ctx.ports.clock.now() + days * DAY })
  }

  /** Before anything is written down. */
  refuseUnready(): void {
    if (!this.#ready || this.#offered === null)
      throw new SitedeskError('NOT_FOUND', 'No verified installer is here; download it first.')
    if (this.#host.install === null)
      throw new SitedeskError(
        'NOT_SUPPORTED',
        'This host starts no installer; put the file in place by hand.',
      )
    this.#refuseBlocked()
  }

  #refuseBlocked(): void {
    const blockers = blockersOf(this.#ctx, this.#atWork)
    if (blockers.length > 0)
      throw new SitedeskError('NOT_ALLOWED_NOW', `The update waits for: ${blockers.join(', ')}.`, {
        blockers,
      })
  }

  async install(): Promise<void> {
    const offered = this.#offered
    if (offered === null) return
    const path = this.#pathOf(offered.offer)
    // what lies on the disk now counts, not what was proven yesterday
    const prove = async (at: string) => {
      if (!(await this.#isGood(at, offered.offer))) throw new UpdateRefusal('wrongHash')
      // a sale may have begun while the file was read
      this.#refuseBlocked()
    }
    try {
      await prove(path)
      await this.#copyDatabase(offered.manifest.version)
      const from = this.#ctx.options.version
      await this.#keep({ problem: null, installing: { from, to: offered.manifest.version } })
      await this.#host.install?.(path, prove)
    } catch (error) {
      await this.#keep({ installing: null })
      throw await this.#notInstalled(error, path)
    }
  }

  /** Nothing was started: says why, and what is not as it was signed is not offered again. */
  async #notInstalled(error: unknown, path: string): Promise<unknown> {
    if (error instanceof SitedeskError) return error
    if (error instanceof UpdateRefusal) {
      this.#forgetOffer()
      this.#discard(path)
      await this.#fail(error)
      return new SitedeskError(
        'NOT_FOUND',
        'The installer was changed after it was proven; nothing was started.',
      )
    }
    this.#ctx.ports.log.error('the installer did not start', { error: String(error) })
    await this.#keep({ problem: 'notStarted' })
    return new SitedeskError('UPDATE_NOT_STARTED', 'The installer did not start; nothing was changed.')
  }

  /** Beside the copies that the first start of the new version makes itself. */
  async #copyDatabase(version: string): Promise<void> {
    const { ports, store } = this.#ctx
    const target = ports.files.join(this.#folder(), `site.before-${version}.db`)
    for (const old of ports.files.list(this.#folder()))
      if (old.startsWith('site.before-')) ports.files.remove(ports.files.join(this.#folder(), old))
    await ports.workers.run('copyDatabase', { path: store.site.sql.path, target })
    const faults = await ports.workers.run('checkDatabase', { path: target })
    if (faults.length > 0) throw new SitedeskError('STORE_DAMAGED', 'The copy of the database is damaged.')
  }

  async #isGood(path: string, { size, sha256 }: Offer): Promise<boolean> {
    return this.#sizeOf(path) === size && (await this.#host.sha256(path)) === sha256
  }

  async #fail(error: unknown): Promise<void> {
    const problem = problemOf(error)
    if (problem === null) this.#ctx.ports.log.error('an update failed', { error: String(error) })
    await this.#keep({ problem: problem ?? 'storage' })
  }

  /** One installer at a time lies here; the start of another version's is of no use. */
  #sweep(offer: Offer): void {
    const { files } = this.#ctx.ports
    const kept = new Set([fileName(offer), `${fileName(offer)}.part`])
    for (const name of files.list(this.#folder()))
      if (/^[0-9a-f]{12}-/.test(name) && !kept.has(name)) files.remove(files.join(this.#folder(), name))
  }

  #forgetOffer(): void {
    this.#offered = null
    this.#ready = false
    this.#received = 0
  }

  #sizeOf(path: string): number {
    const { files } = this.#ctx.ports
    return files.exists(path) ? files.size(path) : 0
  }

  #folder = () => this.#ctx.ports.files.join(this.#ctx.options.directory, 'updates')
  #pathOf = (offer: Offer) => this.#ctx.ports.files.join(this.#folder(), fileName(offer))

  async #keep(change: Partial<UpdateMemory>): Promise<void> {
    this.memory = { ...this.memory, ...change }
    await remember(this.#ctx, this.memory)
    this.#changed()
  }

  #changed(): void {
    this.#ctx.events.emit({ type: 'changed', area: 'updates' })
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#stop()
    await Promise.all([this.cancel(), this.#checking])
  }
}

/** Found again by what it is, not by what it is called. */
const fileName = ({ sha256, name }: Offer) => `${sha256.slice(0, 12)}-${name}`

function problemOf(error: unknown): UpdateProblem | null {
  if (error instanceof UpdateRefusal) return error.problem
  return error instanceof FetchFailure ? error.kind : null
}
