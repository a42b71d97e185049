import { RadioFailure } from '#core/chargers/radio.ts'
import type { Advertisement, ConnectOptions, Radio, RadioHealth, RadioLink } from '#core/chargers/radio.ts'
import { DemoCharger, type AirDevice } from './device.ts'
import { DemoLink, type AirTools } from './link.ts'

/** What a radio may ask of the air around it. */
export interface Surroundings extends AirTools {
  /** devices in the order they appeared; their index is their address */
  devices(): readonly AirDevice[]
  adapterOn(): boolean
}

const UNKNOWN: RadioHealth = { state: 'unknown', reason: null, detail: null }
const READY: RadioHealth = { state: 'ready', reason: null, detail: null }
const OFF: RadioHealth = { state: 'off', reason: 'switchedOff', detail: 'the simulated adapter is off' }
const CLOSED: RadioHealth = { state: 'unavailable', reason: 'failed', detail: 'the radio was closed' }

/** One advertisement in so many comes without its name: only the first half was heard (B-34). */
const HALF_HEARD = 8
/** dBm up and down */
const FADING = 5
/** how often a connection attempt looks for a device that is not there */
const LOOK_MS = 100

/** An adapter amid simulated chargers. */
export class DemoRadio implements Radio {
  readonly #air: Surroundings
  readonly #listeners = new Set<(heard: Advertisement) => void>()
  readonly #healthListeners = new Set<(health: RadioHealth) => void>()
  readonly #links = new Set<DemoLink>()
  readonly #closing = new AbortController()
  /** addresses are made up anew by each radio: a hint, never an identity */
  readonly #prefix: string
  #health = UNKNOWN
  #stopTicking: (() => void) | null = null
  #connecting: Promise<unknown> = Promise.resolve()

  constructor(air: Surroundings) {
    this.#air = air
    this.#prefix = Math.floor(air.dice.draw() * 0xff_ff_ff)
      .toString(16)
      .padStart(6, '0')
  }

  health(): RadioHealth {
    return this.#health
  }

  onHealth(listener: (health: RadioHealth) => void): () => void {
    this.#healthListeners.add(listener)
    return () => void this.#healthListeners.delete(listener)
  }

  async start(): Promise<RadioHealth> {
    const { clock, dice, timing } = this.#air
    await clock.sleep(dice.within(timing.startMs))
    this.adapterChanged(true)
    return this.#health
  }

  async listen(listener: (heard: Advertisement) => void): Promise<() => Promise<void>> {
    if (this.#health === UNKNOWN) await this.start()
    if (this.#closing.signal.aborted) throw new RadioFailure('unavailable', 'the radio was closed')
    const own = (heard: Advertisement) => listener(heard)
    this.#listeners.add(own)
    this.#stopTicking ??= this.#air.clock.every(this.#air.timing.tickMs, () => this.#tick())
    return () => {
      this.#listeners.delete(own)
      this.#rest()
      return Promise.resolve()
    }
  }

  connect(radioId: string, options: ConnectOptions): Promise<RadioLink> {
    const signal = options.signal
      ? AbortSignal.any([options.signal, this.#closing.signal])
      : this.#closing.signal
    const connected = this.#connecting.then(() => this.#connectNow(radioId, options, signal))
    this.#connecting = connected.catch(() => {})
    return connected
  }

  async close(): Promise<void> {
    this.#closing.abort(new RadioFailure('cancelled', 'the radio was closed'))
    this.#listeners.clear()
    this.#rest()
    await Promise.all([...this.#links].map((link) => link.close()))
    this.#setHealth(CLOSED)
  }

  /** The adapter was switched; or `asked` how it is. Without an adapter all links are lost (ble.md §5.7). */
  adapterChanged(asked = false): void {
    if (this.#closing.signal.aborted || (!asked && this.#health === UNKNOWN)) return
    const on = this.#air.adapterOn()
    this.#setHealth(on ? READY : OFF)
    if (!on) for (const link of this.#links) link.lose('the adapter was switched off')
  }

  #setHealth(health: RadioHealth): void {
    if (this.#health === health) return
    this.#health = health
    for (const listener of this.#healthListeners) listener(health)
  }

  #rest(): void {
    if (this.#listeners.size > 0) return
    this.#stopTicking?.()
    this.#stopTicking = null
  }

  #tick(): void {
    if (this.#health !== READY) return
    const { devices, timing } = this.#air
    for (const [index, device] of devices().entries()) {
      if (!device.audible) continue
      if (this.#air.dice.draw() * timing.advertiseMs * device.rarity < timing.tickMs)
        this.#hand(index, device)
    }
  }

  #hand(index: number, device: AirDevice): void {
    const { dice, clock } = this.#air
    const heard = {
      radioId: `${this.#prefix}-${index}`,
      name: dice.draw() * HALF_HEARD < 1 ? null : device.name,
      rssi: Math.round(device.rssi + (dice.draw() - 0.5) * FADING),
      at: clock.now(),
    }
    for (const listener of this.#listeners) listener(heard)
  }

  async #connectNow(radioId: string, options: ConnectOptions, signal: AbortSignal): Promise<RadioLink> {
    this.#mayGoOn(signal)
    const device = this.#deviceOf(radioId)
    if (device === undefined) throw new RadioFailure('vanished', `${radioId} was never heard`)
    await this.#reach(device, options.connectTimeoutMs, signal)
    if (!(device instanceof DemoCharger)) throw new RadioFailure('noService', 'nothing to write to')
    if (device.strikes('refusesConnection'))
      throw new RadioFailure('refused', 'the device refused the connection')
    const link = new DemoLink(device, this.#air)
    this.#links.add(link)
    try {
      await this.#discover(link, device, options.discoveryTimeoutMs, signal)
    } catch (error) {
      await link.close()
      this.#links.delete(link)
      throw error
    }
    link.signal.addEventListener('abort', () => this.#links.delete(link))
    return link
  }

  #mayGoOn(signal: AbortSignal): void {
    if (signal.aborted) throw new RadioFailure('cancelled', 'the attempt was cancelled')
    if (this.#health !== READY) throw new RadioFailure('unavailable', 'there is no adapter to connect with')
  }

  #deviceOf(radioId: string): AirDevice | undefined {
    const [prefix, index] = radioId.split('-')
    return prefix === this.#prefix ? this.#air.devices()[Number(index)] : undefined
  }

  /** Until the device advertises, or the time is over; the attempt itself takes its time as well. */
  async #reach(device: AirDevice, timeoutMs: number, signal: AbortSignal): Promise<void> {
    const { clock, dice, timing } = this.#air
    const end = clock.monotonic() + timeoutMs
    let ready = clock.monotonic() + dice.within(timing.connectMs) * device.rarity
    while (!device.audible || clock.monotonic() < ready) {
      const left = end - clock.monotonic()
      if (left <= 0) throw new RadioFailure('connectTimeout', `no connection within ${timeoutMs} ms`)
      const next = device.audible ? ready - clock.monotonic() : LOOK_MS
      await this.#pause(Math.min(left, next), signal)
      if (!device.audible) ready = clock.monotonic() + dice.within(timing.connectMs)
    }
  }

  async #discover(
    link: DemoLink,
    device: DemoCharger,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { dice, timing } = this.#air
    const takes = dice.within(timing.discoverMs)
    await this.#pause(Math.min(takes, timeoutMs), AbortSignal.any([signal, link.signal]), link)
    if (takes > timeoutMs) throw new RadioFailure('discoveryTimeout', `no services within ${timeoutMs} ms`)
    if (device.strikes('noService')) throw new RadioFailure('noService', 'no service to write to and to hear')
  }

  /** A cancelled pause still takes the time in which the adapter confirms it. */
  async #pause(ms: number, signal: AbortSignal, link?: DemoLink): Promise<void> {
    const { clock, dice, timing } = this.#air
    try {
      await clock.sleep(ms, signal)
    } catch (error) {
      if (!signal.aborted) throw error
      if (link?.lost) throw link.lost
      await clock.sleep(dice.within(timing.closeMs))
      throw new RadioFailure('cancelled', 'the attempt was cancelled')
    }
    this.#mayGoOn(signal)
  }
}
