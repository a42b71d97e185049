import type { Log } from '../ports.ts'
import type { Settings } from '../settings/index.ts'
import { radioUnavailable } from './errors.ts'
import type { OpenRadio, Radio, RadioHealth } from './radio.ts'

const ASLEEP: RadioHealth = { state: 'unknown', reason: null, detail: null }

/** The one radio in use: opened when first needed, exchanged when the setting names another. */
export interface Driver {
  adapter(): string
  /** never opens anything */
  health(): RadioHealth
  /** Rejects with RADIO_UNAVAILABLE; a radio that failed before is tried again. */
  ready(): Promise<Radio>
  /** opens and asks; a radio that failed before is asked again */
  start(): Promise<RadioHealth>
  /** health changed, or another radio is in use: links are gone then */
  onChange(listener: (change: 'health' | 'radio') => void): () => void
  /** what the watchdog of the scan says beside the driver */
  stalled(yes: boolean): void
  close(): Promise<void>
}

interface Parts {
  readonly log: Log
  readonly openRadio: OpenRadio
  readonly settings: Pick<Settings, 'values' | 'onChange'>
}

export function createDriver(parts: Parts): Driver {
  return new RadioInUse(parts)
}

type Listener = Parameters<Driver['onChange']>[0]

class RadioInUse implements Driver {
  readonly #parts: Parts
  readonly #listeners = new Set<Listener>()
  readonly #unfollow: () => void
  #open: { readonly radio: Radio; readonly adapter: string; readonly unlisten: () => void } | null = null
  #stalled = false
  #closed = false
  /** a radio that is going: the next one waits, since both may need the same adapter */
  #closing: Promise<void> = Promise.resolve()

  constructor(parts: Parts) {
    this.#parts = parts
    this.#unfollow = parts.settings.onChange(() => {
      if (this.#open && this.#open.adapter !== this.adapter()) this.#shut()
    })
  }

  adapter(): string {
    return this.#parts.settings.values().bluetooth.adapter
  }

  health(): RadioHealth {
    if (!this.#open) return ASLEEP
    const own = this.#open.radio.health()
    return this.#stalled && own.state === 'ready' ? { ...own, reason: 'scanStalled' } : own
  }

  async start(): Promise<RadioHealth> {
    const radio = await this.#current()
    if (!radio) return ASLEEP
    if (radio.health().state === 'ready') return this.health()
    await radio.start()
    this.#tell('health')
    return this.health()
  }

  async ready(): Promise<Radio> {
    const found = await this.start()
    const radio = this.#open?.radio
    if (!radio || radio.health().state !== 'ready') throw radioUnavailable(found)
    return radio
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  stalled(yes: boolean): void {
    if (this.#stalled === yes) return
    this.#stalled = yes
    this.#tell('health')
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#unfollow()
    this.#shut()
    await this.#closing
  }

  async #current(): Promise<Radio | null> {
    await this.#closing
    if (this.#closed) return null
    if (!this.#open) {
      const adapter = this.adapter()
      const radio = this.#parts.openRadio(adapter)
      this.#open = { radio, adapter, unlisten: radio.onHealth(() => this.#tell('health')) }
      this.#parts.log.info('the radio is opened', { adapter })
    }
    return this.#open.radio
  }

  #shut(): void {
    if (!this.#open) return
    const { radio, unlisten } = this.#open
    this.#open = null
    this.#stalled = false
    unlisten()
    this.#closing = this.#end(this.#closing, radio)
    this.#tell('radio')
  }

  async #end(before: Promise<void>, radio: Radio): Promise<void> {
    await before
    try {
      await radio.close()
    } catch (error) {
      this.#parts.log.warn('a radio did not close', { error: String(error) })
    }
  }

  #tell(change: 'health' | 'radio'): void {
    for (const listener of this.#listeners) listener(change)
  }
}
