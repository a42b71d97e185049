import type { Radio, RadioLink } from '#core/chargers/radio.ts'
import { createChargers, type Chargers } from '#core/chargers/index.ts'
import type { Call } from '#core/context.ts'
import { createDevices, type Devices } from '#core/devices/index.ts'
import type { Clock } from '#core/ports.ts'
import { createProvisioning, type Provisioning } from '#core/provisioning/index.ts'
import { createSettings, type Settings } from '#core/settings/index.ts'
import { createSqlDriver } from '#main/adapters/sqlite.ts'
import {
  createDemoAir,
  QUICK,
  type AirTiming,
  type ChargerSpec,
  type DemoAir,
} from '#main/demo/chargers/index.ts'
import { contract, type Input, type OperationName, type Output } from '#shared/contract/index.ts'
import type { CoreEvent } from '#shared/contract/events.ts'
import type { ProvisioningDevice, Run, Step, StepName } from '#shared/contract/provisioning.ts'
import type { FakeClock } from '../../fixtures/fake-clock.ts'
import { callOf } from '../../fixtures/ledger-rows.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'

/** What may kill a life: each thing that goes to the disk or over the air. */
export class Fate {
  dead = false
  readonly passed: string[] = []
  dieAt = Infinity

  /** false: it did not live to see it */
  alive(what: string): boolean {
    if (this.dead) return false
    this.passed.push(what)
    if (this.passed.length >= this.dieAt) this.dead = true
    return !this.dead
  }
}

/**
 * No program is there again at once; on this air, where nothing takes time, timestamps run ahead of the clock by a
 * second a command (B-29), and the last one may die with the process.
 */
const RESTART_MS = 12_000

const never = <T>() => new Promise<T>(() => undefined)

/** Dies before a transaction, or after it is on the disk and before anybody hears of it. */
function mortalStore(test: TestStore, fate: Fate): TestStore['store'] {
  const { site } = test.store
  const mortal = Object.create(site) as typeof site
  for (const field of ['query', 'sql'] as const) Object.defineProperty(mortal, field, { value: site[field] })
  for (const method of ['all', 'get', 'run', 'statement'] as const)
    Object.defineProperty(mortal, method, { value: site[method].bind(site) })
  const write = async <R>(work: () => R): Promise<R> => {
    if (!fate.alive('before write')) return never()
    try {
      const value = await site.write(() => {
        if (fate.dead) throw new Error('dead')
        return work()
      })
      return fate.alive('after write') ? value : await never()
    } catch (error) {
      if (fate.dead) return never()
      throw error
    }
  }
  Object.defineProperty(mortal, 'write', { value: write })
  return { ...test.store, site: mortal }
}

function mortalClock(clock: Clock, fate: Fate): Clock {
  const later = <T>(promise: Promise<T>) => promise.then((value) => (fate.dead ? never<T>() : value))
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    sleep: (ms, signal) => (fate.dead ? never() : later(clock.sleep(ms, signal))),
    every: (ms, fn) => clock.every(ms, () => (fate.dead ? undefined : fn())),
    yield: () => later(clock.yield()),
  }
}

/** Bytes leave or do not; nothing is heard after death. */
function mortalRadio(radio: Radio, fate: Fate): Radio {
  const mortalLink = (link: RadioLink): RadioLink => ({
    layout: link.layout,
    chunkBytes: link.chunkBytes,
    get lost() {
      return link.lost
    },
    async write(chunk, timeoutMs) {
      if (!fate.alive('before send')) return never()
      await link.write(chunk, timeoutMs)
      if (!fate.alive('after send')) return never()
    },
    onBytes: (listener) => link.onBytes((bytes) => (fate.dead ? undefined : listener(bytes))),
    onLost: (listener) => link.onLost((failure) => (fate.dead ? undefined : listener(failure))),
    close: () => (fate.dead ? never() : link.close()),
  })
  return {
    health: () => radio.health(),
    onHealth: (listener) => radio.onHealth((health) => (fate.dead ? undefined : listener(health))),
    start: () => radio.start(),
    listen: (listener) => radio.listen((heard) => (fate.dead ? undefined : listener(heard))),
    connect: async (id, options) => mortalLink(await radio.connect(id, options)),
    close: () => radio.close(),
  }
}

/** One process on the site's files and the air. */
export interface Life {
  readonly fate: Fate
  readonly chargers: Chargers
  readonly devices: Devices
  readonly settings: Settings
  readonly provisioning: Provisioning
  readonly events: CoreEvent[]
  /** what calls noted for the audit, by operation */
  readonly notes: { operation: string; note: unknown }[]
}

type Area = `provisioning.${string}` | `devices.${string}` | `chargers.${string}`

/** What a person says to a question; null: he is not there. */
export type Person = (device: ProvisioningDevice, step: Step) => boolean | null
export const YES: Person = () => true

export interface WorldOptions {
  readonly chargers: readonly ChargerSpec[]
  readonly timing?: AirTiming
  readonly dieAt?: number
}

export const nameOf = (i: number) =>
  `BUC_${(0xa1b2c3d40000 + i * 0x1357).toString(16).toUpperCase().padStart(12, '0')}`
export const codeOf = (i: number) => `C${String(i).padStart(4, '0')}`

/** One database, one air with simulated chargers, and one process after the other. Time stands still but for `run`. */
export class World {
  readonly test: TestStore
  readonly clock: FakeClock
  readonly air: DemoAir
  life!: Life
  #radios: Radio[] = []

  private constructor(test: TestStore, air: DemoAir) {
    this.test = test
    this.clock = test.clock
    this.air = air
  }

  static async open({ chargers, timing = QUICK, dieAt = Infinity }: WorldOptions): Promise<World> {
    const driver = createSqlDriver()
    // a process dies here, not the machine
    const test = await openTestStore({
      sql: { open: (path, o) => driver.open(path, { ...o, durable: false }) },
    })
    const world = new World(test, createDemoAir({ chargers, clock: test.clock, timing }))
    await world.boot(dieAt)
    return world
  }

  run<T>(promise: Promise<T>): Promise<T> {
    return this.clock.until(promise)
  }

  /** The desk is started; runs go on. */
  async boot(dieAt = Infinity): Promise<void> {
    const fate = new Fate()
    const clock = mortalClock(this.clock, fate)
    const test = { ...this.test, clock: this.clock, store: mortalStore(this.test, fate) }
    const ctx = testContext(
      { ...test, ports: { ...this.test.ports, clock } },
      {
        ports: {
          openRadio: () => {
            const radio = this.air.openRadio()
            this.#radios.push(radio)
            return mortalRadio(radio, fate)
          },
        },
      },
    )
    const settings = await createSettings(ctx)
    const devices = createDevices(ctx, { settings })
    const chargers = createChargers(ctx, { settings, devices })
    const provisioning = createProvisioning(ctx, { chargers, devices, settings })
    const events: CoreEvent[] = []
    ctx.events.on((event) => events.push(event))
    this.life = { fate, chargers, devices, settings, provisioning, events, notes: [] }
    fate.dieAt = dieAt
    provisioning.start()
  }

  /** The desk is closed properly, or found dead. Its connections end either way. */
  async shutDown(): Promise<void> {
    const { fate, provisioning, chargers } = this.life
    if (!fate.dead) {
      fate.dieAt = Infinity
      await this.run(provisioning.close())
      await this.run(chargers.close())
    }
    fate.dead = true
    await this.run(this.clock.sleep(RESTART_MS))
    await this.run(Promise.all(this.#radios.map((radio) => radio.close())))
    this.#radios = []
  }

  async close(): Promise<void> {
    await this.shutDown()
    await this.test.close()
  }

  /** One operation as the doors call it, by `lin` unless said otherwise. */
  async ask<N extends Extract<OperationName, Area>>(
    name: N,
    input: Input<N>,
    by = 'lin',
  ): Promise<Output<N>> {
    const { life } = this
    const handlers = { ...life.provisioning.handlers, ...life.devices.handlers, ...life.chargers.handlers }
    const { input: accepts, output } = contract[name]
    const handler = handlers[name] as unknown as (call: Call, input: unknown) => unknown
    const base = callOf(this.test, by, ['installer'])
    const call: Call = {
      ...base,
      note: (note) => void life.notes.push({ operation: name, note }),
    }
    return output.parse(await handler(call, accepts.parse(input))) as Output<N>
  }

  start(
    count = this.air.chargers.length,
    more: Partial<Input<'provisioning.start'>> = {},
  ): Promise<{ id: string }> {
    const devices = this.air.chargers
      .slice(0, count)
      .map(({ name }, i) => ({ name, deviceCode: codeOf(i), alias: `place ${i}` }))
    return this.ask('provisioning.start', { devices, ...more })
  }

  get(id: string): Promise<Run> {
    return this.ask('provisioning.get', { id })
  }

  /** Looks every fifth of a second and answers, until `enough`, or nothing is left to be done, or the desk is dead. */
  async until(id: string, person: Person, enough: (run: Run) => boolean = ended): Promise<Run> {
    return this.run(this.#watch(id, person, enough))
  }

  async #watch(id: string, person: Person, enough: (run: Run) => boolean): Promise<Run> {
    for (let looks = 0; looks < 3000; looks++) {
      const run = await this.get(id)
      if (enough(run) || this.life.fate.dead) return run
      for (const { device, step } of questions(run)) {
        const ok = person(device, step)
        if (ok !== null && !this.life.fate.dead)
          await this.ask('provisioning.answer', { id, name: device.name, step: step.step, ok })
      }
      await this.clock.sleep(200)
    }
    throw new Error(`the run never got there: ${JSON.stringify(await this.get(id))}`)
  }
}

export const ended = ({ state }: Run) => ['done', 'partial', 'failed', 'cancelled'].includes(state)

export const questions = (run: Run) =>
  run.devices.flatMap((device) =>
    device.steps.filter(({ state }) => state === 'asking').map((step) => ({ device, step })),
  )

export const stepOf = (device: ProvisioningDevice | undefined, name: StepName) =>
  device?.steps.find(({ step }) => step === name)
