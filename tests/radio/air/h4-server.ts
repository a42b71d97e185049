import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { Controller } from './controller.ts'
import { H4Reader } from './h4.ts'
import type { HciHost } from './transport.ts'

export interface HciServer {
  /** For `bluetooth.adapter`: `tcp://127.0.0.1:PORT`. */
  readonly url: string
  readonly port: number
  /** Hosts it has had so far. */
  connections(): number
  /** Cuts the cable: the host loses its connection, the controller starts afresh at the next one. */
  drop(): void
  close(): Promise<void>
}

/**
 * A virtual controller as H4 packets over TCP, the way virtual and remote controllers are offered. One host at a
 * time; without one, and when it leaves, the controller is as after a reset. No connections while it is off.
 */
export async function serveHci(controller: Controller, options: { port?: number } = {}): Promise<HciServer> {
  let connections = 0
  const hosts = new Set<H4Host>()
  const server = createServer((socket) => {
    if (hosts.size > 0 || !controller.isUp) {
      socket.destroy()
      return
    }
    connections += 1
    const host = new H4Host(controller, socket)
    hosts.add(host)
    socket.on('close', () => hosts.delete(host))
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const drop = () => hosts.forEach((host) => host.leave())
  return {
    url: `tcp://127.0.0.1:${port}`,
    port,
    connections: () => connections,
    drop,
    async close() {
      drop()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

class H4Host implements HciHost {
  private readonly controller: Controller
  private readonly socket: Socket

  constructor(controller: Controller, socket: Socket) {
    this.controller = controller
    this.socket = socket
    const reader = new H4Reader()
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.read(reader, chunk))
    socket.on('error', () => {})
    socket.on('close', () => this.left())
    controller.attach(this)
  }

  receive(packet: Buffer): void {
    if (this.socket.writable) this.socket.write(packet)
  }

  powerChanged(up: boolean): void {
    if (!up) this.leave()
  }

  leave(): void {
    this.socket.destroy()
  }

  private read(reader: H4Reader, chunk: Buffer): void {
    try {
      for (const packet of reader.push(chunk)) this.controller.write(packet, this)
    } catch {
      this.leave()
    }
  }

  private left(): void {
    this.controller.detach(this)
    this.controller.reset()
  }
}
