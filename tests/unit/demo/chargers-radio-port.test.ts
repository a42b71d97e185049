import { createDemoRadio, QUICK } from '#main/demo/chargers/index.ts'
import { createClock } from '#main/adapters/clock.ts'
import { radioConformance, type RadioBench } from '../../fixtures/radio-conformance.ts'

const NAMES = ['BUC_1A2B3C4D5E6F', 'BUC_00A1B2C3D4E5'] as const

radioConformance('the simulated chargers', () => {
  const clock = createClock()
  const strangers = [{ name: null, rssi: -70 }]
  const chargers = NAMES.map((name) => ({ name, clockSkewS: 0 }))
  const radio = createDemoRadio({ chargers, strangers, clock, timing: QUICK })
  const bench: RadioBench = {
    radio,
    names: NAMES,
    setInRange: (charger, inRange) => radio.setFault('vanished', !inRange, { charger }),
    hangUp: (charger) => radio.charger(charger).link?.lose('hung up'),
    refuseOnce: (charger) => radio.setFault('refusesConnection', 1, { charger }),
    hideServiceOnce: (charger) => radio.setFault('noService', 1, { charger }),
    setAdapter: (on) => radio.setFault('adapterOff', !on),
    close: () => radio.close(),
  }
  return Promise.resolve(bench)
})
