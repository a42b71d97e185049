import { RadioFailure, type GattLayout, type RadioLink } from '#core/chargers/radio.ts'
import type { Clock } from '#core/ports.ts'
import type { DemoCharger } from './device.ts'
import type { AirTiming, Dice } from './timing.ts'

export interface AirTools {
  readonly clock: Clock
  readonly timing: AirTiming
  readonly dice: Dice
}

type Listener<T> = (value: T) => void

/** One connection to a simulated charger. */
export class DemoLink implements RadioLink {
  readonly layout: GattLayout
  readonly chunkBytes: number
  lost: RadioFailure | null = null
  readonly #charger: DemoCharger
  readonly #tools: AirTools
  readonly #bytes = new Set<Listener<Uint8Array>>()
  readonly #losses = new Set<Listener<RadioFailure>>()
  /** aborted with the failure when the link ends */
  readonly #end = new AbortController()
  #writing: Promise<unknown> = Promise.resolve()
  #notifying: Promise<unknown> = Promise.resolve()
  #silent = false

  constructor(charger: DemoCharger, tools: AirTools) {
    this.#charger = charger
    this.#tools = tools
    this.layout = charger.layout
    this.chunkBytes = charger.chunkBytes
    charger.link = this
  }

  /** for what waits as long as the link lives */
  get signal(): AbortSignal {
    return this.#end.signal
  }

  write(chunk: Uint8Array, timeoutMs: number): Promise<void> {
    if (chunk.length > this.chunkBytes)
      return Promise.reject(new RadioFailure('writeFailed', `a write takes ${this.chunkBytes} bytes at most`))
    const bytes = chunk.slice()
    const written = this.#writing.then(() => this.#writeNow(bytes, timeoutMs))
    this.#writing = written.catch(() => {})
    return written
  }

  onBytes(listener: Listener<Uint8Array>): () => void {
    this.#bytes.add(listener)
    return () => void this.#bytes.delete(listener)
  }

  onLost(listener: Listener<RadioFailure>): () => void {
    if (this.lost) listener(this.lost)
    else this.#losses.add(listener)
    return () => void this.#losses.delete(listener)
  }

  async close(): Promise<void> {
    if (this.lost) return
    this.#finish(new RadioFailure('cancelled', 'the connection was closed'))
    await this.#tools.clock.sleep(this.#tools.dice.within(this.#tools.timing.closeMs))
  }

  /** Bytes of the charger, in notifications that follow each other at the connection's pace. */
  notify(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += this.chunkBytes)
      this.#enqueue(bytes.slice(from, from + this.chunkBytes))
  }

  /** The other side hangs up; what it sent before still arrives. */
  dropAfterNotifications(why: string): void {
    this.#notifying = this.#notifying.then(() => this.lose(why))
  }

  /** Nothing comes or goes any more; noticed when the supervision time is over. */
  fallSilent(): void {
    if (this.#silent || this.lost) return
    this.#silent = true
    void this.#loseByAndBy()
  }

  lose(why: string): void {
    if (this.lost) return
    const failure = new RadioFailure('lost', why)
    this.#finish(failure)
    for (const listener of this.#losses) listener(failure)
    this.#losses.clear()
  }

  #finish(failure: RadioFailure): void {
    this.lost = failure
    if (this.#charger.link === this) this.#charger.link = null
    this.#end.abort(failure)
    this.#bytes.clear()
  }

  #enqueue(piece: Uint8Array): void {
    this.#notifying = this.#notifying.then(() => this.#deliver(piece))
  }

  async #deliver(piece: Uint8Array): Promise<void> {
    const { clock, timing } = this.#tools
    const alive = timing.notifyMs === 0 || (await slept(clock, timing.notifyMs, this.signal))
    if (!alive || this.#silent || this.lost) return
    for (const listener of this.#bytes) listener(piece)
  }

  async #writeNow(bytes: Uint8Array, timeoutMs: number): Promise<void> {
    if (this.lost) throw this.lost
    const { clock, timing, dice } = this.#tools
    const takes = dice.within(timing.writeMs)
    // a peer that fell silent acknowledges nothing: either limit ends the wait
    const wait = this.#silent ? timing.supervisionMs : takes
    if (wait > 0) await clock.sleep(Math.min(wait, timeoutMs), this.signal)
    if (this.lost) throw this.lost
    if (wait > timeoutMs || this.#silent)
      throw new RadioFailure('writeTimeout', `no confirmation within ${timeoutMs} ms`)
    this.#charger.receive(bytes)
  }

  async #loseByAndBy(): Promise<void> {
    const { clock, timing } = this.#tools
    if (await slept(clock, timing.supervisionMs, this.signal)) this.lose('nothing was heard any more')
  }
}

/** false: aborted before the time was over */
async function slept(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(ms, signal)
    return true
  } catch (error) {
    if (signal.aborted) return false
    throw error
  }
}
