import type { DeviceRow } from '#shared/contract/devices.ts'
import { bleProfile, type BleProfile } from '#shared/contract/values.ts'
import type { PortState } from '#shared/contract/chargers.ts'
import { parseDateTime, type ZoneOffset } from '#shared/time.ts'
import type { ChargingTables } from '../store/schema-chargers.ts'
import type { Selectable } from 'kysely'
import { portTimeOf, unpackPorts } from './ports.ts'

export type StoredDevice = Selectable<ChargingTables['device_info']> & { managerName: string | null }

export function profileOf(text: string | null): BleProfile | null {
  if (text === null) return null
  const read = bleProfile.safeParse(JSON.parse(text))
  return read.success ? read.data : null
}

/** Each with its own time where the last report named some of them only. */
function portsOf(device: StoredDevice, at: (text: string | null) => number | null): PortState[] {
  const ports = unpackPorts(device.portState)
  if (device.portTimes === null) return ports
  return ports.map((port) => {
    const own = at(portTimeOf(device, port.port))
    return own === null ? port : { ...port, at: own }
  })
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
    ports: portsOf(device, at),
    portsAt: at(device.portStateTime),
    profile: profileOf(device.bleProfile),
    setupAt: at(device.setupTime) ?? 0,
    updatedAt: at(device.updateTime) ?? 0,
    addedAt: at(device.addTime),
    noPrice: state === 0 && chargeFlag === 1 && device.unitPrice === 0,
  }
}
