import type { Advertisement } from '#core/chargers/radio.ts'
import type { Clock, Log } from '#core/ports.ts'
import type { Noble, Peripheral } from './noble-types.ts'
import { wordsOf } from './reasons.ts'

/** Another program on the adapter may end a scan; soon after our own orders, the event is about those. */
const OWN_MS = 500

export interface ScannerOptions {
  readonly clock: Clock
  readonly log: Log
}

/**
 * Keeps a scan going while somebody listens and the adapter can: also after it was off, and after others ended it.
 * Paused during a connection attempt, for many adapters refuse to do both at once (0x0c).
 */
export class Scanner {
  readonly #options: ScannerOptions
  readonly #listeners = new Set<(heard: Advertisement) => void>()
  #noble: Noble | null = null
  #scanning = false
  #pauses = 0
  #orderedAt = 0

  constructor(options: ScannerOptions) {
    this.#options = options
  }

  /** A driver that is powered on, or none. */
  use(noble: Noble | null): void {
    if (this.#noble === noble) return
    this.#noble?.removeListener('scanStop', this.#ended)
    noble?.on('scanStop', this.#ended)
    this.#noble = noble
    this.#scanning = false
    this.#sync()
  }

  add(listener: (heard: Advertisement) => void): () => void {
    // one entry a caller, even when two pass the same function
    const own = (heard: Advertisement) => listener(heard)
    this.#listeners.add(own)
    this.#sync()
    return () => {
      this.#listeners.delete(own)
      this.#sync()
    }
  }

  async paused<T>(work: () => Promise<T>): Promise<T> {
    this.#pauses += 1
    this.#sync()
    try {
      return await work()
    } finally {
      this.#pauses -= 1
      this.#sync()
    }
  }

  /** ble.md §5.10: the name may come with a later event, and there may be no address at all. */
  heard({ id, advertisement, rssi }: Peripheral): void {
    const { clock } = this.#options
    const name = advertisement.localName?.replaceAll('\0', '').trim()
    const heard = { radioId: id, name: name ? name : null, rssi, at: clock.now() }
    for (const listener of this.#listeners) listener(heard)
  }

  close(): void {
    this.#listeners.clear()
    this.#sync()
    this.use(null)
  }

  readonly #ended = () => {
    const { clock } = this.#options
    if (!this.#scanning || clock.monotonic() - this.#orderedAt < OWN_MS) return
    this.#scanning = false
    this.#sync()
  }

  #sync(): void {
    const wanted = this.#noble !== null && this.#listeners.size > 0 && this.#pauses === 0
    if (wanted !== this.#scanning) this.#order(wanted)
  }

  #order(on: boolean): void {
    const { clock, log } = this.#options
    this.#scanning = on
    this.#orderedAt = clock.monotonic()
    try {
      // ble.md §5.10: with duplicates, or each device is heard once only
      if (on) this.#noble?.startScanning([], true)
      else this.#noble?.stopScanning()
    } catch (error) {
      this.#scanning = false
      log.warn('radio: the scan could not be switched', { on, detail: wordsOf(error) })
    }
  }
}
