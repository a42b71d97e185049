import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { USUAL_LIMITS, type ConnectionLimits } from '#main/lan/connections.ts'
import type { Answered, Handled } from '#main/lan/handle.ts'
import { startLanServer, type LanServer } from '#main/lan/server.ts'

/** Short, so that nobody waits for them; what they are about would outlast the test. */
const LIMITS = { ...USUAL_LIMITS, requestMs: 1000, checkEveryMs: 50, lingerMs: 50, perAddress: 4 }
const DRIP_MS = 20
const HEAD = 'POST /x HTTP/1.1\r\nHost: x\r\n'
const SAID: Answered = {
  status: 200,
  json: '{"code":0}',
  code: 0,
  endpoint: null,
  body: null,
  match: null,
  replayed: false,
  long: null,
}

/** more than all buffers between the two sides hold */
const LARGE = Buffer.alloc(64 * 1024 * 1024, 'x')

let server: LanServer
let sent: () => void
const kept: Handled[] = []
const sockets: Socket[] = []
beforeEach(async () => {
  server = await listening(LIMITS)
})
const listening = (limits: ConnectionLimits) =>
  startLanServer(
    {
      handle: ({ url }) =>
        Promise.resolve({ ...SAID, long: url === '/large' ? { bytes: LARGE, sent: () => sent() } : null }),
      perAddressPerSecond: () => 0,
      admits: () => true,
      seen: ({ handled }) => kept.push(handled),
      monotonic: () => performance.now(),
    },
    { host: '0.0.0.0', port: 0 },
    limits,
  )
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await server.close()
})

/** A client that never closes its side; `said` is what it was told. */
async function patient(
  from = '127.0.0.1',
): Promise<{ socket: Socket; said: () => string; over: () => Promise<void> }> {
  const socket = connect({ port: server.port, host: '127.0.0.1', localAddress: from, allowHalfOpen: true })
  sockets.push(socket)
  let said = ''
  socket.on('data', (part) => (said += part.toString()))
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
    // a socket that the other side destroyed is told so when it writes
    socket.on('error', () => socket.destroy())
  })
  await Promise.race([once(socket, 'connect'), closed])
  return { socket, said: () => said, over: () => closed }
}

/** One byte after the other, as long as anybody takes them. */
function drip(socket: Socket, first: string): void {
  socket.write(first)
  const timer = setInterval(() => socket.write('a'), DRIP_MS)
  socket.once('close', () => clearInterval(timer))
}

it.each([
  ['its headers', HEAD],
  ['its body', `${HEAD}Content-Length: 60000\r\n\r\n`],
])(
  'a client that never ends %s is told so and cut off, though it keeps its side open',
  async (_what, first) => {
    const { socket, said, over } = await patient()
    drip(socket, first)
    await over()
    expect(said()).toMatch(/^HTTP\/1\.1 408 /)
  },
)

it('one that sends nothing is cut off as well', async () => {
  const { socket, said, over } = await patient()
  await once(socket, 'end')
  expect(said()).toMatch(/^HTTP\/1\.1 408 /)
  drip(socket, '')
  await over()
})

it('one that sent what is no HTTP is cut off after the answer', async () => {
  const { socket, said, over } = await patient()
  drip(socket, 'no HTTP\r\n\r\n')
  await over()
  expect(said()).toMatch(/^HTTP\/1\.1 400 /)
})

const ask = async (from: string) => {
  const { socket, said, over } = await patient(from)
  socket.end(`${HEAD}Connection: close\r\nContent-Length: 0\r\n\r\n`)
  await over()
  return said()
}

// other addresses of this computer that need no set-up, which macOS has not
it.skipIf(process.platform === 'darwin')(
  'an address has so many connections and no more; the others do not notice',
  async () => {
    const held = []
    for (let i = 0; i < LIMITS.perAddress; i += 1) held.push(await patient('127.0.0.9'))
    for (const { socket } of held) socket.write(`${HEAD}Content-Length: 0\r\n\r\n`)
    await Promise.all(held.map(({ socket }) => once(socket, 'data')))
    expect(await ask('127.0.0.9')).toBe('')
    expect(await ask('127.0.0.3')).toMatch(/^HTTP\/1\.1 200 /)
    const [first] = held
    first?.socket.end()
    await first?.over()
    await vi.waitFor(async () => expect(await ask('127.0.0.9')).toMatch(/^HTTP\/1\.1 200 /))
  },
)

const ASK_LARGE = 'GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
const largeSent = () => new Promise<void>((resolve) => (sent = resolve))

it('who does not read a long answer is cut off, and it is let go', async () => {
  await server.close()
  server = await listening({ ...LIMITS, sendMs: 300 })
  const over = largeSent()
  const { socket } = await patient()
  socket.pause()
  socket.write(ASK_LARGE)
  await over
})

it('who reads a long answer gets it whole, and no more than its beginning is kept', async () => {
  const over = largeSent()
  const { socket, said, over: closed } = await patient()
  socket.end(ASK_LARGE)
  await Promise.all([over, closed()])
  expect(said().length - said().indexOf('\r\n\r\n') - 4).toBe(LARGE.length)
  expect(kept.flatMap((handled) => Object.keys(handled))).not.toContain('long')
})
