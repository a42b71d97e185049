import { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import type { Bindings, Noble } from '#main/adapters/radio/noble-types.ts'

/** A device as WinRT or CoreBluetooth shows it. */
export interface FarDevice {
  readonly id: string
  readonly name: string
  /** no link behind "connected": services are asked for in vain */
  unreachable?: boolean
  /** `connect` is never answered (CoreBluetooth has no limit of its own) */
  neverConnects?: boolean
}

const SERIAL = { service: '0000ffe0-0000-1000-8000-00805f9b34fb', characteristic: 'FFE1' }

/**
 * What stands below noble on Windows and macOS, as its sources have it (ble.md §5): "connected" is said of a mere
 * object, a failed discovery is only logged, a write is confirmed whatever became of it, there is no address, no MTU
 * and no way to cancel, and the name comes with the second half of an advertisement.
 */
export class WinrtDouble extends EventEmitter {
  readonly calls: string[] = []
  readonly devices: readonly FarDevice[]
  #scanning = false
  #on = true
  #ended = false

  constructor(devices: readonly FarDevice[]) {
    super()
    this.devices = devices
  }

  get scanning(): boolean {
    return this.#scanning
  }

  get ended(): boolean {
    return this.#ended
  }

  init(): void {
    this.#later('stateChange', 'poweredOn')
  }

  /** noble hears of the state, of no link */
  setPower(on: boolean): void {
    this.#on = on
    if (!on) this.#scanning = false
    this.#later('stateChange', on ? 'poweredOn' : 'poweredOff')
  }

  startScanning(): void {
    this.calls.push('startScanning')
    this.#scanning = true
    this.#later('scanStart')
    for (const { id } of this.devices) this.advertise(id, undefined)
  }

  stopScanning(): void {
    this.calls.push('stopScanning')
    this.#scanning = false
    this.#later('scanStop')
  }

  advertise(id: string, localName: string | undefined): void {
    if (this.#scanning && this.#on) this.#later('discover', id, '', 'unknown', true, { localName }, -60, true)
  }

  connect(id: string): void {
    this.calls.push(`connect ${id}`)
    if (this.#device(id).neverConnects !== true) this.#later('connect', id, null)
  }

  disconnect(id: string): void {
    this.calls.push(`disconnect ${id}`)
    this.#later('disconnect', id)
  }

  discoverServices(id: string): void {
    if (this.#device(id).unreachable !== true) this.#later('servicesDiscover', id, ['180a', SERIAL.service])
  }

  discoverCharacteristics(id: string, service: string): void {
    const found = { uuid: SERIAL.characteristic, properties: ['write', 'writeWithoutResponse', 'notify'] }
    this.#later('characteristicsDiscover', id, service, [found])
  }

  notify(id: string, service: string, characteristic: string): void {
    this.#later('notify', id, service, characteristic, true)
  }

  write(id: string, service: string, characteristic: string, data: Buffer, withoutResponse: boolean): void {
    this.calls.push(`write ${data.toString('latin1')}${withoutResponse ? ' blindly' : ''}`)
    this.#later('write', id, service, characteristic)
    if (this.#device(id).unreachable !== true)
      this.#later('read', id, service, characteristic, Buffer.from(data), true)
  }

  /** the device hangs up */
  drop(id: string): void {
    this.#later('disconnect', id)
  }

  cleanUp(): void {
    this.#ended = true
  }

  #device(id: string): FarDevice {
    const found = this.devices.find((device) => device.id === id)
    if (!found) throw new Error(`no device ${id}`)
    return found
  }

  /** from another thread, in a turn of its own */
  #later(event: string, ...values: unknown[]): void {
    setImmediate(() => {
      if (!this.#ended) this.emit(event, ...values)
    })
  }
}

/** noble's real upper half on such a system. */
export function nobleOn(system: WinrtDouble): Noble {
  const withBindings = createRequire(import.meta.url)('@abandonware/noble/with-bindings') as (
    bindings: Bindings,
  ) => Noble
  return withBindings(system)
}
