import { createServer } from 'node:net'
import type { LanStatus } from '#shared/contract/lan.ts'
import { SECOND } from '#shared/time.ts'
import type { Clock, Log } from '#core/ports.ts'
import type { LanServer, ServerParts } from '../server.ts'
import { ownAddresses, reachable, type OwnAddresses } from './cards.ts'

/** Where the service stands; `problem` only with `failed`. */
export type Standing = Pick<LanStatus, 'state' | 'url' | 'problem' | 'otherPort'>

const OFF: Standing = { state: 'off', url: null, problem: null, otherPort: null }

/** So often it is looked whether a port became free, and whether an address came or went. */
const LOOK_EVERY = 15 * SECOND

export interface ListenerOptions {
  readonly wanted: () => Wanted
  readonly changed: () => void
  readonly log: Log
  readonly clock: Pick<Clock, 'every'>
  readonly addresses?: OwnAddresses
}

export interface Wanted {
  readonly enabled: boolean
  readonly host: string
  readonly port: number
}

/** One listener that follows what is wanted: one change after the other, each to what is wanted by then. */
export class Listener {
  readonly #parts: ServerParts
  readonly #wanted: () => Wanted
  readonly #changed: () => void
  readonly #log: Log
  readonly #clock: Pick<Clock, 'every'>
  readonly #addresses: OwnAddresses
  #standing = OFF
  #server: LanServer | null = null
  #at = ''
  #settled: Promise<void> = Promise.resolve()
  #closed = false
  /** the address was one of this computer's when it began to listen */
  #hadAddress = false
  /** where it failed the last time: the same again is no news */
  #failedAt = ''
  #stopLooking: (() => void) | null = null

  constructor(parts: ServerParts, options: ListenerOptions) {
    this.#parts = parts
    this.#wanted = options.wanted
    this.#changed = options.changed
    this.#log = options.log
    this.#clock = options.clock
    this.#addresses = options.addresses ?? ownAddresses
  }

  get standing(): Standing {
    return this.#standing
  }

  /** Resolves when what was begun is done. */
  get settled(): Promise<void> {
    return this.#settled
  }

  /** Resolves when it listens as wanted by now, failed, or is off. Never rejects. */
  settle(): Promise<void> {
    const before = this.#settled
    const next = (async () => {
      await before
      await this.#follow()
    })()
    this.#settled = next
    return next
  }

  close(): Promise<void> {
    this.#closed = true
    return this.settle()
  }

  async #follow(): Promise<void> {
    const { enabled, host, port } = this.#wanted()
    if (this.#closed || !enabled) {
      this.#failedAt = ''
      this.#look(false)
      await this.#shut()
      if (this.#standing.state !== 'off') this.#becomes(OFF)
      return
    }
    if (this.#at !== `${host} ${port}` || (this.#hadAddress && !this.#addresses.has(host))) {
      await this.#shut()
      await this.#open(host, port)
    }
    this.#look(this.#standing.state === 'failed' || this.#hadAddress)
  }

  async #open(host: string, port: number): Promise<void> {
    const at = `${host} ${port}`
    if (this.#failedAt !== at) this.#becomes({ ...OFF, state: 'starting' })
    try {
      // loaded only when it is asked for, so that no window waits for it
      const { startLanServer } = await import('../server.ts')
      this.#server = await startLanServer(this.#parts, { host, port })
      this.#at = at
      this.#failedAt = ''
      this.#hadAddress = this.#addresses.mayGo(host) && this.#addresses.has(host)
      this.#becomes({ ...OFF, state: 'on', url: reachable(host, this.#server.port) })
    } catch (error) {
      const standing = await failure(error, host, port)
      if (this.#failedAt === at && standing.problem?.code === this.#standing.problem?.code) return
      this.#failedAt = at
      this.#becomes(standing)
      this.#log.error('the LAN service did not start', { host, port, error: String(error) })
    }
  }

  /** Looks again now and then, or no more. */
  #look(again: boolean): void {
    if (!again) this.#stopLooking?.()
    this.#stopLooking = again
      ? (this.#stopLooking ?? this.#clock.every(LOOK_EVERY, () => void this.settle()))
      : null
  }

  async #shut(): Promise<void> {
    const running = this.#server
    this.#server = null
    this.#at = ''
    this.#hadAddress = false
    await running?.close()
  }

  #becomes(standing: Standing): void {
    this.#standing = standing
    this.#changed()
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'portInUse',
  EACCES: 'portRefused',
  EADDRNOTAVAIL: 'noSuchAddress',
  ENOTFOUND: 'noSuchAddress',
}

/** A port that is taken is told with another that is free. */
async function failure(error: unknown, host: string, port: number): Promise<Standing> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const problem = { code: PROBLEMS[code] ?? 'failed', data: { host, port } }
  const otherPort = problem.code === 'portInUse' ? await freePort(host) : null
  return { state: 'failed', url: null, problem, otherPort }
}

const freePort = (host: string) =>
  new Promise<number | null>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(null))
    probe.listen({ host, port: 0 }, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null))
    })
  })
