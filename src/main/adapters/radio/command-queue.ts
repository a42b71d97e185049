import { EVENT, PACKET } from './h4.ts'

/** As the Linux kernel does: a command that nobody answers does not hold the others back for ever. */
const ANSWER_MS = 2000

/**
 * HCI commands one after another, as many at a time as the controller allows. On Linux the kernel does that for
 * noble, which sends its commands in bursts; a bare controller at the end of a wire would drop them.
 */
export class CommandQueue {
  readonly #send: (packet: Buffer) => void
  readonly #waiting: Buffer[] = []
  #allowed = 1
  #timer: NodeJS.Timeout | null = null

  constructor(send: (packet: Buffer) => void) {
    this.#send = send
  }

  push(command: Buffer): void {
    this.#waiting.push(command)
    this.#next()
  }

  /** Looks at what came from the controller. */
  heard(packet: Buffer): void {
    if (packet.readUInt8(0) !== PACKET.event) return
    const event = packet.readUInt8(1)
    if (event === EVENT.commandComplete) this.#allow(packet.readUInt8(3))
    else if (event === EVENT.commandStatus) this.#allow(packet.readUInt8(4))
  }

  clear(): void {
    this.#waiting.length = 0
    if (this.#timer) clearTimeout(this.#timer)
  }

  #allow(count: number): void {
    this.#allowed = count
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#next()
  }

  #next(): void {
    while (this.#allowed > 0) {
      const command = this.#waiting.shift()
      if (!command) return
      this.#allowed -= 1
      if (this.#timer) clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.#allow(1), ANSWER_MS)
      this.#timer.unref()
      this.#send(command)
    }
  }
}
