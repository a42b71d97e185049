import { onTestFinished } from 'vitest'
import type { Advertisement, ConnectOptions, Radio } from '#core/chargers/radio.ts'
import { RadioFailure } from '#core/chargers/radio.ts'
import { createClock } from '#main/adapters/clock.ts'
import type { RadioLimits } from '#main/adapters/radio/limits.ts'
import type { Noble } from '#main/adapters/radio/noble-types.ts'
import { createNobleRadio } from '#main/adapters/radio/noble-radio.ts'
import { tame } from '#main/adapters/radio/tame.ts'
import { testLog } from '../../fixtures/store.ts'
import {
  Air,
  loadVirtualNoble,
  startChargers,
  type AirOptions,
  type Charger,
  type Controller,
} from '../air/index.ts'
import { echoFirmware } from './echo-firmware.ts'
import { chargerName, type ChargerSketch } from './world.ts'

/** Short enough for tests, long enough for a busy machine. */
export const TEST_LIMITS: RadioLimits = {
  stateMs: 2000,
  cancelMs: 500,
  closeMs: 400,
  mtuMs: 150,
  tcpMs: 1000,
}

export const CONNECT: ConnectOptions = { connectTimeoutMs: 1000, discoveryTimeoutMs: 1000 }

export interface ConsoleWorld {
  readonly air: Air
  readonly adapter: Controller
  readonly chargers: readonly Charger[]
  readonly radio: Radio
  readonly log: ReturnType<typeof testLog>
  /** the instances of noble there have been, the newest last */
  readonly nobles: readonly Noble[]
}

/** The console's radio on noble's real stack, among chargers on bleno; taken down when the test ends. */
export async function consoleWorld(
  sketches: readonly ChargerSketch[],
  options: AirOptions & { limits?: Partial<RadioLimits> } = {},
): Promise<ConsoleWorld> {
  const air = new Air(options)
  const adapter = air.addController()
  const chargers = await startChargers(
    air,
    sketches.map((sketch, index) => ({ name: chargerName(index), firmware: echoFirmware(), ...sketch })),
  )
  const log = testLog()
  const nobles: Noble[] = []
  const open = () => {
    const noble = loadVirtualNoble(air).noble as unknown as Noble
    nobles.push(noble)
    return Promise.resolve(tame(noble, log))
  }
  const radio = createNobleRadio({
    clock: createClock(),
    log,
    open,
    limits: { ...TEST_LIMITS, ...options.limits },
  })
  onTestFinished(async () => {
    await radio.close()
    for (const charger of chargers) charger.powerCut()
    air.close()
  })
  return { air, adapter, chargers, radio, log, nobles }
}

/** Listens until something wanted is heard; the test's own limit ends the wait. */
export async function heard(radio: Radio, wanted: (one: Advertisement) => boolean): Promise<Advertisement> {
  const { promise, resolve } = Promise.withResolvers<Advertisement>()
  const stop = await radio.listen((one) => {
    if (wanted(one)) resolve(one)
  })
  const found = await promise
  await stop()
  return found
}

export const idOf = async (radio: Radio, name = chargerName(0)): Promise<string> =>
  (await heard(radio, (one) => one.name === name)).radioId

export async function failureOf(attempt: Promise<unknown>): Promise<RadioFailure> {
  const error = await attempt.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  )
  if (error instanceof RadioFailure) return error
  throw error
}
