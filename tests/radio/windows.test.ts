import { describe, expect, it, onTestFinished } from 'vitest'
import type { Advertisement, RadioFailure } from '#core/chargers/radio.ts'
import { createClock } from '#main/adapters/clock.ts'
import { createNobleRadio } from '#main/adapters/radio/noble-radio.ts'
import { tame } from '#main/adapters/radio/tame.ts'
import { ask } from '../fixtures/radio-conformance.ts'
import { testLog } from '../fixtures/store.ts'
import { nobleInstalled } from './air/index.ts'
import { CONNECT, failureOf, heard, TEST_LIMITS } from './support/console-radio.ts'
import { nobleOn, WinrtDouble, type FarDevice } from './support/winrt-double.ts'

const NAME = 'BUC_1A2B3C4D5E6F'
const FIRST: FarDevice = { id: 'f3c0', name: NAME }
const SECOND: FarDevice = { id: 'a771', name: 'BUC_00A1B2C3D4E5' }

function windows(...devices: FarDevice[]) {
  const system = new WinrtDouble(devices)
  const log = testLog()
  const clock = createClock()
  let loaded = 0
  let ahead = 0
  const radio = createNobleRadio({
    clock: { ...clock, monotonic: () => clock.monotonic() + ahead },
    log,
    open: () => {
      loaded++
      return Promise.resolve(tame(nobleOn(system), log))
    },
    limits: TEST_LIMITS,
  })
  onTestFinished(() => radio.close())
  return { system, radio, loads: () => loaded, later: (ms: number) => void (ahead += ms) }
}

const SHORT = { connectTimeoutMs: 100, discoveryTimeoutMs: 100 }

/** What HCI cannot show: noble's upper half is real here, the system below it is a double. */
describe.skipIf(!nobleInstalled())('noble on Windows and macOS', { timeout: 5000 }, () => {
  it('hears a device without its name first, without an address, and with its name later', async () => {
    const { system, radio } = windows(FIRST)
    const all: Advertisement[] = []
    const named = heard(radio, (one) => {
      all.push(one)
      if (one.name === null) system.advertise(FIRST.id, `${NAME}\0`)
      return one.name !== null
    })
    expect(await named).toMatchObject({ radioId: FIRST.id, name: NAME, rssi: -60 })
    expect(all[0]).toMatchObject({ radioId: FIRST.id, name: null })
  })

  it('carries a command in pieces of 20 bytes, each with an answer', async () => {
    const { system, radio } = windows(FIRST)
    await heard(radio, () => true)
    const link = await radio.connect(FIRST.id, CONNECT)
    expect(link.layout).toEqual({ service: 'ffe0', write: 'ffe1', notify: 'ffe1' })
    expect(link.chunkBytes).toBe(20)
    const frame = `@STIME|${'5'.repeat(30)}&`
    expect(await ask(link, frame)).toBe(frame)
    expect(system.calls.filter((call) => call.startsWith('write'))).toEqual([
      `write ${frame.slice(0, 20)}`,
      `write ${frame.slice(20)}`,
    ])
  })

  it('"connected" without a link behind it ends as a discovery that came to nothing', async () => {
    const far: FarDevice = { ...FIRST, unreachable: true }
    const { system, radio } = windows(far, SECOND)
    await heard(radio, ({ radioId }) => radioId === SECOND.id)
    expect((await failureOf(radio.connect(far.id, SHORT))).kind).toBe('discoveryTimeout')
    expect(system.calls).toContain(`disconnect ${far.id}`)
    const link = await radio.connect(SECOND.id, CONNECT)
    expect(await ask(link, '@STA&')).toBe('@STA&')
    far.unreachable = false
    expect(await ask(await radio.connect(far.id, CONNECT), '@STA&')).toBe('@STA&')
  })

  it('an attempt that cannot be cancelled is closed instead, and the next one begins', async () => {
    const { system, radio } = windows({ ...FIRST, neverConnects: true }, SECOND)
    await heard(radio, ({ radioId }) => radioId === SECOND.id)
    const attempts = [radio.connect(FIRST.id, SHORT), radio.connect(SECOND.id, CONNECT)] as const
    expect((await failureOf(attempts[0])).kind).toBe('connectTimeout')
    expect(await ask(await attempts[1], '@STA&')).toBe('@STA&')
    const about = system.calls.filter((call) => call.includes('connect'))
    expect(about).toEqual([`connect ${FIRST.id}`, `disconnect ${FIRST.id}`, `connect ${SECOND.id}`])
  })

  it('does not scan during an attempt, and goes on after it', async () => {
    const { system, radio } = windows(FIRST)
    const stop = await radio.listen(() => undefined)
    await heard(radio, () => true)
    system.calls.length = 0
    await radio.connect(FIRST.id, CONNECT)
    expect(system.calls).toEqual(['stopScanning', `connect ${FIRST.id}`, 'startScanning'])
    await stop()
    expect(system.scanning).toBe(false)
  })

  it('a scan that somebody else ended begins again', async () => {
    const { system, radio, later } = windows(FIRST)
    const stop = await radio.listen(() => undefined)
    await expect.poll(() => system.scanning).toBe(true)
    // not soon after an order of its own
    later(500)
    system.stopScanning()
    await expect.poll(() => system.scanning).toBe(true)
    await stop()
  })

  it('a write that is confirmed although nothing arrived proves nothing; a drop is told', async () => {
    const device: FarDevice = { ...FIRST }
    const { system, radio } = windows(device)
    await heard(radio, () => true)
    const link = await radio.connect(FIRST.id, CONNECT)
    const replies: Uint8Array[] = []
    link.onBytes((bytes) => replies.push(bytes))
    device.unreachable = true
    await link.write(Buffer.from('@STA&'), 100)
    const lost = new Promise<RadioFailure>((resolve) => link.onLost(resolve))
    system.drop(FIRST.id)
    expect((await lost).kind).toBe('lost')
    expect(replies).toEqual([])
  })

  it('the adapter off and on: the links are lost, the same driver goes on, the device is reached', async () => {
    const { system, radio, loads } = windows(FIRST)
    await heard(radio, () => true)
    const link = await radio.connect(FIRST.id, CONNECT)
    let found = 0
    const stop = await radio.listen(() => void found++)
    const lost = new Promise<RadioFailure>((resolve) => link.onLost(resolve))
    system.setPower(false)
    expect((await lost).kind).toBe('unavailable')
    expect(radio.health()).toMatchObject({ state: 'off', reason: 'switchedOff' })
    expect(await radio.start()).toMatchObject({ state: 'off' })
    found = 0
    system.setPower(true)
    await expect.poll(() => found).toBeGreaterThan(0)
    const again = await radio.connect(FIRST.id, CONNECT)
    expect(await ask(again, '@STA&')).toBe('@STA&')
    expect(loads()).toBe(1)
    await stop()
  })

  it('ends the driver when it is closed', async () => {
    const { system, radio } = windows(FIRST)
    await radio.start()
    await radio.close()
    expect(system.ended).toBe(true)
  })
})
