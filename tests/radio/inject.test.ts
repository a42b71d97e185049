import Module, { createRequire } from 'node:module'
import { expect, it, onTestFinished } from 'vitest'
import { Air, loadVirtualNoble, nobleInstalled, startChargers } from './air/index.ts'
import { poweredOn, scanFor, within } from './support/central.ts'
import { echoFirmware } from './support/echo-firmware.ts'

const NATIVE = ['@abandonware/bluetooth-hci-socket', '@stoprocent/bluetooth-hci-socket']
const modules = Module as unknown as { _resolveFilename: (name: string, ...rest: unknown[]) => string }

/** As on systems where the optional native packages were never installed. */
function hideNativePackages(): void {
  const { _resolveFilename: resolve } = modules
  const hiding = (name: string, ...rest: unknown[]) => {
    if (NATIVE.includes(name)) throw Object.assign(new Error(`no ${name}`), { code: 'MODULE_NOT_FOUND' })
    return resolve.call(Module, name, ...rest)
  }
  Object.assign(modules, { _resolveFilename: hiding })
  onTestFinished(() => void Object.assign(modules, { _resolveFilename: resolve }))
}

it.skipIf(!nobleInstalled())(
  'both stacks run on the air where the native sockets are not installed',
  async () => {
    hideNativePackages()
    const air = new Air()
    air.addController()
    const chargers = await startChargers(air, [{ name: 'BUC_000000000001', firmware: echoFirmware() }])
    const { noble, close } = loadVirtualNoble(air)
    onTestFinished(() => {
      close()
      for (const charger of chargers) charger.powerCut()
      air.close()
    })
    await within(2000, poweredOn(noble), () => 'not on')
    await scanFor(noble, ['BUC_000000000001'])
    const loaded = Object.keys(createRequire(import.meta.url).cache)
    expect(loaded.some((path) => path.includes('hci-socket'))).toBe(true)
    expect(loaded.filter((path) => path.endsWith('.node'))).toEqual([])
  },
)
