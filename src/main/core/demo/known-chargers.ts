import type { Call, CoreContext } from '../context.ts'
import type { Devices } from '../devices/index.ts'

/** ¥0.50 for 30 minutes */
const UNIT_PRICE_FEN = 50

/** Unless one of them is there already: then somebody has worked here, and false. */
export async function enrolKnown(
  { options, store: { site }, ports: { clock } }: CoreContext,
  devices: Pick<Devices, 'byCode' | 'enrol' | 'handlers'>,
): Promise<boolean> {
  const known = options.demoSite?.knownChargers ?? []
  if (known.length === 0 || known.some(({ deviceCode }) => devices.byCode(deviceCode))) return false
  const call: Call = {
    caller: { door: 'inproc' },
    operator: null,
    note: () => undefined,
    commit: (work) => site.write(work),
  }
  await site.write(() => {
    for (const charger of known) devices.enrol(charger, clock.now())
  })
  const deviceCodes = known.map(({ deviceCode }) => deviceCode)
  await devices.handlers['devices.updateMany'](call, {
    deviceCodes,
    changes: { unitPriceFen: UNIT_PRICE_FEN },
  })
  return true
}
