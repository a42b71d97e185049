import { RadioFailure, type GattLayout, type RadioLink } from '#core/chargers/radio.ts'
import type { Clock } from '#core/ports.ts'
import type { RadioLimits } from './limits.ts'
import type { Characteristic, Peripheral } from './noble-types.ts'
import type { Found } from './set-up.ts'
import { failureOf, heardWithin, step } from './step.ts'

/** Attribute payload of a link where nothing is known (B-09). */
const LEAST_BYTES = 20
/** ATT header of a write. */
const HEADER_BYTES = 3
/** What noble asks for; what a module answers beyond it does not count (Core, volume 3, part F, §3.4.2.2). */
const ASKED_MTU = 256

/** Connection failed to be established: the central had "connected" to something that never answered. */
const NEVER_ESTABLISHED = 0x3e

/** The life of one link, from the moment it is open: ends once, for everybody who waits on it. */
export class LinkLife {
  readonly #ended = new AbortController()

  /** aborted with the RadioFailure */
  get ended(): AbortSignal {
    return this.#ended.signal
  }

  get failure(): RadioFailure | null {
    return this.#ended.signal.aborted ? failureOf(this.#ended.signal) : null
  }

  end(failure: RadioFailure): void {
    if (!this.#ended.signal.aborted) this.#ended.abort(failure)
  }

  /** noble settles nothing that was under way when a link drops (ble.md §5.5). */
  watch(peripheral: Peripheral): void {
    peripheral.on('disconnect', (reason: unknown) => {
      const code = typeof reason === 'number' ? ` (0x${reason.toString(16)})` : ''
      const kind = reason === NEVER_ESTABLISHED ? 'refused' : 'lost'
      this.end(new RadioFailure(kind, `the link ended${code}`))
    })
  }
}

export interface LinkParts {
  readonly peripheral: Peripheral
  readonly found: Found
  readonly life: LinkLife
  readonly clock: Clock
  readonly limits: RadioLimits
}

export class NobleLink implements RadioLink {
  readonly layout: GattLayout
  readonly #parts: LinkParts
  readonly #withoutResponse: boolean
  readonly #lost = new Set<(failure: RadioFailure) => void>()
  #last: Promise<void> = Promise.resolve()
  #broken: RadioFailure | null = null
  #closing: Promise<void> | null = null

  constructor(parts: LinkParts) {
    this.#parts = parts
    this.layout = parts.found.layout
    // ble.md §5.4, 9: the answer to a write is the only sign that the module took it
    this.#withoutResponse = !parts.found.write.properties.includes('write')
    parts.life.ended.addEventListener('abort', () => this.#tellLost(), { once: true })
  }

  get chunkBytes(): number {
    const { mtu } = this.#parts.peripheral
    return mtu === null ? LEAST_BYTES : Math.max(LEAST_BYTES, Math.min(mtu, ASKED_MTU) - HEADER_BYTES)
  }

  get lost(): RadioFailure | null {
    return this.#parts.life.failure
  }

  write(chunk: Uint8Array, timeoutMs: number): Promise<void> {
    // noble splits nothing: too long a piece leaves as one oversize packet, or as a long write (ble.md §5.9)
    if (chunk.length > this.chunkBytes)
      return Promise.reject(
        new RadioFailure('writeFailed', `${chunk.length} bytes at once; ${this.chunkBytes} fit`),
      )
    const turn = () => this.#write(Buffer.from(chunk), timeoutMs)
    const written = this.#last.then(turn)
    this.#last = written.catch(() => undefined)
    return written
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    const { notify } = this.#parts.found
    const heard = (data: Uint8Array) => listener(new Uint8Array(data))
    notify.on('data', heard)
    return () => void notify.removeListener('data', heard)
  }

  onLost(listener: (failure: RadioFailure) => void): () => void {
    const { lost } = this
    if (lost) listener(lost)
    else this.#lost.add(listener)
    return () => void this.#lost.delete(listener)
  }

  close(): Promise<void> {
    // who closes knows: the listeners hear only of what nobody asked for
    this.#lost.clear()
    return (this.#closing ??= closePeripheral(this.#parts))
  }

  async #write(data: Buffer, ms: number): Promise<void> {
    if (this.#broken) throw this.#broken
    const { found, clock, life } = this.#parts
    const way: Characteristic = found.write
    const act = () => way.write(data, this.#withoutResponse)
    try {
      await step({ on: way, event: 'write', act, clock, ms, failure: 'writeTimeout', ended: life.ended })
    } catch (error) {
      // noble never gets over an unanswered request, and its late answer would pass for the next one's
      if (error instanceof RadioFailure) this.#broken = error
      throw error
    }
  }

  #tellLost(): void {
    const { lost } = this
    if (!lost) return
    const listeners = [...this.#lost]
    this.#lost.clear()
    for (const listener of listeners) listener(lost)
  }
}

/** Bounded: disconnect() after a drop never answers, and may even hit another link (ble.md §5.5). */
export async function closePeripheral(parts: Omit<LinkParts, 'found'>): Promise<void> {
  const { peripheral, life, clock, limits } = parts
  if (life.failure) return
  const act = () => peripheral.disconnect()
  const wait = { on: peripheral, event: 'disconnect', clock, ms: limits.closeMs, ended: life.ended }
  await heardWithin({ ...wait, act })
  life.end(new RadioFailure('cancelled', 'closed'))
}
