import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { H4Reader } from './h4.ts'
import type { Adapters, HciHost, HciTransport } from './transport.ts'

/**
 * A controller reached over H4 and TCP as the only adapter: `loadVirtualNoble(await connectHci(url))` is the bare
 * stack over the same link that the console takes.
 */
export class H4Client implements HciTransport, Adapters {
  readonly forbidden = false
  isUp = true
  /** Resolves when the connection has ended, by whichever side. */
  readonly closed: Promise<void>
  private readonly socket: Socket
  private readonly hosts = new Set<HciHost>()

  constructor(socket: Socket) {
    this.socket = socket
    const reader = new H4Reader()
    socket.setNoDelay(true)
    socket.on('data', (chunk) => {
      for (const packet of reader.push(chunk)) for (const host of this.hosts) host.receive(packet)
    })
    socket.on('error', () => {})
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.isUp = false
        resolve()
      })
    })
  }

  adapter(): HciTransport {
    return this
  }

  attach(host: HciHost): void {
    this.hosts.add(host)
  }

  detach(host: HciHost): void {
    this.hosts.delete(host)
  }

  write(packet: Buffer): void {
    if (this.socket.writable) this.socket.write(packet)
  }

  close(): void {
    this.socket.destroy()
  }
}

/** `tcp://HOST:PORT` */
export async function connectHci(url: string): Promise<H4Client> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  return new H4Client(socket)
}
