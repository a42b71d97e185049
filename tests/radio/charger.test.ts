import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { nobleInstalled } from './air/index.ts'
import { command, named, openLink, scanFor, staysOpen, within } from './support/central.ts'
import { charger, chargerName, radioWorld, type ChargerSketch } from './support/world.ts'

const NAME = chargerName(0)
const soon = <T>(promise: Promise<T>) => within(4000, promise, () => 'nothing happened')
async function world(sketch: ChargerSketch) {
  const made = await radioWorld([sketch])
  const peripheral = named(await scanFor(made.noble, [NAME]), NAME)
  return { ...made, peripheral, charger: charger(made) }
}

/** What modules do wrong, as noble meets it; how the console copes is tested elsewhere. */
describe.skipIf(!nobleInstalled())('a charger of the air', { timeout: 10_000 }, () => {
  it('takes a write and stays silent', async () => {
    const { peripheral, charger } = await world({ faults: { silent: true } })
    const link = await openLink(peripheral)
    expect(await staysOpen(command(link, '@STA&'))).toBe(true)
    expect(charger.received.join()).toBe('@STA&')
  })

  it('answers a write with an ATT error, which noble passes over: the write never settles', async () => {
    const { peripheral, charger } = await world({ faults: { writeError: 0x0e } })
    const link = await openLink(peripheral)
    expect(await staysOpen(link.write.writeAsync(Buffer.from('@STA&'), false))).toBe(true)
    expect(charger.received).toEqual([])
  })

  it('drops a write longer than its MTU, and has no long writes', async () => {
    const { peripheral, charger } = await world({})
    const { write } = await openLink(peripheral)
    await write.writeAsync(Buffer.alloc(66, '@'), true)
    expect(await staysOpen(write.writeAsync(Buffer.alloc(66, '@'), false))).toBe(true)
    expect(charger.received).toEqual([])
  })

  it('takes a long write when it has them', async () => {
    const { peripheral, charger } = await world({ faults: { longWrites: true } })
    const { write } = await openLink(peripheral)
    await soon(write.writeAsync(Buffer.alloc(66, '@'), false))
    expect(charger.received.map(({ length }) => length)).toEqual([66])
  })

  it.each(['invalidPdu', 'none'] as const)(
    'hangs noble by its answer to the MTU request: %s',
    async (mtuAnswer) => {
      const { peripheral } = await world({ faults: { mtuAnswer } })
      await soon(peripheral.connectAsync())
      expect(await staysOpen(peripheral.discoverServicesAsync([]))).toBe(true)
    },
  )

  it('does no harm by not supporting the MTU request', async () => {
    const { peripheral } = await world({ faults: { mtuAnswer: 'notSupported' } })
    expect(await soon(command(await openLink(peripheral), '@STA&'))).toBe('@STA&')
  })

  it('sends a reply in pieces of any size, with gaps', async () => {
    const { peripheral } = await world({ faults: { replyChunk: 3, replyGapMs: 5, replyDelayMs: 20 } })
    const { write, notify } = await openLink(peripheral)
    const pieces: string[] = []
    notify.on('data', (bytes: Buffer) => pieces.push(bytes.toString('latin1')))
    await write.writeAsync(Buffer.from('@QTIME&'), false)
    while (pieces.join('') !== '@QTIME&') await soon(once(notify, 'data'))
    expect(pieces).toEqual(['@QT', 'IME', '&'])
  })

  it('loses its power in the middle of a reply', async () => {
    const { peripheral, charger } = await world({ faults: { cutReply: { afterBytes: 4, by: 'power' } } })
    const { write, notify } = await openLink(peripheral)
    const [reply, lost] = [once(notify, 'data'), once(peripheral, 'disconnect')]
    await write.writeAsync(Buffer.from('@QTIME&'), false)
    expect(String((await soon(reply))[0])).toBe('@QTI')
    expect((await soon(lost))[0]).toBe(0x08)
    expect(charger.powered).toBe(false)
  })

  it('comes back under another address when it wanders, with the same name', async () => {
    const { noble, peripheral, charger } = await world({ wanders: true })
    charger.powerCut()
    await charger.powerOn()
    const again = named(await scanFor(noble, [NAME]), NAME)
    expect(again.address).not.toBe(peripheral.address)
    expect([again.addressType, peripheral.addressType]).toEqual(['random', 'random'])
    expect(await soon(command(await openLink(again), '@STA&'))).toBe('@STA&')
  })

  it('has no service for one connection, and has it again for the next', async () => {
    const { peripheral, charger } = await world({})
    charger.hideServiceOnce()
    await expect(soon(openLink(peripheral))).rejects.toThrow('no serial service')
    await soon(peripheral.disconnectAsync())
    expect(await soon(command(await openLink(peripheral), '@STA&'))).toBe('@STA&')
  })

  it('hands its signal strength to a connected central', async () => {
    const { peripheral } = await world({ rssi: -77 })
    await openLink(peripheral)
    expect(Math.abs((await soon(peripheral.updateRssiAsync())) + 77)).toBeLessThanOrEqual(3)
  })

  it('delivers in order and without gaps whatever ends the link, and takes the next one', async () => {
    const { air, peripheral, charger } = await world({ faults: { silent: true } })
    for (let round = 0; round < 40; round += 1) {
      const { write } = await soon(openLink(peripheral))
      charger.received.length = 0
      const lost = once(peripheral, 'disconnect')
      // what is still queued when the link ends never settles: not waited for
      for (let n = 0; n < 40; n += 1) void write.writeAsync(Buffer.from([n]), true)
      for (let turns = air.random() * 20; turns > 0; turns -= 1) await turn()
      if (round % 2 === 0) charger.dropLink()
      else void peripheral.disconnectAsync()
      await soon(lost)
      const numbers = charger.received.map((bytes) => bytes.readUInt8(0))
      expect(numbers).toEqual(numbers.map((_, n) => n))
      peripheral.removeAllListeners()
    }
    expect([charger.connections, charger.connected, air.links.size]).toEqual([40, false, 0])
  })
})
