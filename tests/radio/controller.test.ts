import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Air, socketClass, type Controller, type VirtualHciSocket } from './air/index.ts'
import { aclPacket, addressBytes, OPCODE, PACKET, u16 } from './air/hci.ts'

/** All types and events of a raw socket. */
const EVERYTHING = Buffer.concat([Buffer.alloc(12, 0xff), Buffer.alloc(4)])

interface Host {
  readonly socket: VirtualHciSocket
  /** Packets so far, in hex. */
  readonly heard: string[]
}

function newAir(): Air {
  const air = new Air()
  onTestFinished(() => air.close())
  return air
}

function hostAt(air: Air, controller: Controller, filter = EVERYTHING): Host {
  const socket = new (socketClass(air))()
  const heard: string[] = []
  socket.on('data', (packet: Buffer) => heard.push(packet.toString('hex')))
  socket.bindRaw(air.idOf(controller))
  socket.setFilter(filter)
  socket.start()
  return { socket, heard }
}

function commandPacket(opcode: number, parameters = Buffer.alloc(0)): Buffer {
  return Buffer.concat([
    Buffer.from([PACKET.command]),
    u16(opcode),
    Buffer.from([parameters.length]),
    parameters,
  ])
}

/** LE Create Connection: 7.5 ms, 420 ms of silence. */
function createConnection(address: string): Buffer {
  const times = [6, 6, 0, 42, 4, 6].map(u16)
  const scan = [u16(0x60), u16(0x30), Buffer.from([0, 0])]
  return commandPacket(
    OPCODE.leCreateConnection,
    Buffer.concat([...scan, addressBytes(address), Buffer.from([0]), ...times]),
  )
}

const advertise = () => commandPacket(OPCODE.leSetAdvertisingEnable, Buffer.from([1]))

async function until(done: () => boolean): Promise<void> {
  while (!done()) await turn()
}

/** Two hosts with a link between them, what led there forgotten. */
async function linked(air: Air) {
  const [a, b] = [air.addController(), air.addController({ maxLinks: 1 })]
  const [central, peripheral] = [hostAt(air, a), hostAt(air, b)]
  peripheral.socket.write(advertise())
  central.socket.write(createConnection(b.address))
  const complete = (packet: string) => packet.startsWith('043e13')
  await until(() => [central, peripheral].every(({ heard }) => heard.some(complete)))
  const handle = (host: Host) => Buffer.from(host.heard.find(complete) ?? '', 'hex').readUInt16LE(5)
  const handles = [handle(central), handle(peripheral)] as const
  for (const { heard } of [central, peripheral]) heard.length = 0
  return { a, b, central, peripheral, handles }
}

describe('a virtual controller', { timeout: 10_000 }, () => {
  it('answers an unknown command with Command Status 0x01', async () => {
    const air = newAir()
    const { socket, heard } = hostAt(air, air.addController())
    socket.write(commandPacket(0x2041))
    await until(() => heard.length > 0)
    expect(heard).toEqual(['040f0401014120'])
  })

  it('hands raw sockets nothing before a filter is set, then what it lets through', async () => {
    const air = newAir()
    const controller = air.addController()
    const onlyStatus = Buffer.alloc(16)
    onlyStatus.writeUInt32LE(1 << PACKET.event, 0)
    onlyStatus.writeUInt32LE(1 << 0x0f, 4)
    const closed = hostAt(air, controller, Buffer.alloc(16))
    const some = hostAt(air, controller, onlyStatus)
    const all = hostAt(air, controller)
    all.socket.write(commandPacket(OPCODE.reset))
    all.socket.write(commandPacket(0x2041))
    await until(() => all.heard.length === 2)
    expect([closed.heard, some.heard]).toEqual([[], ['040f0401014120']])
  })

  it('shows one host what another on the same adapter sends, and events to both', async () => {
    const air = newAir()
    const controller = air.addController()
    const [one, other] = [hostAt(air, controller), hostAt(air, controller)]
    one.socket.write(commandPacket(OPCODE.reset))
    await until(() => other.heard.length === 2)
    expect(one.heard).toEqual(['040e0401030c00'])
    expect(other.heard).toEqual(['01030c00', '040e0401030c00'])
  })

  it('initiates one connection at a time, and confirms a cancel by an event of its own', async () => {
    const air = newAir()
    const { socket, heard } = hostAt(air, air.addController())
    socket.write(createConnection('02:00:00:00:00:99'))
    socket.write(createConnection('02:00:00:00:00:98'))
    socket.write(commandPacket(OPCODE.leCreateConnectionCancel))
    socket.write(commandPacket(OPCODE.leCreateConnectionCancel))
    await until(() => heard.length === 5)
    const answers = heard.filter((packet) => !packet.startsWith('043e'))
    expect(answers).toEqual(['040f0400010d20', '040f040c010d20', '040e04010e2000', '040e04010e200c'])
    expect(heard.find((packet) => packet.startsWith('043e'))).toMatch(/^043e130102/)
  })

  it('carries fragments with their boundary, and gives the buffers back', async () => {
    const { central, peripheral, handles } = await linked(newAir())
    const [start, rest] = [Buffer.alloc(27, 1), Buffer.alloc(5, 2)]
    central.socket.write(aclPacket(handles[0], 0, start))
    central.socket.write(aclPacket(handles[0], 1, rest))
    await until(() => peripheral.heard.length === 2 && central.heard.length === 1)
    expect(peripheral.heard).toEqual([
      aclPacket(handles[1], 2, start).toString('hex'),
      aclPacket(handles[1], 1, rest).toString('hex'),
    ])
    expect(central.heard).toEqual([`04130501${u16(handles[0]).toString('hex')}0200`])
  })

  it('has eight buffers of 27 bytes and says when more is put in', async () => {
    const { central, peripheral, handles } = await linked(newAir())
    for (let n = 0; n < 9; n += 1) central.socket.write(aclPacket(handles[0], 0, Buffer.from([n])))
    central.socket.write(aclPacket(handles[0], 0, Buffer.alloc(28)))
    await until(() => peripheral.heard.length === 8)
    await turn()
    expect(peripheral.heard).toHaveLength(8)
    expect(central.heard.filter((packet) => packet === '041a0101')).toHaveLength(2)
  })

  it('ends a link with 0x16 here and the given reason there', async () => {
    const { a, b, central, peripheral, handles } = await linked(newAir())
    central.socket.write(
      commandPacket(OPCODE.disconnect, Buffer.concat([u16(handles[0]), Buffer.from([0x13])])),
    )
    await until(() => central.heard.length === 2 && peripheral.heard.length === 1)
    expect(central.heard.at(-1)).toBe(`04050400${u16(handles[0]).toString('hex')}16`)
    expect(peripheral.heard).toEqual([`04050400${u16(handles[1]).toString('hex')}13`])
    expect([a.links.size, b.links.size]).toEqual([0, 0])
  })

  it('tells both ends of a silent link after the supervision timeout', async () => {
    const { b, central, peripheral } = await linked(newAir())
    b.setNear(false)
    const start = performance.now()
    await until(() => central.heard.length + peripheral.heard.length === 2)
    expect(performance.now() - start).toBeGreaterThan(415)
    expect([...central.heard, ...peripheral.heard].map((packet) => packet.slice(-2))).toEqual(['08', '08'])
  })

  it('changes the interval of a link on LE Connection Update', async () => {
    const { central, handles } = await linked(newAir())
    const times = [24, 40, 0, 100, 0, 0].map(u16)
    central.socket.write(commandPacket(OPCODE.leConnectionUpdate, Buffer.concat([u16(handles[0]), ...times])))
    await until(() => central.heard.length === 2)
    expect(central.heard[1]).toMatch(/^043e0a0300/)
  })

  it('does not advertise while there is no room for a link', async () => {
    const { peripheral } = await linked(newAir())
    peripheral.socket.write(advertise())
    await until(() => peripheral.heard.length === 1)
    expect(peripheral.heard).toEqual(['040e04010a200c'])
  })
})
