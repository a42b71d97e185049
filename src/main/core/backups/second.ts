import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { SitedeskError } from '#shared/errors.ts'
import type { Call, CoreContext } from '../context.ts'
import type { PlaceSeen } from '../ports.ts'
import type { Settings } from '../settings/index.ts'
import { sameCopy } from './copies.ts'
import type { Copy } from './keeper.ts'
import { parse, type Manifest } from './manifest.ts'
import { parseName } from './names.ts'
import { toPrune, toPruneHistory } from './prune.ts'
import { PASSPHRASE_KDF, SALT_BYTES, type SealingKey } from './sealed.ts'
import { standsSince } from './since.ts'

const KEY = 'backups.second'
const INSTALLATION = 'installation'

export type PlaceState = 'off' | 'ready' | 'absent' | 'needsPassphrase' | 'full' | 'failing'

export interface SecondState {
  readonly state: PlaceState
  readonly folder: string | null
  /** since when it stands so; null: off, or not looked at yet */
  readonly since: number | null
  readonly lastCopyAt: number | null
  readonly freeBytes: number | null
  /** in English, for the log and support */
  readonly message: string | null
}

/** One sealed copy in the second place. */
export interface SealedCopy {
  readonly path: string
  readonly name: string
  readonly state: 'good' | 'bad'
  readonly bytes: number
  readonly manifest: Manifest | null
}

/** The copies once more in a folder elsewhere, sealed: a share, a stick. */
export class SecondPlace {
  readonly #ctx: CoreContext
  readonly #settings: Settings
  #state: Omit<SecondState, 'folder'> = {
    state: 'off',
    since: null,
    lastCopyAt: null,
    freeBytes: null,
    message: null,
  }
  #copies: readonly SealedCopy[] = []
  #busy = false
  /** asked for while it was at it */
  #again = false

  constructor(ctx: CoreContext, settings: Settings) {
    this.#ctx = ctx
    this.#settings = settings
  }

  state(): SecondState {
    const folder = this.#folder()
    if (folder === null) return { ...this.#state, state: 'off', since: null, folder }
    if (this.#key() === null) return { ...this.#state, state: 'needsPassphrase', folder }
    return { ...this.#state, state: this.#state.state === 'off' ? 'absent' : this.#state.state, folder }
  }

  copies(): readonly SealedCopy[] {
    return this.#copies
  }

  key(): SealingKey | null {
    return this.#key()
  }

  /** Where the copies of this desk lie: several desks may share a folder. */
  path(): string | null {
    const folder = this.#folder()
    return folder === null ? null : this.#ctx.ports.files.join(folder, `sitedesk-${this.#installation()}`)
  }

  /** Takes a folder and a passphrase; null takes the place away, and leaves what lies there. */
  async set(call: Call, folder: string | null, passphrase: string | undefined): Promise<void> {
    const { ports, store } = this.#ctx
    const fresh = passphrase === undefined ? null : await this.#derive(passphrase)
    if (folder !== null && fresh === null && this.#key() === null)
      throw new SitedeskError('INVALID_INPUT', 'A second place needs a passphrase.', {
        issues: [{ path: 'passphrase', message: 'a passphrase is needed' }],
      })
    await store.site.write(() => this.#name())
    if (folder !== null) await this.#prepare(folder)
    const told = await call.commit(() => {
      call.note({
        before: { folder: this.#folder() },
        after: { folder, passphrase: passphrase === undefined ? null : 'set' },
      })
      if (fresh) this.#settings.keepOwnSecret(KEY, textOf(fresh))
      else if (folder === null) this.#settings.keepOwnSecret(KEY, null)
      return this.#folder() === folder ? () => undefined : this.#settings.set('backups.second.folder', folder)
    })
    told()
    this.#copies = []
    this.#state = { state: 'off', since: null, lastCopyAt: null, freeBytes: null, message: null }
    ports.log.info('the second place of backups was set', { on: folder !== null })
  }

  async #prepare(folder: string): Promise<void> {
    const { ports, options } = this.#ctx
    const place = ports.files.join(folder, `sitedesk-${this.#installation()}`)
    const text = `Backups of sitedesk, sealed with a passphrase. Installation ${this.#installation()}.\n`
    const problem = await ports.workers.run('preparePlace', {
      parent: folder,
      folder: place,
      text,
      beside: options.directory,
    })
    if (problem !== null)
      throw new SitedeskError('PLACE_UNUSABLE', `The folder cannot be used: ${problem}`, { folder, problem })
  }

  /** Looks what lies there; never rejects. */
  async look(): Promise<PlaceSeen | null> {
    const place = this.path()
    if (place === null) return null
    const seen = await this.#ctx.ports.workers
      .run('lookAtPlace', { folder: place })
      .catch((error: unknown): PlaceSeen => ({ state: 'absent', message: String(error) }))
    if (seen.state === 'absent') {
      await this.#stands('absent', { message: seen.message, freeBytes: null })
      return seen
    }
    this.#copies = seen.copies
      .flatMap(({ name, bytes, manifest }): SealedCopy[] => {
        if (parseName(name) === null) return []
        const read = manifest === null ? null : parse(new TextEncoder().encode(manifest))
        const good = read !== null && read.bytes === bytes
        const path = this.#ctx.ports.files.join(place, name)
        return [{ path, name, bytes, state: good ? 'good' : 'bad', manifest: good ? read : null }]
      })
      .toSorted((a, b) => (a.name < b.name ? 1 : -1))
    const newest = Math.max(0, ...this.#copies.map(({ manifest }) => manifest?.madeAt ?? 0))
    this.#state = { ...this.#state, freeBytes: seen.freeBytes, lastCopyAt: newest || null }
    return seen
  }

  /** Brings over what the first place has and the rules keep; removes what they do not keep. Never rejects. */
  async mirror(first: () => readonly Copy[]): Promise<void> {
    this.#again = true
    if (this.#busy) return
    this.#busy = true
    try {
      while (this.#again) {
        this.#again = false
        await this.#mirrorOnce(first())
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      await this.#stands(/ENOSPC/.test(message) ? 'full' : 'failing', { message })
    } finally {
      this.#busy = false
      this.#ctx.events.emit({ type: 'changed', area: 'backups' })
    }
  }

  async #mirrorOnce(first: readonly Copy[]): Promise<void> {
    const key = this.#key()
    if (key === null) return
    const seen = await this.look()
    if (seen?.state !== 'ready') return
    const state = await this.#bringOver(key, first, seen.freeBytes)
    await this.look()
    await this.#stands(state, { message: null })
  }

  async #bringOver(key: SealingKey, first: readonly Copy[], freeBytes: number): Promise<PlaceState> {
    const { workers } = this.#ctx.ports
    const place = this.path() ?? ''
    const good = first.filter(({ state, manifest }) => state === 'good' && manifest !== null)
    const there = this.#copies.filter(({ state }) => state === 'good')
    const cutOff = this.#copies.filter(({ state }) => state === 'bad').map(({ path }) => path)
    const spare = new Set(pruned([...good.map(({ path }) => path), ...there.map(({ path }) => path)]))
    await this.#remove([...cutOff, ...there.map(({ path }) => path).filter((path) => spare.has(path))])
    let left = freeBytes
    for (const copy of good) {
      if (spare.has(copy.path) || there.some(({ path }) => sameCopy(path, copy.path))) continue
      if (left < copy.bytes * 1.1) return 'full'
      const name = nameOf(copy.path).replace(/\.db$/, '.sealed')
      const target = this.#ctx.ports.files.join(place, name)
      const sealed = await workers.run('sealFiles', {
        key,
        target,
        files: [{ name: copy.file, path: copy.path }],
        about: this.about(copy.manifest),
      })
      const manifest = { format: 1, ...copy.manifest, ...sealed }
      await workers.run('writeText', { path: `${target}.json`, text: JSON.stringify(manifest) })
      left -= sealed.bytes
    }
    return 'ready'
  }

  async #remove(paths: readonly string[]): Promise<void> {
    const all = paths.flatMap((path) => [`${path}.json`, path])
    if (all.length > 0) await this.#ctx.ports.workers.run('removeFiles', { paths: all })
  }

  /** Goes along under the seal: what another computer needs to open the secrets of the copy. */
  about(manifest: Manifest | null): Record<string, unknown> {
    const key = this.#settings.dataKey()
    return {
      program: 'sitedesk',
      version: this.#ctx.options.version,
      siteName: this.#settings.values().siteName,
      manifest,
      dataKey: key === null ? null : bytesToHex(key),
    }
  }

  async #derive(passphrase: string): Promise<SealingKey> {
    const salt = this.#ctx.ports.random.bytes(SALT_BYTES)
    const kdf = PASSPHRASE_KDF
    return {
      key: await this.#ctx.ports.workers.run('derivePassphrase', { passphrase, salt, kdf }),
      salt,
      kdf,
    }
  }

  async #stands(state: PlaceState, more: Partial<SecondState>): Promise<void> {
    const same = this.#state.state === state
    const since = same ? this.#state.since : await standsSince(this.#ctx, { folder: this.#folder(), state })
    this.#state = { ...this.#state, ...more, state, since }
  }

  #folder(): string | null {
    return this.#settings.values().backups.second.folder ?? null
  }

  #key(): SealingKey | null {
    const text = this.#settings.ownSecret(KEY)
    if (text === null) return null
    const { key, salt, kdf } = JSON.parse(text) as { key: string; salt: string; kdf: SealingKey['kdf'] }
    return { key: hexToBytes(key), salt: hexToBytes(salt), kdf }
  }

  #installation(): string {
    const { site } = this.#ctx.store
    const row = site.get(site.query.selectFrom('meta').select('value').where('key', '=', INSTALLATION))
    return (row?.value ?? 'new').slice(0, 8)
  }

  /** Only inside `site.write`. */
  #name(): void {
    const { store, ports } = this.#ctx
    store.site
      .statement('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING')
      .run(INSTALLATION, ports.random.uuid())
  }
}

const textOf = ({ key, salt, kdf }: SealingKey) =>
  JSON.stringify({ key: bytesToHex(key), salt: bytesToHex(salt), kdf })

const nameOf = (path: string) => path.split(/[\\/]/).at(-1) ?? ''

/** Which of the copies of both places together the rules do not keep. */
function pruned(paths: readonly string[]): string[] {
  const of = (file: string) => paths.filter((path) => parseName(path)?.file === file)
  // the same copy in both places is one copy
  const once = of('site.db').filter((path, i, all) => all.findIndex((other) => sameCopy(path, other)) === i)
  const gone = toPrune(once)
  const history = new Set(of('history.db').map((path) => nameOf(path).replace(/sealed$/, 'db')))
  const oldHistory = new Set(toPruneHistory([...history]))
  return [
    ...of('site.db').filter((path) => gone.some((other) => sameCopy(path, other))),
    ...of('history.db').filter((path) => oldHistory.has(nameOf(path).replace(/sealed$/, 'db'))),
  ]
}
