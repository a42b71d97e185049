import * as fc from 'fast-check'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Radio, RadioHealth } from '#core/chargers/radio.ts'
import { createClock } from '#main/adapters/clock.ts'
import { H4Reader } from '#main/adapters/radio/h4.ts'
import { createNobleRadio } from '#main/adapters/radio/noble-radio.ts'
import { tcpDriver } from '#main/adapters/radio/tcp-driver.ts'
import { ask } from '../fixtures/radio-conformance.ts'
import { testLog } from '../fixtures/store.ts'
import { Air, nobleInstalled, serveHci, startChargers, type HciServer } from './air/index.ts'
import { CONNECT, failureOf, idOf, TEST_LIMITS } from './support/console-radio.ts'
import { echoFirmware } from './support/echo-firmware.ts'
import { chargerName } from './support/world.ts'

function radioAt(url: string): Radio {
  const [clock, log] = [createClock(), testLog()]
  const radio = createNobleRadio({
    clock,
    log,
    open: tcpDriver({ url, clock, log, limits: TEST_LIMITS }),
    limits: TEST_LIMITS,
  })
  onTestFinished(() => radio.close())
  return radio
}

/** A charger, and an adapter offered over TCP. */
async function remote() {
  const air = new Air()
  const adapter = air.addController()
  const [charger] = await startChargers(air, [{ name: chargerName(0), firmware: echoFirmware() }])
  const open = new Set<HciServer>()
  const serve = async (port?: number) => {
    const server = await serveHci(adapter, port === undefined ? {} : { port })
    open.add(server)
    return server
  }
  onTestFinished(async () => {
    for (const server of open) await server.close().catch(() => undefined)
    charger?.powerCut()
    air.close()
  })
  return { air, adapter, charger, serve }
}

const turned = (radio: Radio, state: RadioHealth['state']) =>
  new Promise<RadioHealth>((resolve) => {
    const stop = radio.onHealth((health) => {
      if (health.state !== state) return
      stop()
      resolve(health)
    })
  })

describe.skipIf(!nobleInstalled())('a remote adapter over TCP', () => {
  it('carries a whole exchange through the HCI stack', async () => {
    const { serve } = await remote()
    const radio = radioAt((await serve()).url)
    const link = await radio.connect(await idOf(radio), CONNECT)
    expect(await ask(link, '@QTIME&')).toBe('@QTIME&')
    const long = `@STIME|${'7'.repeat(60)}&`
    expect(await ask(link, long)).toBe(long)
    await link.close()
  })

  it('says when the connection ended, loses the links with it, and begins again when asked', async () => {
    const { serve } = await remote()
    const server = await serve()
    const radio = radioAt(server.url)
    const link = await radio.connect(await idOf(radio), CONNECT)
    const gone = turned(radio, 'unavailable')
    server.drop()
    expect(await gone).toMatchObject({ state: 'unavailable', reason: 'remoteGone' })
    expect(link.lost?.kind).toBe('unavailable')
    expect((await failureOf(link.write(Buffer.from('@'), 1000))).kind).toBe('unavailable')
    expect(await radio.start()).toMatchObject({ state: 'ready', reason: null })
    const again = await radio.connect(await idOf(radio), CONNECT)
    expect(await ask(again, '@STA&')).toBe('@STA&')
  })

  it('says that nobody listens there, and finds who does later', async () => {
    const { serve } = await remote()
    const server = await serve()
    await server.close()
    const radio = radioAt(server.url)
    expect(await radio.start()).toMatchObject({ state: 'unavailable', reason: 'remoteGone' })
    await serve(server.port)
    expect(await radio.start()).toMatchObject({ state: 'ready' })
    expect(await idOf(radio)).toMatch(/^[0-9a-f]{12}$/)
  })

  it('goes on listening after a failure, once it is asked to begin again', async () => {
    const { serve } = await remote()
    const server = await serve()
    await server.close()
    const radio = radioAt(server.url)
    const heard = Promise.withResolvers<string | null>()
    const stop = await radio.listen(({ name }) => heard.resolve(name))
    expect(radio.health().state).toBe('unavailable')
    await serve(server.port)
    await radio.start()
    expect(await heard.promise).toBe(chargerName(0))
    await stop()
  })

  it('gives up what takes the connection and says nothing', async () => {
    const taken: Socket[] = []
    const server = createServer((socket) => taken.push(socket)).listen(0, '127.0.0.1')
    onTestFinished(() => {
      for (const socket of taken) socket.destroy()
      server.close()
    })
    await new Promise((resolve) => server.once('listening', resolve))
    const radio = radioAt(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`)
    expect(await radio.start()).toMatchObject({ state: 'unavailable', reason: 'notAnswering' })
  })

  it('gives up what speaks another language', async () => {
    const server = createServer((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n')).listen(
      0,
      '127.0.0.1',
    )
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const radio = radioAt(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const health = await radio.start()
    expect(health).toMatchObject({ state: 'unavailable', reason: 'remoteGone' })
    expect(health.detail).toContain('no H4 packet')
  })

  it('leaves the stack of the computer’s own adapter as it was', async () => {
    const { cache, resolve } = createRequire(import.meta.url)
    const path = resolve('@abandonware/noble/lib/hci-socket/hci')
    const before = cache[path]
    const { serve } = await remote()
    const radio = radioAt((await serve()).url)
    expect((await radio.start()).state).toBe('ready')
    expect(cache[path]).toBe(before)
  })
})

describe('H4', () => {
  /** event, ACL of 300 bytes, event without parameters, ISO with its two flag bits set */
  const packets = [
    Buffer.from([4, 0x0e, 4, 1, 3, 0x0c, 0]),
    Buffer.concat([Buffer.from([2, 0x40, 0x20, 0x2c, 0x01]), Buffer.alloc(300, 7)]),
    Buffer.from([4, 0xff, 0]),
    Buffer.from([5, 1, 0, 2, 0xc0, 9, 9]),
  ]

  it('is cut into packets however it arrives', () => {
    const stream = Buffer.concat(packets)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 12 }), (cuts) => {
        const reader = new H4Reader()
        const edges = [0, ...cuts.toSorted((a, b) => a - b), stream.length]
        const found = edges.slice(1).flatMap((end, i) => reader.push(stream.subarray(edges[i], end)))
        expect(found).toEqual(packets)
      }),
    )
  })

  it('does not guess after an unknown indicator', () => {
    expect(() => new H4Reader().push(Buffer.from([9, 1, 2]))).toThrow('indicator 0x9')
  })
})
