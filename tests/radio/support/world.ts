import { onTestFinished } from 'vitest'
import {
  Air,
  loadVirtualNoble,
  startChargers,
  type AirOptions,
  type Charger,
  type ChargerOptions,
  type Controller,
  type Noble,
} from '../air/index.ts'
import { poweredOn } from './central.ts'
import { echoFirmware } from './echo-firmware.ts'

export interface RadioWorld {
  readonly air: Air
  /** hci0, what noble drives. */
  readonly adapter: Controller
  readonly chargers: readonly Charger[]
  readonly noble: Noble
}

export type ChargerSketch = Partial<ChargerOptions>

/** `BUC_` and the number in 12 characters. */
export const chargerName = (index: number) => `BUC_${index.toString().padStart(12, '0')}`

/** An air with an adapter and powered-on chargers, taken down when the test ends. */
export async function radioWorld(
  sketches: readonly ChargerSketch[],
  options: AirOptions = {},
): Promise<RadioWorld> {
  const air = new Air(options)
  const adapter = air.addController()
  const chargers = await startChargers(
    air,
    sketches.map((sketch, index) => ({ name: chargerName(index), firmware: echoFirmware(), ...sketch })),
  )
  const { noble, close } = loadVirtualNoble(air)
  onTestFinished(() => {
    close()
    for (const charger of chargers) charger.powerCut()
    air.close()
  })
  await poweredOn(noble)
  return { air, adapter, chargers, noble }
}

export function charger(world: RadioWorld, index = 0): Charger {
  const found = world.chargers[index]
  if (found === undefined) throw new Error(`no charger ${index}`)
  return found
}
