import type { ProvisioningDevice } from '#shared/contract/provisioning.ts'
import { Code } from '../../ui/figures.tsx'

type Named = Pick<ProvisioningDevice, 'alias' | 'deviceCode' | 'name'>

/** What an installer calls it: where it hangs, else the code of its label. */
export const labelOf = ({ alias, deviceCode }: Named): string => alias || deviceCode

/** Alias and code; without an alias the code alone. */
export function DeviceName({ device, name = false }: { device: Named; name?: boolean }) {
  return (
    <>
      <strong>{labelOf(device)}</strong>
      {device.alias === '' ? null : <Code>{device.deviceCode}</Code>}
      {name ? (
        <span className="sd-quiet">
          <Code>{device.name}</Code>
        </span>
      ) : null}
    </>
  )
}
