import type { GattLayout } from '#core/chargers/radio.ts'
import type { Clock } from '#core/ports.ts'
import type { Command } from '#shared/chargers.ts'
import { Faults } from '../faults.ts'
import { createFirmware, type Firmware, type FirmwareOptions } from './firmware.ts'
import { FIRMWARE_FAULTS, type FirmwareFault } from './firmware-faults.ts'
import type { DemoLink } from './link.ts'

/** What can go wrong between a charger and the adapter. */
export const RADIO_FAULTS = [
  'refusesConnection',
  /** out of range: not heard, not reached; a link ends by silence */
  'vanished',
  /** no service with a way in and a way out (B-08) */
  'noService',
  /** a second device says it has the same name */
  'sameName',
  /** heard seldom and far below −85 dBm */
  'weakSignal',
] as const
export type RadioFault = (typeof RADIO_FAULTS)[number]
export type DeviceFault = FirmwareFault | RadioFault

export interface ChargerSpec extends Omit<FirmwareOptions, 'clock' | 'onDrop' | 'onPower' | 'quirks'> {
  /** dBm, on the average */
  readonly rssi?: number
  readonly layout?: GattLayout
  /** most bytes of one write or notification: MTU − 3 */
  readonly chunkBytes?: number
  /** what it always does wrong */
  readonly quirks?: readonly DeviceFault[]
}

/** B-08 */
export const LAYOUTS = {
  ffe0: { service: 'ffe0', write: 'ffe1', notify: 'ffe1' },
  fff0: { service: 'fff0', write: 'fff2', notify: 'fff1' },
  nordicUart: {
    service: '6e400001b5a3f393e0a9e50e24dcca9e',
    write: '6e400002b5a3f393e0a9e50e24dcca9e',
    notify: '6e400003b5a3f393e0a9e50e24dcca9e',
  },
} as const satisfies Record<string, GattLayout>

const WEAK_RSSI = -94

const isFirmware = (fault: DeviceFault): fault is FirmwareFault =>
  (FIRMWARE_FAULTS as readonly string[]).includes(fault)

/** Something that advertises. Strangers have no firmware. */
export interface AirDevice {
  readonly name: string | null
  readonly rssi: number
  /** heard so many times less often than others */
  readonly rarity: number
  readonly reachable: boolean
  /** reachable and not connected: a peripheral that serves somebody is silent (B-33) */
  readonly audible: boolean
  link: DemoLink | null
}

export interface Stranger {
  readonly name: string | null
  readonly rssi: number
}

export class StrangerDevice implements AirDevice {
  readonly name: string | null
  readonly rssi: number
  readonly rarity = 1
  readonly reachable = true
  link: DemoLink | null = null

  constructor({ name, rssi }: Stranger) {
    this.name = name
    this.rssi = rssi
  }

  get audible(): boolean {
    return this.link === null
  }
}

/** A charger on the air: its firmware, and how the radio reaches it. */
export class DemoCharger implements AirDevice {
  readonly name: string
  readonly firmware: Firmware
  readonly layout: GattLayout
  readonly chunkBytes: number
  link: DemoLink | null = null
  readonly #rssi: number
  readonly #quirks: readonly DeviceFault[]
  readonly #faults = new Faults<RadioFault>()

  constructor(spec: ChargerSpec, clock: Clock) {
    const { quirks = [], rssi = -62, layout = LAYOUTS.ffe0, chunkBytes = 20, ...options } = spec
    this.name = spec.name
    this.layout = layout
    this.chunkBytes = chunkBytes
    this.#rssi = rssi
    this.#quirks = quirks
    this.firmware = createFirmware({
      ...options,
      clock,
      quirks: quirks.filter(isFirmware),
      onDrop: () => this.link?.dropAfterNotifications('the charger ended the connection'),
      onPower: (on) => {
        if (!on) this.link?.fallSilent()
      },
    })
  }

  get rssi(): number {
    return this.has('weakSignal') ? WEAK_RSSI : this.#rssi
  }

  get rarity(): number {
    return this.has('weakSignal') ? 4 : 1
  }

  get reachable(): boolean {
    return this.firmware.powered && !this.has('vanished')
  }

  get audible(): boolean {
    return this.reachable && this.link === null
  }

  /** looks without counting: for what lasts */
  has(fault: RadioFault): boolean {
    return this.#quirks.includes(fault) || this.#faults.isOn(fault)
  }

  /** counts one strike: for what happens so many times */
  strikes(fault: RadioFault): boolean {
    return this.#quirks.includes(fault) || this.#faults.strikes(fault)
  }

  setFault(fault: DeviceFault, on: boolean | number, command?: Command): void {
    if (isFirmware(fault)) this.firmware.setFault(fault, on, command)
    else this.#faults.set(fault, on)
    if (fault === 'vanished' && on) this.link?.fallSilent()
  }

  faults(): DeviceFault[] {
    return [...this.firmware.faults(), ...this.#faults.active()]
  }

  /** What the radio delivers. A reply goes to whoever is connected when it comes, as a transparent UART does. */
  receive(bytes: Uint8Array): void {
    if (this.reachable) this.firmware.receive(bytes, (reply) => this.link?.notify(reply))
  }
}
