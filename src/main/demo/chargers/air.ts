import type { Radio } from '#core/chargers/radio.ts'
import type { Clock } from '#core/ports.ts'
import type { Command } from '#shared/chargers.ts'
import { DemoCharger, StrangerDevice, type AirDevice, type ChargerSpec } from './device.ts'
import type { DeviceFault, Stranger } from './device.ts'
import { DemoRadio } from './radio.ts'
import { Dice, REALISTIC, type AirTiming } from './timing.ts'

export interface DemoAirOptions {
  readonly chargers: readonly ChargerSpec[]
  /** phones and headsets around */
  readonly strangers?: readonly Stranger[]
  readonly clock: Clock
  readonly seed?: number
  readonly timing?: AirTiming
}

/** At the adapter, not at one charger. */
export type AirFault = DeviceFault | 'adapterOff'

export interface FaultAt {
  /** the advertised name; absent: all chargers */
  readonly charger?: string
  /** struck only by this command; what the radio does wrong knows none */
  readonly command?: Command
}

/** The space that simulated chargers share with any number of adapters. */
export interface DemoAir {
  readonly chargers: readonly DemoCharger[]
  charger(name: string): DemoCharger
  /** the second device of that name, once `sameName` was on */
  twin(name: string): DemoCharger | null
  /** `on`: true until switched off, a number for so many times. Throws where no charger has the name. */
  setFault(fault: AirFault, on: boolean | number, at?: FaultAt): void
  faults(): AirFault[]
  openRadio(): Radio
}

export const createDemoAir = (options: DemoAirOptions): DemoAir => new Air(options)

/** An air with one adapter, in one object. */
export function createDemoRadio(options: DemoAirOptions): Radio & DemoAir {
  const air = createDemoAir(options)
  const radio = air.openRadio()
  return {
    chargers: air.chargers,
    charger: (name) => air.charger(name),
    twin: (name) => air.twin(name),
    setFault: (fault, on, at) => air.setFault(fault, on, at),
    faults: () => air.faults(),
    openRadio: () => air.openRadio(),
    health: () => radio.health(),
    onHealth: (listener) => radio.onHealth(listener),
    start: () => radio.start(),
    listen: (listener) => radio.listen(listener),
    connect: (radioId, connect) => radio.connect(radioId, connect),
    close: () => radio.close(),
  }
}

/** A second device differs in where it is, too. */
const TWIN_DB = 9

class Air implements DemoAir {
  readonly chargers: readonly DemoCharger[]
  readonly #options: DemoAirOptions
  readonly #devices: AirDevice[]
  readonly #twins = new Map<string, DemoCharger>()
  readonly #radios: DemoRadio[] = []
  readonly #dice: Dice
  #adapterOff = false

  constructor(options: DemoAirOptions) {
    this.#options = options
    this.#dice = new Dice(options.seed ?? 1)
    this.chargers = options.chargers.map((spec) => new DemoCharger(spec, options.clock))
    const strangers = (options.strangers ?? []).map((stranger) => new StrangerDevice(stranger))
    this.#devices = [...this.chargers, ...strangers]
    for (const charger of this.chargers) if (charger.has('sameName')) this.#addTwin(charger.name)
  }

  charger(name: string): DemoCharger {
    const found = this.chargers.find((charger) => charger.name === name)
    if (found) return found
    throw new Error(`there is no simulated charger ${name}`)
  }

  twin(name: string): DemoCharger | null {
    return this.#twins.get(name) ?? null
  }

  setFault(fault: AirFault, on: boolean | number, { charger, command }: FaultAt = {}): void {
    if (fault === 'adapterOff') {
      this.#adapterOff = on !== false
      for (const radio of this.#radios) radio.adapterChanged()
      return
    }
    for (const each of charger === undefined ? this.chargers : [this.charger(charger)]) {
      each.setFault(fault, on, command)
      if (fault === 'sameName') this.#setTwin(each.name, on !== false)
    }
  }

  faults(): AirFault[] {
    const all = new Set<AirFault>(this.chargers.flatMap((charger) => charger.faults()))
    if (this.#adapterOff) all.add('adapterOff')
    return [...all]
  }

  openRadio(): Radio {
    const radio = new DemoRadio({
      clock: this.#options.clock,
      timing: this.#options.timing ?? REALISTIC,
      dice: this.#dice,
      devices: () => this.#devices,
      adapterOn: () => !this.#adapterOff,
    })
    this.#radios.push(radio)
    return radio
  }

  #setTwin(name: string, on: boolean): void {
    if (on && !this.#twins.has(name)) this.#addTwin(name)
    this.#twins.get(name)?.setFault('vanished', !on)
  }

  #addTwin(name: string): void {
    const { clock, chargers } = this.#options
    const spec = chargers.find((each) => each.name === name)
    const twin = new DemoCharger({ ...spec, name, quirks: [], rssi: (spec?.rssi ?? -62) - TWIN_DB }, clock)
    this.#twins.set(name, twin)
    this.#devices.push(twin)
  }
}
