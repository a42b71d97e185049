import { once } from 'node:events'
import { connect } from 'node:net'
import { array, assert, nat, oneof, property, uint8Array } from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Air, connectHci, loadVirtualNoble, nobleInstalled, serveHci, type Noble } from './air/index.ts'
import { H4Reader } from './air/h4.ts'
import { aclPacket, commandComplete } from './air/hci.ts'
import { command, named, openLink, poweredOn, scanFor, within } from './support/central.ts'
import type { ChargersSetup } from './support/chargers-protocol.ts'
import { startChargersProcess, type ChargersProcess } from './support/start-chargers.ts'
import { chargerName } from './support/world.ts'

const soon = <T>(promise: Promise<T>) => within(4000, promise, () => 'nothing happened')

describe('H4 packets', () => {
  const packet = oneof(
    uint8Array({ maxLength: 60 }).map((bytes) => aclPacket(0x40, 0, Buffer.from(bytes))),
    uint8Array({ maxLength: 60 }).map((bytes) => commandComplete(0x1009, 0, Buffer.from(bytes))),
  )

  it('come whole out of a stream cut anywhere', () => {
    assert(
      property(array(packet, { maxLength: 8 }), array(nat(400)), (packets, cuts) => {
        const stream = Buffer.concat(packets)
        const reader = new H4Reader()
        const places = [
          0,
          ...cuts.filter((cut) => cut < stream.length).toSorted((a, b) => a - b),
          stream.length,
        ]
        const read = places.flatMap((from, index) =>
          reader.push(stream.subarray(from, places[index + 1] ?? from)),
        )
        expect(read).toEqual(packets)
      }),
    )
  })

  it('refuse what is none', () => {
    expect(() => new H4Reader().push(Buffer.from([0x7f]))).toThrow('not an H4 packet')
  })
})

describe('an adapter over TCP', () => {
  it('takes one host at a time, and none while it is off', async () => {
    const air = new Air()
    const controller = air.addController()
    const server = await serveHci(controller)
    onTestFinished(async () => {
      air.close()
      await server.close()
    })
    const first = await connectHci(server.url)
    // longer than a leaving host would need
    const second = connect(server.port, '127.0.0.1').on('error', () => undefined)
    await soon(once(second, 'close'))
    expect(first.isUp).toBe(true)
    controller.setPower(false)
    const third = connect(server.port, '127.0.0.1').on('error', () => undefined)
    await soon(once(third, 'close'))
    expect([first.isUp, server.connections()]).toEqual([false, 1])
  })
})

describe.skipIf(!nobleInstalled())('chargers in a process of their own', { timeout: 15_000 }, () => {
  async function chargers(setup: ChargersSetup): Promise<ChargersProcess> {
    const remote = await startChargersProcess(setup)
    onTestFinished(() => remote.close())
    return remote
  }

  async function central(url: string) {
    const client = await connectHci(url)
    const { noble, close } = loadVirtualNoble(client)
    const leave = () => {
      close()
      client.close()
    }
    onTestFinished(leave)
    await soon(poweredOn(noble))
    return { noble, leave }
  }

  const name = chargerName(1)

  async function poweredOff(noble: Noble): Promise<void> {
    while (noble.state !== 'poweredOff') await once(noble, 'stateChange')
  }

  it('are scanned and answer as their firmware does, and say what they saw', async () => {
    const remote = await chargers({
      chargers: Array.from({ length: 20 }, (_, n) => ({
        name: chargerName(n),
        firmware: { ports: [0, 3, 45, 999] },
      })),
      strangers: ['HEADSET'],
    })
    const { noble } = await central(remote.url)
    const found = await scanFor(noble, [...(await remote.names()), 'HEADSET'])
    const link = await soon(openLink(named(found, name)))
    expect(await soon(command(link, '@STA&'))).toBe('@OK|0|1000|2003|3045|4999&')
    const state = await remote.state(name)
    expect(state.commands.map(({ command, status }) => [command, status])).toEqual([['STA', 0]])
    expect(state).toMatchObject({ powered: true, connected: true, connections: 1, received: ['@STA&'] })
  })

  it('lose a host that vanishes and are found again by the next one', async () => {
    const remote = await chargers({ chargers: [{ name }] })
    const first = await central(remote.url)
    await soon(openLink(named(await scanFor(first.noble, [name]), name)))
    first.leave()
    const second = await central(remote.url)
    // the charger believes in its link until the supervision timeout
    const link = await soon(openLink(named(await scanFor(second.noble, [name]), name)))
    expect(await soon(command(link, '@LEDBLINK&'))).toBe('@OK|0&')
    expect(await remote.state(name)).toMatchObject({ connections: 2, blinks: 1 })
  })

  it('end their link, or lose their power, in the middle of a reply when told to', async () => {
    const remote = await chargers({ chargers: [{ name, firmware: { powerOffMs: 50 } }] })
    const { noble } = await central(remote.url)
    const peripheral = named(await scanFor(noble, [name]), name)
    const reasons: unknown[] = []
    for (const fault of ['dropMidReply', 'powerCut'] as const) {
      await remote.setFault(name, fault, 1, 'QTIME')
      const link = await soon(openLink(peripheral))
      const reply = once(link.notify, 'data')
      const lost = once(peripheral, 'disconnect')
      await link.write.writeAsync(Buffer.from('@QTIME&'), false)
      expect(String((await soon(reply))[0])).toMatch(/^@OK\|0\|\d+$/)
      reasons.push((await soon(lost))[0])
    }
    expect(reasons).toEqual([0x13, 0x08])
    await soon(openLink(named(await scanFor(noble, [name]), name)))
    expect(new Date((await remote.state(name)).time).getUTCFullYear()).toBeLessThan(2001)
  })

  it('do on the air what they are told', async () => {
    const remote = await chargers({ chargers: [{ name }] })
    const { noble } = await central(remote.url)
    const peripheral = named(await scanFor(noble, [name]), name)
    const lost = () => soon(once(peripheral, 'disconnect'))

    await remote.setRadio(name, { refuse: { status: 0x3e, times: 1 } })
    await expect(soon(peripheral.connectAsync())).rejects.toThrow('0x3e')

    await remote.hideServiceOnce(name)
    await expect(soon(openLink(peripheral))).rejects.toThrow('no serial service')
    const [hungUp] = await Promise.all([lost(), remote.dropLink(name)])
    expect(hungUp[0]).toBe(0x13)

    await soon(openLink(peripheral))
    const [silent] = await Promise.all([lost(), remote.setNear(name, false)])
    expect(silent[0]).toBe(0x08)
    await remote.setNear(name, true)

    await soon(openLink(peripheral))
    const [cut] = await Promise.all([lost(), remote.powerCut(name)])
    expect(cut[0]).toBe(0x08)
    await remote.powerOn(name)
    await soon(openLink(peripheral))
    expect((await remote.state(name)).connections).toBe(4)
  })

  it('are cut off with their adapter, and reached again when it is back', async () => {
    const remote = await chargers({ chargers: [{ name }] })
    const first = await connectHci(remote.url)
    await remote.setAdapter(false)
    await soon(first.closed)
    await remote.setAdapter(true)
    const { noble } = await central(remote.url)
    await remote.dropHost()
    await soon(poweredOff(noble))
    await scanFor((await central(remote.url)).noble, [name])
  })

  it('say why a question has no answer', async () => {
    const remote = await chargers({ chargers: [] })
    await expect(remote.state('BUC_NOBODY')).rejects.toThrow('no charger BUC_NOBODY')
  })
})
