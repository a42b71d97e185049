import type { DeviceRow } from '#shared/contract/devices.ts'
import { bleProfile, type BleProfile } from '#shared/contract/values.ts'
import type { PortState } from '#shared/contract/chargers.ts'
import { PORTS } from '#shared/chargers.ts'
import { parseDateTime, type ZoneOffset } from '#shared/time.ts'
import type { ChargingTables } from '../store/schema-chargers.ts'
import type { Selectable } from 'kysely'

export type StoredDevice = Selectable<ChargingTables['device_info']> & { managerName: string | null }

/** The four ports of `1000200330454021` (U-17): port digit and minutes; 999 is broken (B-15). */
export function unpackPorts(packed: string | null): PortState[] {
  if (packed === null) return []
  const minutes = new Map<number, number>()
  for (const [, port, left] of packed.matchAll(/([1-4])(\d{3})/g)) minutes.set(Number(port), Number(left))
  return PORTS.map((port) => {
    const left = minutes.get(port)
    if (left === undefined) return { port, state: 'unknown', minutes: null }
    if (left === 999) return { port, state: 'broken', minutes: null }
    return left === 0 ? { port, state: 'free', minutes: null } : { port, state: 'charging', minutes: left }
  })
}

export function profileOf(text: string | null): BleProfile | null {
  if (text === null) return null
  const read = bleProfile.safeParse(JSON.parse(text))
  return read.success ? read.data : null
}

export function rowOf(device: StoredDevice, zone: ZoneOffset): DeviceRow {
  const at = (text: string | null) => (text === null ? null : parseDateTime(text, zone))
  const state = device.state === 1 ? 1 : 0
  const chargeFlag = device.chargeFlag === 0 ? 0 : 1
  return {
    deviceCode: device.deviceCode,
    btName: device.btName,
    alias: device.deviceName,
    state,
    stateReason: device.stateReason,
    version: device.version,
    maxUnit: device.maxUnit,
    chargeFlag,
    unitPriceFen: device.unitPrice,
    manager: device.manager,
    managerName: device.managerName,
    ports: unpackPorts(device.portState),
    portsAt: at(device.portStateTime),
    profile: profileOf(device.bleProfile),
    setupAt: at(device.setupTime) ?? 0,
    updatedAt: at(device.updateTime) ?? 0,
    addedAt: at(device.addTime),
    noPrice: state === 0 && chargeFlag === 1 && device.unitPrice === 0,
  }
}
