import {
  RadioFailure,
  type Advertisement,
  type ConnectOptions,
  type Radio,
  type RadioHealth,
  type RadioLink,
} from '#core/chargers/radio.ts'
import { HealthBoard } from './health.ts'
import { unavailable, wordsOf } from './reasons.ts'

interface Wanted {
  readonly listener: (heard: Advertisement) => void
  stop: (() => Promise<void>) | null
}

/** A radio whose code is loaded when it is first used, and asked for again when that failed. */
export class LazyRadio implements Radio {
  readonly #load: () => Promise<Radio>
  readonly #board = new HealthBoard()
  /** wait for a radio that could not be loaded yet */
  readonly #waiting = new Set<Wanted>()
  #radio: Radio | null = null
  #loading: Promise<Radio | null> | null = null
  #closed = false

  constructor(load: () => Promise<Radio>) {
    this.#load = load
  }

  health(): RadioHealth {
    return this.#board.now
  }

  onHealth(listener: (health: RadioHealth) => void): () => void {
    return this.#board.on(listener)
  }

  async start(): Promise<RadioHealth> {
    const radio = await this.#loaded()
    if (radio) this.#board.set(await radio.start())
    return this.#board.now
  }

  async listen(listener: (heard: Advertisement) => void): Promise<() => Promise<void>> {
    const wanted: Wanted = { listener, stop: null }
    this.#waiting.add(wanted)
    const radio = await this.#loaded()
    if (radio) await this.#attach(radio)
    return async () => {
      this.#waiting.delete(wanted)
      await wanted.stop?.()
    }
  }

  async connect(radioId: string, options: ConnectOptions): Promise<RadioLink> {
    const radio = await this.#loaded()
    if (!radio) throw new RadioFailure('unavailable', this.#board.now.detail ?? 'no radio')
    return radio.connect(radioId, options)
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#loading
    await this.#radio?.close()
    this.#board.set(unavailable('failed', 'closed'))
  }

  #loaded(): Promise<Radio | null> {
    if (this.#radio || this.#closed) return Promise.resolve(this.#radio)
    this.#loading ??= this.#begin().finally(() => (this.#loading = null))
    return this.#loading
  }

  async #begin(): Promise<Radio | null> {
    try {
      const radio = await this.#load()
      radio.onHealth((health) => this.#board.set(health))
      this.#board.set(radio.health())
      this.#radio = radio
      await this.#attach(radio)
      return radio
    } catch (error) {
      this.#board.set(unavailable('failed', wordsOf(error)))
      return null
    }
  }

  async #attach(radio: Radio): Promise<void> {
    const wanted = [...this.#waiting]
    this.#waiting.clear()
    for (const one of wanted) one.stop = await radio.listen(one.listener)
  }
}
