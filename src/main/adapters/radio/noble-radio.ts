import {
  RadioFailure,
  type Advertisement,
  type ConnectOptions,
  type Radio,
  type RadioHealth,
  type RadioLink,
} from '#core/chargers/radio.ts'
import type { Clock, Log } from '#core/ports.ts'
import { openLink } from './attempt.ts'
import { DriverFailure, type Driver, type OpenDriver } from './driver.ts'
import { createGate } from './gate.ts'
import { HealthBoard, UNKNOWN } from './health.ts'
import { LIMITS, type RadioLimits } from './limits.ts'
import { closePeripheral, LinkLife, NobleLink } from './link.ts'
import { guardMtu } from './mtu.ts'
import type { Peripheral } from './noble-types.ts'
import { healthOf, reasonOf, unavailable, wordsOf } from './reasons.ts'
import { Scanner } from './scanner.ts'
import { discover, subscribe } from './set-up.ts'
import { ENDLESS } from './step.ts'

/** A device that has not been heard for so long before an attempt has gone, rather than being busy. */
const FRESH_MS = 10_000

export interface NobleRadioOptions {
  readonly clock: Clock
  readonly log: Log
  readonly open: OpenDriver
  readonly limits?: Partial<RadioLimits>
}

/** A driver from the moment it is loaded until it is replaced. */
interface Running {
  readonly driver: Driver
  /** ends when the adapter goes off or the driver is replaced: all links are lost then (ble.md §5.7) */
  power: AbortController
  wasOff: boolean
}

interface Known {
  readonly peripheral: Peripheral
  /** monotonic */
  heardAt: number
}

export class NobleRadio implements Radio {
  readonly #options: NobleRadioOptions
  readonly #limits: RadioLimits
  readonly #board = new HealthBoard()
  readonly #scanner: Scanner
  readonly #known = new Map<string, Known>()
  readonly #links = new Set<RadioLink>()
  readonly #gate = createGate()
  #running: Running | null = null
  #starting: Promise<RadioHealth> | null = null
  readonly #closing = new AbortController()

  constructor(options: NobleRadioOptions) {
    this.#options = options
    this.#limits = { ...LIMITS, ...options.limits }
    this.#scanner = new Scanner(options)
  }

  health(): RadioHealth {
    return this.#board.now
  }

  onHealth(listener: (health: RadioHealth) => void): () => void {
    return this.#board.on(listener)
  }

  start(): Promise<RadioHealth> {
    const { now } = this.#board
    if (this.#starting) return this.#starting
    if (this.#closing.signal.aborted || now.state === 'ready') return Promise.resolve(now)
    // Other platforms than HCI hear of every change by themselves, and have no way to begin anew.
    if (this.#running?.driver.hci === false && now.state !== 'unknown') return Promise.resolve(now)
    this.#starting = this.#open().finally(() => (this.#starting = null))
    return this.#starting
  }

  async listen(listener: (heard: Advertisement) => void): Promise<() => Promise<void>> {
    const stop = this.#scanner.add(listener)
    if (!this.#running) await this.start()
    return () => Promise.resolve(stop())
  }

  async connect(radioId: string, options: ConnectOptions): Promise<RadioLink> {
    const running = this.#running
    if (!running || this.#board.now.state !== 'ready')
      throw new RadioFailure('unavailable', `Bluetooth is ${this.#board.now.state}`)
    const known = this.#known.get(radioId)
    if (!known) throw new RadioFailure('vanished', 'not heard since Bluetooth began')
    const { signal } = options
    const ended = AbortSignal.any([running.power.signal, this.#closing.signal, ...(signal ? [signal] : [])])
    const life = new LinkLife()
    const attempt = () => this.#scanner.paused(() => this.#attempt(running, known, life, options, ended))
    await this.#gate(attempt, ended)
    return this.#complete(running, known.peripheral, life, options)
  }

  async close(): Promise<void> {
    this.#closing.abort(new RadioFailure('cancelled', 'the radio was closed'))
    this.#scanner.close()
    await this.#starting
    // an attempt under way is cancelled, and that is confirmed: nothing may connect after us
    await this.#gate(() => Promise.resolve(), ENDLESS)
    await Promise.all([...this.#links].map((link) => link.close()))
    this.#drop()
    this.#board.set(unavailable('failed', 'closed'))
  }

  async #attempt(
    { driver, power }: Running,
    { peripheral, heardAt }: Known,
    life: LinkLife,
    { connectTimeoutMs }: ConnectOptions,
    ended: AbortSignal,
  ): Promise<void> {
    const { clock } = this.#options
    const silentFor = clock.monotonic() - heardAt
    try {
      await openLink({
        noble: driver.noble,
        peripheral,
        clock,
        limits: this.#limits,
        ms: connectTimeoutMs,
        life,
        ended,
        adapterGone: power.signal,
        onStuck: () => void this.#renew('a cancelled connection attempt was never confirmed'),
      })
    } catch (error) {
      if (error instanceof RadioFailure && error.kind === 'connectTimeout' && silentFor > FRESH_MS)
        throw new RadioFailure('vanished', error.message, { cause: error })
      throw error
    }
  }

  /** From the open link to one that takes and gives bytes; a link that cannot is closed before it is refused. */
  async #complete(
    { driver, power }: Running,
    peripheral: Peripheral,
    life: LinkLife,
    { discoveryTimeoutMs: ms, layouts = [], signal }: ConnectOptions,
  ): Promise<RadioLink> {
    const { clock } = this.#options
    const parts = { peripheral, life, clock, limits: this.#limits }
    const unplugged = () => life.end(new RadioFailure('unavailable', 'the adapter is gone'))
    power.signal.addEventListener('abort', unplugged)
    life.ended.addEventListener('abort', () => power.signal.removeEventListener('abort', unplugged))
    if (power.signal.aborted) unplugged()
    const { _bindings: bindings } = driver.noble
    const gatt = bindings['_gatts']?.[peripheral.id]
    const unguard = gatt ? guardMtu(gatt, clock, this.#limits.mtuMs) : () => undefined
    life.ended.addEventListener('abort', unguard)
    const ended = AbortSignal.any([life.ended, this.#closing.signal, ...(signal ? [signal] : [])])
    const setUp = { peripheral, clock, ms, layouts, ended }
    try {
      const found = await discover(setUp)
      await subscribe(found.notify, setUp)
      const link = new NobleLink({ ...parts, found })
      this.#links.add(link)
      life.ended.addEventListener('abort', () => this.#links.delete(link))
      return link
    } catch (error) {
      await closePeripheral(parts)
      throw error
    }
  }

  async #open(): Promise<RadioHealth> {
    this.#drop()
    let driver: Driver
    try {
      driver = await this.#options.open()
    } catch (error) {
      const reason = error instanceof DriverFailure ? error.reason : reasonOf(error)
      return this.#fail(unavailable(reason, wordsOf(error)))
    }
    const running: Running = { driver, power: new AbortController(), wasOff: false }
    this.#running = running
    this.#board.set(UNKNOWN)
    const settled = this.#settled(running)
    driver.onGone((detail) => this.#gone(running, detail))
    driver.noble.on('discover', (peripheral: Peripheral) => this.#heard(peripheral))
    // Bluetooth in the kernel but no adapter: nothing but this warning, and a state that stays unknown (ble.md §4)
    driver.noble.on('warning', (text: unknown) => this.#warned(running, String(text)))
    driver.noble.on('stateChange', (state: unknown) => this.#changed(running, String(state)))
    return settled
  }

  /** The health after the adapter has said how it is, or after the limit. */
  #settled(running: Running): Promise<RadioHealth> {
    const { clock } = this.#options
    const { stateMs } = this.#limits
    const timer = new AbortController()
    return new Promise<RadioHealth>((resolve) => {
      const done = () => {
        stop()
        timer.abort()
        resolve(this.#board.now)
      }
      const stop = this.#board.on(done)
      const late = () => {
        const detail = `the adapter did not say how it is within ${stateMs} ms`
        if (this.#running === running && this.#board.now.state === 'unknown')
          this.#fail({ state: 'unknown', reason: 'notAnswering', detail })
        done()
      }
      void clock.sleep(stateMs, timer.signal).then(late, () => undefined)
    })
  }

  #gone(running: Running, detail: string): void {
    if (this.#running !== running) return
    this.#drop()
    this.#fail(unavailable('remoteGone', detail))
  }

  #changed(running: Running, state: string): void {
    if (this.#running !== running) return
    const health = healthOf(state)
    if (health?.state === 'ready' && running.wasOff && running.driver.hci) {
      // noble still believes in the links, and in an attempt, from before (ble.md §5.7)
      void this.#renew('the adapter came back')
      return
    }
    if (health?.state === 'ready') {
      this.#board.set(health)
      this.#scanner.use(running.driver.noble)
      return
    }
    // "unknown" or "resetting" at the very beginning says nothing yet
    if (!health && this.#board.now.state !== 'ready') return
    running.wasOff = true
    this.#unplug(running)
    this.#board.set(health ?? { state: 'unknown', reason: 'notAnswering', detail: state })
  }

  #warned(running: Running, text: string): void {
    if (this.#running !== running) return
    this.#options.log.debug('radio: the driver warns', { detail: text })
    if (!text.startsWith('Initialization of USB device failed')) return
    this.#drop()
    const reason = reasonOf(new Error(text))
    const state = reason === 'noPermission' ? 'unauthorized' : 'unavailable'
    this.#fail({ state, reason, detail: text })
  }

  #heard(peripheral: Peripheral): void {
    const heardAt = this.#options.clock.monotonic()
    const known = this.#known.get(peripheral.id)
    if (known?.peripheral === peripheral) known.heardAt = heardAt
    else this.#known.set(peripheral.id, { peripheral, heardAt })
    this.#scanner.heard(peripheral)
  }

  #fail(health: RadioHealth): RadioHealth {
    this.#options.log.info('radio: not available', { ...health })
    this.#board.set(health)
    return health
  }

  /** A new driver in the place of one that cannot be trusted any more. */
  async #renew(why: string): Promise<void> {
    this.#options.log.info('radio: begins anew', { why })
    await this.#starting
    if (this.#closing.signal.aborted) return
    if (this.#running?.driver.hci) {
      this.#drop()
      this.#board.set({ state: 'unknown', reason: null, detail: why })
    }
    await this.start()
  }

  /** All links and attempts end; what was heard may not be there any more. */
  #unplug(running: Running): void {
    this.#scanner.use(null)
    running.power.abort(new RadioFailure('unavailable', 'the adapter is gone'))
    running.power = new AbortController()
    for (const { peripheral } of this.#known.values()) peripheral.state = 'disconnected'
    this.#known.clear()
  }

  #drop(): void {
    const running = this.#running
    if (!running) return
    this.#running = null
    this.#unplug(running)
    running.driver.dispose()
  }
}

export const createNobleRadio = (options: NobleRadioOptions): Radio => new NobleRadio(options)
