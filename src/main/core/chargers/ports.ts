import type { JamParity } from '#shared/chargers.ts'
import type { BleProfile } from '#shared/contract/values.ts'

/** What the radio's side needs of the registry. */
export interface RegistryPort {
  byName(btName: string): { deviceCode: string; alias: string } | null
  jamCodeOf(btName: string, parity: JamParity): string
  profileOf(btName: string): BleProfile | null
  /** only inside `site.write`; nothing where the charger is not registered */
  saveReport(btName: string, packed: string, at: number): void
  changed(deviceCodes: readonly string[]): void
}
