import { createClock } from '#main/adapters/clock.ts'
import { createFirmware, type Firmware, type FirmwareOptions } from '#main/demo/chargers/firmware.ts'
import { Charger, type Air, type ChargerOptions } from '../air/index.ts'

export interface FirmwareChargerOptions {
  /** `BUC_` and 12 characters */
  readonly name: string
  readonly radio?: Omit<Partial<ChargerOptions>, 'name' | 'firmware'>
  readonly firmware?: Omit<FirmwareOptions, 'name' | 'clock' | 'onDrop' | 'onPower'>
  /** Absent: the machine's. */
  readonly clock?: FirmwareOptions['clock']
}

export interface FirmwareCharger {
  readonly charger: Charger
  readonly firmware: Firmware
}

/** The document's firmware behind a radio module of its own: what ends a link or cuts the power ends it on the air. */
export function firmwareCharger(air: Air, options: FirmwareChargerOptions): FirmwareCharger {
  const { name } = options
  const firmware = createFirmware({
    ...options.firmware,
    name,
    clock: options.clock ?? createClock(),
    onDrop: () => void charger.settled().then(() => charger.dropLink()),
    onPower: (on) => void (on ? charger.powerOn() : charger.settled().then(() => charger.powerCut())),
  })
  const charger = new Charger(air, { ...options.radio, name, firmware })
  return { charger, firmware }
}
