import type { Clock, Log } from '../ports.ts'
import type { Driver } from './driver.ts'
import { cancelled, chargerError, radioUnavailable, typed } from './errors.ts'
import { createSightings, type Sighting, type Sightings } from './sightings.ts'
import { unless, within } from './timing.ts'

export interface FindOptions {
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** true: answers at its first sound and goes on listening for a moment, in which a second one may be heard */
  readonly hasty?: boolean | undefined
}

/** Listening: only while somebody wants to hear, never two scans at once, and never silently deaf. */
export interface Air {
  readonly sightings: Sightings
  readonly listening: boolean
  /** Listens until the returned function is called. Rejects with RADIO_UNAVAILABLE. */
  hold(): Promise<() => void>
  /** listens for so long from now, longer where that was promised already */
  extend(ms: number): Promise<void>
  /** Hears it, or rejects CHARGER_NOT_FOUND, CHARGER_AMBIGUOUS, RADIO_UNAVAILABLE, CANCELLED. */
  find(name: string, options: FindOptions): Promise<Sighting>
  close(): Promise<void>
}

interface Parts {
  readonly clock: Clock
  readonly log: Log
  readonly driver: Driver
  /** something was heard, or is no longer */
  changed(): void
}

/** What was heard so lately needs no listening. */
const FRESH_MS = 10_000
/** A second device with the same name speaks up within an advertising interval or two (pain 6). */
const SETTLE_MS = 150
/** So long without a sound from anything: the scan is begun again. */
const SILENT_MS = 15_000
/** … and after this it is said, where something had been heard before. */
const STALLED_MS = 30_000
const TICK_MS = 1000

export function createAir(parts: Parts): Air {
  return new Ear(parts)
}

class Ear implements Air {
  readonly sightings = createSightings()
  readonly #parts: Parts
  readonly #waiting = new Set<(name: string) => void>()
  readonly #unfollow: () => void
  #holds = 0
  #until = Number.NEGATIVE_INFINITY
  #stopListening: (() => Promise<void>) | null = null
  #stopTicking: (() => void) | null = null
  /** what the radio is asked, one step after the other */
  #chain: Promise<unknown> = Promise.resolve()
  #closed = false
  #heardEver = false
  #heardAt = 0
  #begunAt = 0

  constructor(parts: Parts) {
    this.#parts = parts
    this.#unfollow = parts.driver.onChange((change) => {
      if (change === 'radio') this.#otherRadio()
      parts.changed()
    })
  }

  get listening(): boolean {
    return this.#stopListening !== null
  }

  async hold(): Promise<() => void> {
    if (this.#closed) throw cancelled()
    this.#holds++
    let released = false
    const release = () => {
      if (released) return
      released = true
      this.#holds--
      if (!this.#wanted) this.#inBackground()
    }
    try {
      await this.#align()
      return release
    } catch (error) {
      release()
      throw typed(error, 'scan')
    }
  }

  async extend(ms: number): Promise<void> {
    this.#until = Math.max(this.#until, this.#now + ms)
    try {
      await this.#align()
    } catch (error) {
      throw typed(error, 'scan')
    }
  }

  async find(name: string, options: FindOptions): Promise<Sighting> {
    if (options.signal?.aborted) throw cancelled()
    const known = this.sightings.of(name, this.#now)
    const fresh = known && this.#now - known.heardAt <= FRESH_MS
    const sighting = fresh ? known : await this.#listenFor(name, options)
    if (sighting.ambiguous) throw ambiguous(name)
    return sighting
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#unfollow()
    await this.#align().catch(() => undefined)
  }

  get #now(): number {
    return this.#parts.clock.monotonic()
  }

  get #wanted(): boolean {
    return !this.#closed && (this.#holds > 0 || this.#now < this.#until)
  }

  /** Brings what the radio does in line with what is wanted. */
  #align(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#wanted && !this.#stopListening) await this.#listen()
      else if (!this.#wanted && this.#stopListening) await this.#quiet()
    })
  }

  async #inTurn(step: () => Promise<void>): Promise<void> {
    const before = this.#chain
    const mine = (async () => {
      await before
      await step()
    })()
    this.#chain = mine.catch(() => undefined)
    await mine
  }

  #inBackground(): void {
    const { log } = this.#parts
    this.#align().catch((error: unknown) => log.warn('the radio does not listen', { error: String(error) }))
  }

  async #listen(): Promise<void> {
    const { clock, driver, changed } = this.#parts
    const radio = await driver.ready()
    this.#stopListening = await radio.listen((heard) => {
      this.#heardEver = true
      this.#heardAt = this.#now
      driver.stalled(false)
      const name = this.sightings.hear(heard, this.#now)
      changed()
      if (name !== null) for (const wake of this.#waiting) wake(name)
    })
    this.#begunAt = this.#now
    this.#stopTicking ??= clock.every(TICK_MS, () => this.#tick())
  }

  async #quiet(): Promise<void> {
    const stop = this.#stopListening
    this.#stopListening = null
    this.#stopTicking?.()
    this.#stopTicking = null
    await stop?.()
    this.#parts.driver.stalled(false)
    this.#parts.changed()
  }

  #tick(): void {
    if (!this.#wanted) return this.#inBackground()
    const now = this.#now
    if (this.#heardEver && now - this.#heardAt >= STALLED_MS) this.#parts.driver.stalled(true)
    if (this.#stopListening && now - Math.max(this.#heardAt, this.#begunAt) >= SILENT_MS) this.#restart()
  }

  /** Nothing at all is heard: the scan may have died without a word (features §6.4). */
  #restart(): void {
    const { log } = this.#parts
    log.warn('nothing is heard; the scan is begun again')
    this.#begunAt = this.#now
    const stopped = this.#inTurn(async () => {
      const stop = this.#stopListening
      this.#stopListening = null
      await stop?.()
    })
    stopped.catch((error: unknown) => log.warn('the scan did not stop', { error: String(error) }))
    this.#inBackground()
  }

  #otherRadio(): void {
    this.sightings.clear()
    this.#stopListening = null
    this.#heardEver = false
    if (this.#wanted) this.#inBackground()
  }

  async #listenFor(name: string, { timeoutMs, signal, hasty = false }: FindOptions): Promise<Sighting> {
    const { clock } = this.#parts
    const release = await this.hold()
    const { heard, end } = this.#next(name)
    const late = () => notHeard(name, timeoutMs)
    const settle = () => clock.sleep(SETTLE_MS, signal).catch(() => Promise.reject(cancelled()))
    let after: () => unknown = release
    try {
      await within(clock, timeoutMs, signal ? unless(signal, heard, cancelled) : heard, late)
      if (hasty) after = () => settle().then(release, release)
      else if (!this.sightings.of(name, this.#now)?.ambiguous) await settle()
      const sighting = this.sightings.of(name, this.#now)
      if (!sighting) throw late()
      return sighting
    } finally {
      end()
      after()
    }
  }

  /** Resolves at the next advertisement of this charger; rejects when the radio goes. */
  #next(name: string) {
    const { driver } = this.#parts
    let end = () => undefined as void
    const heard = new Promise<void>((resolve, reject) => {
      const wake = (who: string) => {
        if (who === name) resolve()
      }
      this.#waiting.add(wake)
      const unfollow = driver.onChange(() => {
        const health = driver.health()
        if (health.state !== 'ready') reject(radioUnavailable(health))
      })
      end = () => {
        this.#waiting.delete(wake)
        unfollow()
      }
    })
    return { heard, end: () => end() }
  }
}

const notHeard = (name: string, ms: number) =>
  chargerError('CHARGER_NOT_FOUND', 'notHeard', `${name} was not heard within ${Math.round(ms / 1000)} s.`, {
    name,
    seconds: Math.round(ms / 1000),
  })

export const ambiguous = (name: string) =>
  chargerError(
    'CHARGER_AMBIGUOUS',
    'ambiguous',
    `Two chargers say they are ${name}; neither is spoken to. Switch one of them off.`,
    { name },
  )
