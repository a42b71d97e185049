import type { Devices } from '../devices/index.ts'
import type { Chargers } from '../chargers/index.ts'
import type { CoreContext } from '../context.ts'
import type { Settings } from '../settings/index.ts'
import type { DeviceEvent } from './machine.ts'
import type { Progress } from './progress.ts'
import type { RunStore, Where } from './store.ts'

/** The areas that a run works with. */
export interface ProvisioningAreas {
  readonly chargers: Pick<Chargers, 'find' | 'heard' | 'signalOf' | 'listen' | 'withCharger' | 'adapter'>
  readonly devices: Pick<Devices, 'byCode' | 'byName' | 'enrol' | 'changed'>
  readonly settings: Pick<Settings, 'values'>
}

/** What the parts of this area share. */
export interface RunParts {
  readonly ctx: CoreContext
  readonly areas: ProvisioningAreas
  readonly store: RunStore
  /** stores an event before anything that follows from it is done; null: the charger is gone from the run */
  apply(where: Where, event: DeviceEvent): Promise<Progress | null>
  /** screens ask again, at most twice a second */
  changed(): void
}
