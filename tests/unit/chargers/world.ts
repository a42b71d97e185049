import { createChargers, type Chargers, type ChargerSession, type TaskOptions } from '#core/chargers/index.ts'
import type { Call, CoreContext, SignedIn } from '#core/context.ts'
import { createDevices, type Devices } from '#core/devices/index.ts'
import { createSettings, type Settings } from '#core/settings/index.ts'
import { createFirmware, type Firmware, type FirmwareOptions } from '#main/demo/chargers/firmware.ts'
import type { SiteProfile } from '#shared/contract/profile.ts'
import type { Role } from '#shared/contract/define.ts'
import type { CoreEvent } from '#shared/contract/events.ts'
import { SitedeskError } from '#shared/errors.ts'
import { FakeRadio, type FakeCharger } from '../../fixtures/fake-radio.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'
import type { FakeClock } from '../../fixtures/fake-clock.ts'

export const NAME = 'BUC_1A2B3C4D5E6F'

export interface World {
  readonly test: TestStore
  readonly clock: FakeClock
  readonly ctx: CoreContext
  readonly settings: Settings
  readonly devices: Devices
  readonly chargers: Chargers
  /** radios in the order they were opened */
  readonly radios: FakeRadio[]
  readonly adapters: string[]
  readonly radio: FakeRadio
  readonly events: CoreEvent[]
  /** lets the fake time pass until it settles */
  run<T>(promise: Promise<T>): Promise<T>
  task<T>(work: (session: ChargerSession) => Promise<T>, options?: Partial<TaskOptions>): Promise<T>
  /** a charger of the demo's firmware, its clock right unless said otherwise */
  firmware(options?: Partial<FirmwareOptions>): { charger: FakeCharger; firmware: Firmware }
  close(): Promise<void>
}

export async function openWorld(options: { profile?: SiteProfile; test?: TestStore } = {}): Promise<World> {
  const test = options.test ?? (await openTestStore())
  const { clock } = test
  const radios: FakeRadio[] = []
  const adapters: string[] = []
  // the first radio stands before it is opened, so that a test can put chargers on its air
  const first = new FakeRadio(clock)
  const ctx = testContext(test, {
    ports: {
      openRadio: (adapter) => {
        const radio = radios.length === 0 ? first : new FakeRadio(clock)
        radios.push(radio)
        adapters.push(adapter)
        return radio
      },
    },
    options: { profile: options.profile ?? {} },
  })
  const settings = await createSettings(ctx)
  const devices = createDevices(ctx, { settings })
  const chargers = createChargers(ctx, { settings, devices })
  const events: CoreEvent[] = []
  ctx.events.on((event) => events.push(event))
  const run = <T>(promise: Promise<T>) => clock.until(promise)
  return {
    test,
    clock,
    ctx,
    settings,
    devices,
    chargers,
    radios,
    adapters,
    events,
    run,
    radio: first,
    task: (work, more = {}) => run(chargers.withCharger(NAME, { task: 'test', ...more }, work)),
    firmware(more = {}) {
      const firmware = createFirmware({ name: NAME, clock, clockSkewS: 0, ...more })
      const charger = first.add({
        name: firmware.name,
        receive: (bytes, reply) => firmware.receive(bytes, reply),
      })
      return { charger, firmware }
    },
    async close() {
      await run(chargers.close())
      if (!options.test) await test.close()
    },
  }
}

/** A call as the doors make it; writes of the audit row are the dispatch's. */
export function callAs(world: Pick<World, 'test'>, ...roles: Role[]): Call {
  const operator: SignedIn = { operatorId: 'op', name: 'lin', roles }
  return {
    caller: { door: 'inproc' },
    operator,
    note: () => undefined,
    commit: (work) => world.test.store.site.write(work),
  }
}

/** What it was refused with: code and reason. */
export async function refusal(
  promise: Promise<unknown>,
): Promise<{ code: string; reason: unknown; data: unknown }> {
  try {
    await promise
  } catch (error) {
    if (!(error instanceof SitedeskError)) throw error
    const data = error.data as { reason?: unknown } | undefined
    return { code: error.code, reason: data?.reason, data }
  }
  throw new Error('nothing was refused')
}
