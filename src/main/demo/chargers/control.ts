import type { FaultPlace } from '#core/context.ts'
import type { Clock } from '#core/ports.ts'
import type { ChargerFault, DemoChargerRow } from '#shared/contract/demo.ts'
import { createDemoAir, type AirFault, type DemoAir } from './air.ts'
import type { AirTiming } from './timing.ts'
import { STRANGERS, trainingChargers, type TrainingCharger } from './training.ts'

const PREFIX = 'charger.'
/** frames shown of one charger */
const FRAMES = 100

export const isChargerFault = (kind: string): kind is ChargerFault => kind.startsWith(PREFIX)

/** The air of the training chargers: of the demo site, and of any site whose adapter is `demo`. */
export function trainingAir(clock: Clock, timing?: AirTiming): DemoAir {
  return createDemoAir({
    chargers: trainingChargers(),
    strangers: STRANGERS,
    clock,
    ...(timing ? { timing } : {}),
  })
}

export function setChargerFault(
  air: DemoAir,
  kind: ChargerFault,
  on: boolean | number,
  { charger, command }: FaultPlace,
): void {
  air.setFault(kind.slice(PREFIX.length) as AirFault, on, {
    ...(charger === undefined ? {} : { charger }),
    ...(command === undefined ? {} : { command }),
  })
}

const named = (faults: readonly AirFault[]): ChargerFault[] =>
  faults.map((fault) => `${PREFIX}${fault}` as const)

export const chargerFaults = (air: DemoAir): ChargerFault[] => named(air.faults())

export function chargerRows(air: DemoAir): DemoChargerRow[] {
  const labels = trainingChargers()
  return air.chargers.flatMap((charger, i) => {
    const label = labels[i]
    return label ? [rowOf(charger, label)] : []
  })
}

function rowOf(charger: DemoAir['chargers'][number], label: TrainingCharger): DemoChargerRow {
  const { firmware } = charger
  return {
    name: charger.name,
    deviceCode: label.deviceCode,
    alias: label.alias,
    firmware: firmware.variant,
    quirks: [...(label.quirks ?? []), ...(label.stimeChecksClock ? ['clockCannotBeSet'] : [])],
    faults: named(charger.faults()),
    powered: firmware.powered,
    connected: charger.link !== null,
    clock: Math.floor(firmware.time),
    ports: firmware.ports(),
    blinks: firmware.blinks,
    commands: firmware.commands.slice(-FRAMES),
  }
}
