import { describe, expect, it, onTestFinished } from 'vitest'
import type { RadioFailure, RadioHealth } from '#core/chargers/radio.ts'
import type { RadioLimits } from '#main/adapters/radio/limits.ts'
import { ask } from '../fixtures/radio-conformance.ts'
import { nobleInstalled } from './air/index.ts'
import { seededRandom } from './air/timing.ts'
import { CONNECT, consoleWorld, failureOf, heard, idOf, type ConsoleWorld } from './support/console-radio.ts'
import { chargerName, type ChargerSketch } from './support/world.ts'

/** Milliseconds of a step that ends by its own limit, with room for a busy machine. */
const LIMIT = 150
const bytes = (text: string) => Buffer.from(text, 'latin1')
const other = chargerName(1)
/** an attempt is under way, and no device has answered it */
const isTrying = ({ adapter }: Pick<ConsoleWorld, 'adapter'>) =>
  expect.poll(() => adapter.initiating, { interval: 2 }).not.toBeNull()

async function one(
  sketch: ChargerSketch = {},
  more: readonly ChargerSketch[] = [],
  limits: Partial<RadioLimits> = {},
) {
  const world = await consoleWorld([sketch, ...more], { limits })
  const id = await idOf(world.radio)
  const [charger] = world.chargers
  if (!charger) throw new Error('no charger')
  return { ...world, id, charger }
}

const turned = ({ radio }: ConsoleWorld, state: RadioHealth['state']) =>
  new Promise<RadioHealth>((resolve) => {
    const stop = radio.onHealth((health) => {
      if (health.state !== state) return
      stop()
      resolve(health)
    })
  })

/** One test for each of the twelve ways noble itself never answers, or answers wrongly (ble.md §5). */
describe.skipIf(!nobleInstalled())('what noble does not survive by itself', { timeout: 15_000 }, () => {
  it('1: a device that has gone: the attempt ends, and the device is reached when it is back', async () => {
    const { radio, id, charger } = await one()
    charger.setNear(false)
    const failure = await failureOf(radio.connect(id, { ...CONNECT, connectTimeoutMs: LIMIT }))
    expect(failure.kind).toBe('connectTimeout')
    charger.setNear(true)
    const link = await radio.connect(await idOf(radio), CONNECT)
    expect(await ask(link, '@STA&')).toBe('@STA&')
  })

  it('2: of two attempts at once, cancelling the one that waits leaves the other alone', async () => {
    const { radio, id, charger, chargers, adapter } = await one({}, [{}])
    const otherId = await idOf(radio, other)
    charger.setNear(false)
    const first = radio.connect(id, CONNECT)
    const patience = new AbortController()
    const waiting = failureOf(radio.connect(otherId, { ...CONNECT, signal: patience.signal }))
    await isTrying({ adapter })
    patience.abort()
    expect((await waiting).kind).toBe('cancelled')
    charger.setNear(true)
    expect(await ask(await first, '@STA&')).toBe('@STA&')
    expect(chargers.map((each) => each.connections)).toEqual([1, 0])
  })

  it('3: cancelled and tried again at once: the second link is the only one', async () => {
    const { radio, id, charger, air, adapter } = await one()
    charger.setNear(false)
    const patience = new AbortController()
    const first = failureOf(radio.connect(id, { ...CONNECT, signal: patience.signal }))
    await isTrying({ adapter })
    patience.abort()
    const second = radio.connect(id, CONNECT)
    charger.setNear(true)
    expect((await first).kind).toBe('cancelled')
    const link = await second
    expect(await ask(link, '@STA&')).toBe('@STA&')
    expect(charger.connections).toBe(1)
    await link.close()
    expect(air.links.size).toBe(0)
  })

  it('3: a link that came up while its attempt was being cancelled is closed again', async () => {
    const { radio, id, charger, air } = await one()
    // at every moment of an attempt, for it takes only some ms here
    for (let after = 0; after < 30; after++) {
      const patience = new AbortController()
      const attempt = radio.connect(id, { ...CONNECT, signal: patience.signal })
      setTimeout(() => patience.abort(), after / 2)
      const link = await attempt.catch((error: RadioFailure) => {
        expect(error.kind).toBe('cancelled')
        return null
      })
      await link?.close()
      await expect.poll(() => air.links.size, { timeout: 1000, interval: 2 }).toBe(0)
    }
    const link = await radio.connect(await idOf(radio), CONNECT)
    expect(await ask(link, '@STA&')).toBe('@STA&')
    expect(charger.connected).toBe(true)
  })

  it('4: an ATT error to a write: the write ends by its limit, and no later one takes its answer', async () => {
    const { radio, id, charger } = await one({ faults: { writeError: 0x0e } })
    const link = await radio.connect(id, CONNECT)
    expect((await failureOf(link.write(bytes('@STA&'), LIMIT))).kind).toBe('writeTimeout')
    charger.faults.writeError = null
    expect((await failureOf(link.write(bytes('@STA&'), 5000))).kind).toBe('writeTimeout')
    await link.close()
    const again = await radio.connect(await idOf(radio), CONNECT)
    expect(await ask(again, '@STA&')).toBe('@STA&')
  })

  it('5: a drop with a write outstanding ends the write, the link and what is tried on it later', async () => {
    // a close that waited for its limit would outlast the test
    const { radio, id, charger } = await one({ faults: { writeError: 0x0e } }, [], { closeMs: 600_000 })
    const link = await radio.connect(id, CONNECT)
    const outstanding = failureOf(link.write(bytes('@STA&'), 5000))
    const lost = new Promise<RadioFailure>((resolve) => link.onLost(resolve))
    setTimeout(() => charger.dropLink(), 20)
    expect((await outstanding).kind).toBe('lost')
    expect((await lost).message).toContain('0x13')
    expect((await failureOf(link.write(bytes('@STA&'), 5000))).kind).toBe('lost')
    await link.close()
  })

  it('5: a power cut in the middle of a reply is noticed', async () => {
    const { radio, id } = await one({ faults: { cutReply: { afterBytes: 3, by: 'power' } } })
    const link = await radio.connect(id, CONNECT)
    const failure = await failureOf(ask(link, '@STA&'))
    expect(failure.kind).toBe('lost')
    expect(failure.message).toContain('0x8')
  })

  it('6: after a step that timed out, the next attempt on the same device subscribes', async () => {
    const { radio, id, charger } = await one({ faults: { deaf: true } })
    for (let i = 0; i < 2; i++) {
      const failure = await failureOf(radio.connect(id, { ...CONNECT, discoveryTimeoutMs: LIMIT }))
      expect(failure.kind).toBe('discoveryTimeout')
    }
    charger.faults.deaf = false
    const link = await radio.connect(id, CONNECT)
    expect(await ask(link, '@STA&')).toBe('@STA&')
    expect(link.layout).toEqual({ service: 'ffe0', write: 'ffe1', notify: 'ffe1' })
  })

  it('7: the adapter off and on: links are lost, the scan goes on, the same device is reached', async () => {
    const world = await one()
    const { radio, id, adapter, nobles } = world
    const link = await radio.connect(id, CONNECT)
    const lost = new Promise<RadioFailure>((resolve) => link.onLost(resolve))
    const names: (string | null)[] = []
    const stop = await radio.listen(({ name }) => names.push(name))
    adapter.setPower(false)
    expect((await lost).kind).toBe('unavailable')
    expect(radio.health()).toMatchObject({ state: 'off', reason: 'switchedOff' })
    expect((await failureOf(radio.connect(id, CONNECT))).kind).toBe('unavailable')
    names.length = 0
    const ready = turned(world, 'ready')
    adapter.setPower(true)
    await ready
    await expect.poll(() => names, { timeout: 3000 }).toContain(chargerName(0))
    await stop()
    const again = await radio.connect(id, CONNECT)
    expect(await ask(again, '@STA&')).toBe('@STA&')
    expect(nobles.length).toBe(2)
  })

  it('7: off for less than noble looks: the stale link is forgotten before the next attempt', async () => {
    const { radio, id, adapter, charger } = await one()
    const link = await radio.connect(id, CONNECT)
    adapter.setPower(false)
    adapter.setPower(true)
    expect((await failureOf(link.write(bytes('@STA&'), LIMIT))).kind).toBe('writeTimeout')
    // nobody closes it: noble still believes in it, and would refuse the next one
    await expect.poll(() => charger.connected, { timeout: 2000 }).toBe(false)
    const again = await radio.connect(id, CONNECT)
    expect(await ask(again, '@STA&')).toBe('@STA&')
  })

  it.each(['invalidPdu', 'none', 'notSupported'] as const)(
    '8: a module that answers the MTU exchange with %s still carries commands',
    async (mtuAnswer) => {
      const { radio, id } = await one({ faults: { mtuAnswer } })
      const link = await radio.connect(id, CONNECT)
      expect(link.chunkBytes).toBe(20)
      expect(await ask(link, '@STA&')).toBe('@STA&')
    },
  )

  it('9: long frames leave in pieces that fit, at MTU 23 and at a larger one', async () => {
    const frame = `@POWERON|1|30|1700000000|${'a'.repeat(32)}&`
    for (const [mtu, pieces] of [
      [23, [20, 20, 18]],
      [185, [58]],
    ] as const) {
      const { radio, id, charger } = await one({ mtu })
      const link = await radio.connect(id, CONNECT)
      expect(link.chunkBytes).toBe(mtu - 3)
      expect(await ask(link, frame)).toBe(frame)
      expect(charger.received.map((piece) => piece.length)).toEqual(pieces)
      expect((await failureOf(link.write(Buffer.alloc(mtu - 2), 1000))).kind).toBe('writeFailed')
    }
  })

  it('9: without write-with-response the pieces still arrive whole and in order', async () => {
    const frame = `@STIME|${'9'.repeat(56)}&`
    const { radio, id, charger } = await one({ layout: 'ffe0CommandOnly' })
    const link = await radio.connect(id, CONNECT)
    expect(await ask(link, frame)).toBe(frame)
    expect(charger.received.map((piece) => piece.length)).toEqual([20, 20, 20, 4])
  })

  it('10: every device is heard again and again, with fresh signals', async () => {
    const { radio } = await one({}, [{}, {}])
    const counts = new Map<string | null, number>()
    await heard(radio, ({ name, rssi }) => {
      expect(rssi).toBeLessThan(0)
      counts.set(name, (counts.get(name) ?? 0) + 1)
      return [0, 1, 2].every((i) => (counts.get(chargerName(i)) ?? 0) >= 5)
    })
  })

  it('11: commands are sent on the user channel as well', async () => {
    process.env['HCI_CHANNEL_USER'] = '1'
    try {
      const { radio, id } = await one()
      const link = await radio.connect(id, CONNECT)
      expect(await ask(link, '@STA&')).toBe('@STA&')
    } finally {
      delete process.env['HCI_CHANNEL_USER']
    }
  })

  it('12: drops at any moment of forty queued writes crash nothing and leave nothing open', async () => {
    const { radio, charger, air } = await one()
    const random = seededRandom(7)
    const warnings: string[] = []
    const warned = ({ message }: Error) => void warnings.push(message)
    process.on('warning', warned)
    onTestFinished(() => void process.removeListener('warning', warned))
    for (let round = 0; round < 40; round++) {
      const link = await radio.connect(await idOf(radio), CONNECT)
      const writes = Array.from({ length: 40 }, () =>
        link.write(bytes('@STA&'), 1000).catch((e: unknown) => e),
      )
      setTimeout(() => charger.dropLink(), random() * 6)
      for (const end of await Promise.all(writes)) {
        if (end !== undefined) expect((end as RadioFailure).kind).toBe('lost')
      }
      await link.close()
    }
    expect(air.links.size).toBe(0)
    // listeners of forty attempts on one device (5.6)
    expect(warnings.filter((text) => text.includes('leak'))).toEqual([])
  })
})
