import Module from 'node:module'
import { createRequire } from 'node:module'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Radio, RadioHealth } from '#core/chargers/radio.ts'
import { createClock } from '#main/adapters/clock.ts'
import type { RadioLimits } from '#main/adapters/radio/limits.ts'
import { createOpenRadio } from '#main/adapters/radio/index.ts'
import { createNobleRadio } from '#main/adapters/radio/noble-radio.ts'
import { systemDriver } from '#main/adapters/radio/system-driver.ts'
import { testLog } from '../fixtures/store.ts'
import { Air, nobleInstalled, socketClass } from './air/index.ts'
import { failureOf, TEST_LIMITS } from './support/console-radio.ts'

type Load = (name: string, ...rest: unknown[]) => unknown
const modules = Module as unknown as { _load: Load }
const real = modules['_load']

const NOBLE = '@abandonware/noble/with-custom-binding'
const NATIVE = '@abandonware/bluetooth-hci-socket'

/** What loading these packages meets, until the test ends. */
const met = new Map<string, () => unknown>()
modules['_load'] = (name, ...rest) => {
  const meets = met.get(name)
  return meets ? meets() : real.call(Module, name, ...rest)
}

/** noble holds on to the native class it was loaded with: each test loads it anew. */
function forgetNoble(): void {
  const { cache } = createRequire(import.meta.url)
  for (const path of Object.keys(cache)) if (/[\\/]@abandonware[\\/]/.test(path)) delete cache[path]
}

const failing = (code: string, message: string) => () => {
  throw Object.assign(new Error(message), { code })
}
const workingOn = (air: Air) => () => socketClass(air)

function system(limits: Partial<RadioLimits> = {}, known = () => true): Radio {
  const log = testLog()
  const radio = createNobleRadio({
    clock: createClock(),
    log,
    open: systemDriver(log, { known }),
    limits: { ...TEST_LIMITS, ...limits },
  })
  onTestFinished(() => radio.close())
  return radio
}

async function poweredAir(): Promise<Air> {
  const air = new Air()
  air.addController()
  onTestFinished(() => air.close())
  return Promise.resolve(air)
}

/** Whatever is missing, everything that can be asked of the radio ends within the test, in words. */
async function expectNothingHangs(radio: Radio): Promise<void> {
  const stop = await radio.listen(() => undefined)
  const options = { connectTimeoutMs: 100, discoveryTimeoutMs: 100 }
  expect((await failureOf(radio.connect('a1b2c3d4e5f6', options))).kind).toBe('unavailable')
  await stop()
}

beforeEach(() => {
  forgetNoble()
  onTestFinished(() => met.clear())
})

describe('the package is not there', () => {
  it('is told in one word, and tried again', async () => {
    met.set(NOBLE, failing('MODULE_NOT_FOUND', `Cannot find module '${NOBLE}'`))
    const radio = system()
    expect(radio.health()).toEqual({ state: 'unknown', reason: null, detail: null })
    const told: (string | null)[] = []
    radio.onHealth(({ reason }) => told.push(reason))
    expect(await radio.start()).toMatchObject({ state: 'unavailable', reason: 'notInstalled' })
    expect(told).toEqual(['notInstalled'])
    expect((await radio.start()).detail).toContain('Cannot find module')
    await expectNothingHangs(radio)
  })

  it('nothing of it is looked at before the radio is started', () => {
    const asked = vi.fn(failing('MODULE_NOT_FOUND', 'asked'))
    met.set(NOBLE, asked)
    const open = createOpenRadio({ clock: createClock(), log: testLog() })
    const radios = ['system', 'demo', 'tcp://127.0.0.1:9', 'nonsense'].map((adapter) => open(adapter))
    expect(radios.map((radio) => radio.health().state)).toEqual(Array(4).fill('unknown'))
    expect(asked).not.toHaveBeenCalled()
  })

  it('an adapter nobody knows, and a demo without chargers, are refused in words', async () => {
    const open = createOpenRadio({ clock: createClock(), log: testLog() })
    for (const adapter of ['hci7', 'tcp://nowhere', 'demo']) {
      const radio = open(adapter)
      expect(await radio.start(), adapter).toMatchObject({ state: 'unavailable', reason: 'failed' })
      await expectNothingHangs(radio)
      await radio.close()
    }
  })
})

/** Elsewhere noble takes the system's Bluetooth, and no socket of ours. */
const hciHere = nobleInstalled() && process.platform === 'linux'

describe.skipIf(!hciHere)('the native part or the adapter fails', () => {
  const failures: readonly [string, () => unknown, Partial<RadioHealth>][] = [
    [
      'was built for another version',
      failing(
        'ERR_DLOPEN_FAILED',
        'compiled against a different Node.js version using NODE_MODULE_VERSION 115',
      ),
      { state: 'unavailable', reason: 'wrongBuild' },
    ],
    [
      'was never built',
      failing('MODULE_NOT_FOUND', "Cannot find module '../build/Release/bluetooth_hci_socket.node'"),
      { state: 'unavailable', reason: 'notInstalled' },
    ],
    [
      'meets a system without Bluetooth',
      () =>
        function BluetoothHciSocket() {
          failing('EAFNOSUPPORT', 'socket EAFNOSUPPORT, Address family not supported')()
        },
      { state: 'unavailable', reason: 'notSupported' },
    ],
    ['fails otherwise', failing('EIO', 'what nobody foresaw'), { state: 'unavailable', reason: 'failed' }],
    // Bluetooth in the kernel, no adapter: no error, only a warning, and a state that stays unknown
    ['finds no adapter', workingOn(new Air()), { state: 'unavailable', reason: 'noAdapter' }],
  ]

  it.each(failures)('%s: told at once, and "try again" works', async (_what, meets, health) => {
    met.set(NATIVE, meets)
    // a start that waited for its limit would outlast the test
    const radio = system({ stateMs: 600_000 })
    expect(await radio.start()).toMatchObject(health)
    expect(await radio.start()).toMatchObject(health)
    await expectNothingHangs(radio)
    met.set(NATIVE, workingOn(await poweredAir()))
    forgetNoble()
    expect(await radio.start()).toMatchObject({ state: 'ready', reason: null })
  })

  it('a kernel without Bluetooth is told before the native part is touched, which would end in an abort', async () => {
    const made = vi.fn(() => undefined)
    met.set(NATIVE, () => made)
    let known = false
    const radio = system({}, () => known)
    expect(await radio.start()).toMatchObject({ state: 'unavailable', reason: 'notSupported' })
    expect(made).not.toHaveBeenCalled()
    await expectNothingHangs(radio)
    // an adapter was plugged in, and the kernel loaded what it needs
    known = true
    met.set(NATIVE, workingOn(await poweredAir()))
    forgetNoble()
    expect((await radio.start()).state).toBe('ready')
  })

  it('"try again" after a failed load needs no restart of the program', async () => {
    met.set(NATIVE, failing('ERR_DLOPEN_FAILED', 'not yet'))
    const radio = system()
    expect((await radio.start()).reason).toBe('wrongBuild')
    met.set(NATIVE, workingOn(await poweredAir()))
    expect((await radio.start()).state).toBe('ready')
  })

  it('without the right to use it: told, with nothing on stdout; and again when the right is there', async () => {
    const said = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    onTestFinished(() => said.mockRestore())
    const air = await poweredAir()
    const adapter = air.adapter(0) as { forbidden: boolean }
    adapter.forbidden = true
    met.set(NATIVE, workingOn(air))
    const radio = system()
    expect(await radio.start()).toMatchObject({ state: 'unauthorized', reason: 'noPermission' })
    expect(said).not.toHaveBeenCalled()
    await expectNothingHangs(radio)
    adapter.forbidden = false
    expect((await radio.start()).state).toBe('ready')
  })

  it('an adapter that says nothing is given up after the limit', async () => {
    const silent = { isUp: true, forbidden: false, attach() {}, detach() {}, write() {} }
    met.set(NATIVE, () => socketClass({ adapter: () => silent }))
    const radio = system({ stateMs: 200 })
    expect(await radio.start()).toMatchObject({ state: 'unknown', reason: 'notAnswering' })
    await expectNothingHangs(radio)
  })

  it('switched off at the start, on later: begins by itself', async () => {
    const air = await poweredAir()
    const adapter = air.adapter(0) as unknown as { setPower(on: boolean): void }
    adapter.setPower(false)
    met.set(NATIVE, workingOn(air))
    const radio = system()
    expect(await radio.start()).toMatchObject({ state: 'off', reason: 'switchedOff' })
    const ready = new Promise<void>((resolve) =>
      radio.onHealth(({ state }) => state === 'ready' && resolve()),
    )
    adapter.setPower(true)
    await ready
  })

  it('leaves Ctrl-C and the end of the process to the console', async () => {
    met.set(NATIVE, workingOn(await poweredAir()))
    const before = ['SIGINT', 'exit'].map((name) => process.listenerCount(name))
    const radio = system()
    expect((await radio.start()).state).toBe('ready')
    expect(['SIGINT', 'exit'].map((name) => process.listenerCount(name))).toEqual(before)
  })
})
