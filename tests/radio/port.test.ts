import { describe } from 'vitest'
import { createClock } from '#main/adapters/clock.ts'
import { createNobleRadio } from '#main/adapters/radio/noble-radio.ts'
import type { Noble } from '#main/adapters/radio/noble-types.ts'
import { tame } from '#main/adapters/radio/tame.ts'
import type { OpenDriver } from '#main/adapters/radio/driver.ts'
import { radioConformance, type RadioBench } from '../fixtures/radio-conformance.ts'
import { testLog } from '../fixtures/store.ts'
import { Air, loadVirtualNoble, nobleInstalled } from './air/index.ts'
import { TEST_LIMITS } from './support/console-radio.ts'
import { firmwareCharger } from './support/firmware-charger.ts'

const NAMES = ['BUC_1A2B3C4D5E6F', 'BUC_00A1B2C3D4E5'] as const

describe.skipIf(!nobleInstalled())('noble', () => {
  radioConformance('the adapter of the computer', () =>
    bench((air) => () => Promise.resolve(tame(loadVirtualNoble(air).noble as unknown as Noble, testLog()))),
  )
})

async function bench(driverOn: (air: Air) => OpenDriver): Promise<RadioBench> {
  const air = new Air()
  const adapter = air.addController()
  const chargers = NAMES.map((name) => firmwareCharger(air, { name }).charger)
  await Promise.all(chargers.map((charger) => charger.powerOn()))
  const named = (name: string) => {
    const found = chargers.find((charger) => charger.name === name)
    if (!found) throw new Error(`no charger ${name}`)
    return found
  }
  const radio = createNobleRadio({
    clock: createClock(),
    log: testLog(),
    open: driverOn(air),
    limits: TEST_LIMITS,
  })
  return {
    radio,
    names: NAMES,
    setInRange: (name, inRange) => named(name).setNear(inRange),
    hangUp: (name) => named(name).dropLink(),
    refuseOnce: (name) => named(name).refuse({ status: 0x3e, times: 1 }),
    hideServiceOnce: (name) => named(name).hideServiceOnce(),
    setAdapter: (on) => adapter.setPower(on),
    async close() {
      await radio.close()
      for (const charger of chargers) charger.powerCut()
      air.close()
    },
  }
}
