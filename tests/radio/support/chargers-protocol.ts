import type { FirmwareFault } from '#main/demo/chargers/firmware-faults.ts'
import type { SeenCommand } from '#main/demo/chargers/firmware.ts'
import type { ChargerFaults } from '../air/index.ts'
import type { FirmwareChargerOptions } from './firmware-charger.ts'

/** What runs in the process of the chargers. */
export interface ChargersSetup {
  readonly chargers: readonly Omit<FirmwareChargerOptions, 'clock'>[]
  /** Names of devices that are no chargers. */
  readonly strangers?: readonly string[]
  readonly timing?: 'fast' | 'realistic'
  readonly seed?: number
  /** Of the H4 server; a free one when absent. */
  readonly port?: number
}

export interface ChargerState {
  readonly name: string
  readonly powered: boolean
  readonly connected: boolean
  readonly connections: number
  /** Every write, in order. */
  readonly received: readonly string[]
  readonly commands: readonly SeenCommand[]
  readonly ports: readonly number[]
  /** Epoch ms its clock shows. */
  readonly time: number
  readonly blinks: number
}

/** What the process can be asked for; answers carry the request's id. */
export interface ChargersCalls {
  state(name: string): ChargerState
  names(): string[]
  setFault(name: string, fault: FirmwareFault, on: boolean | number, command?: string): null
  /** Faults of its radio module. */
  setRadio(name: string, faults: Partial<ChargerFaults>): null
  setNear(name: string, near: boolean): null
  /** The charger hangs up. */
  dropLink(name: string): null
  /** No usable service during the next connection. */
  hideServiceOnce(name: string): null
  powerCut(name: string): null
  powerOn(name: string): Promise<null>
  /** The adapter: off ends the TCP connection, and no new one is taken. */
  setAdapter(up: boolean): null
  /** Cuts the TCP connection once. */
  dropHost(): null
}

export interface Request {
  readonly id: number
  readonly call: keyof ChargersCalls
  readonly args: readonly unknown[]
}

export type Answer =
  | { readonly ready: string }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string }
