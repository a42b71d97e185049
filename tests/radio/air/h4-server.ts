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

/** How long a host may wait for the one before it to be gone: its last packets are still on their way. */
const HANDOVER_MS = 250

/**
 * A virtual controller as H4 packets over TCP, the way virtual and remote controllers are offered. One host at a
 * time; when it leaves, the controller is as after a reset. No connections while it is off.
 */
export async function serveHci(controller: Controller, options: { port?: number } = {}): Promise<HciServer> {
  const hosts = new Hosts(controller)
  const server = createServer((socket) => hosts.arrive(socket.on('error', () => {})))
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `tcp://127.0.0.1:${port}`,
    port,
    connections: () => hosts.taken,
    drop: () => hosts.drop(),
    async close() {
      hosts.drop()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

class Hosts {
  taken = 0
  private readonly controller: Controller
  private current: H4Host | null = null
  private waiting: { readonly socket: Socket; readonly timer: NodeJS.Timeout } | null = null

  constructor(controller: Controller) {
    this.controller = controller
  }

  arrive(socket: Socket): void {
    if (!this.controller.isUp || this.waiting !== null) socket.destroy()
    else if (this.current === null) this.take(socket)
    else this.wait(socket)
  }

  drop(): void {
    this.waiting?.socket.destroy()
    this.current?.leave()
  }

  private take(socket: Socket): void {
    this.taken += 1
    this.current = new H4Host(this.controller, socket)
    socket.on('close', () => this.left())
  }

  private wait(socket: Socket): void {
    this.waiting = { socket, timer: setTimeout(() => socket.destroy(), HANDOVER_MS) }
    socket.on('close', () => {
      if (this.waiting?.socket === socket) this.stopWaiting()
    })
  }

  private stopWaiting(): Socket | null {
    const { waiting } = this
    this.waiting = null
    if (waiting !== null) clearTimeout(waiting.timer)
    return waiting?.socket ?? null
  }

  private left(): void {
    this.current = null
    const next = this.stopWaiting()
    if (next !== null && !next.destroyed) this.arrive(next)
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
