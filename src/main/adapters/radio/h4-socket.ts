import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { CommandQueue } from './command-queue.ts'
import { EVENT, H4Reader, PACKET, RESET } from './h4.ts'

/** What noble's HCI stack takes for a socket of the system: HCI packets over a TCP connection (H4). */
export class H4Socket extends EventEmitter {
  readonly #tcp: Socket
  readonly #reader = new H4Reader()
  readonly #commands: CommandQueue
  readonly #received: Buffer[] = []
  #started = false
  #turning = false

  constructor(tcp: Socket) {
    super()
    this.#tcp = tcp
    this.#commands = new CommandQueue((packet) => this.#transmit(packet))
    tcp.setNoDelay(true)
    tcp.setKeepAlive(true, 10_000)
    tcp.on('data', (chunk) => this.#take(chunk))
    tcp.on('error', (error) => this.emit('gone', error.message))
    tcp.on('close', () => this.emit('gone', 'the connection ended'))
  }

  /** A controller may have kept scans and links of the host before. Calls back when it is as new. */
  reset(done: () => void): void {
    const answered = (packet: Buffer) => {
      const complete = packet.readUInt8(0) === PACKET.event && packet.readUInt8(1) === EVENT.commandComplete
      if (!complete || packet.readUInt16LE(4) !== RESET) return
      this.off('early', answered)
      done()
    }
    this.on('early', answered)
    this.#commands.push(Buffer.from([PACKET.command, RESET & 0xff, RESET >> 8, 0]))
  }

  bindRaw(): void {}

  bindUser(): void {}

  /** One connection, one host: nothing to filter. */
  setFilter(): void {}

  isDevUp(): boolean {
    return !this.#tcp.destroyed
  }

  start(): void {
    this.#started = true
  }

  stop(): void {
    this.#started = false
    this.#received.length = 0
    this.#commands.clear()
    this.#tcp.destroy()
  }

  write(packet: Buffer): void {
    if (packet.readUInt8(0) === PACKET.command) this.#commands.push(packet)
    else this.#transmit(packet)
  }

  #transmit(packet: Buffer): void {
    if (this.#tcp.writable) this.#tcp.write(packet)
  }

  #take(chunk: Buffer): void {
    try {
      for (const packet of this.#reader.push(chunk)) {
        this.#commands.heard(packet)
        if (this.#started) this.#received.push(packet)
        else this.emit('early', packet)
      }
    } catch (error) {
      this.emit('gone', error instanceof Error ? error.message : String(error))
      this.#tcp.destroy()
    }
    this.#turn()
  }

  /** One packet a turn, as from the system: between two, noble finishes what it began asynchronously. */
  #turn(): void {
    if (this.#turning || this.#received.length === 0) return
    this.#turning = true
    setImmediate(() => {
      this.#turning = false
      const packet = this.#received.shift()
      if (packet && this.#started) this.emit('data', packet)
      this.#turn()
    })
  }
}
