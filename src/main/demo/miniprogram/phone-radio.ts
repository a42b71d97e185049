import type { Radio, RadioLink } from '#core/chargers/radio.ts'
import { readPorts, readReply, type Reply } from '#core/chargers/reply.ts'
import type { Clock } from '#core/ports.ts'
import { SECOND } from '#shared/time.ts'
import { because, Trouble } from './trouble.ts'
import { clockText, signatureOf, type FirmwareVariant } from '../chargers/variant.ts'

const HEAR_WITHIN = 15 * SECOND
const CONNECT_WITHIN = 10 * SECOND
const REPLY_WITHIN = 6 * SECOND

/** What went through the air, for the page that shows it. */
export interface AirLine {
  readonly direction: 'sent' | 'received'
  readonly text: string
}

export interface Target {
  readonly btName: string
  /** as getDeviceInfo gave it */
  readonly jamCode: string
  /** what the mini-program was written for (B-05, B-06) */
  readonly style: Pick<FirmwareVariant, 'sigCase' | 'tsFormat'>
}

/** A phone's Bluetooth: connects to a charger as a mini-program does, with frames that it signs itself. */
export class PhoneRadio {
  readonly #radio: Radio
  readonly #clock: Clock
  readonly #stamps = new Map<string, number>()

  constructor(radio: Radio, clock: Clock) {
    this.#radio = radio
    this.#clock = clock
  }

  /** The ports, packed for reportDevicePort (U-17). */
  ports(target: Target): Promise<{ packed: string; lines: AirLine[] }> {
    return this.#connected(target, (talk) => talk.ports())
  }

  /** Sets the charger's clock, powers the port and reads the ports back. */
  powerOn(target: Target, port: number, minutes: number): Promise<{ packed: string; lines: AirLine[] }> {
    return this.#connected(target, async (talk) => {
      await talk.set('STIME', [clockText(this.#clock.now())])
      await talk.set('POWERON', [String(port), String(minutes)])
      return talk.ports()
    })
  }

  async #connected(
    target: Target,
    work: (talk: Talk) => Promise<string>,
  ): Promise<{ packed: string; lines: AirLine[] }> {
    const lines: AirLine[] = []
    const link = await this.#connect(target.btName)
    try {
      const talk = new Talk(link, { target, clock: this.#clock, lines, stamp: () => this.#stamp(target) })
      return { packed: await work(talk), lines }
    } finally {
      await link.close()
    }
  }

  async #connect(btName: string): Promise<RadioLink> {
    const radioId = await this.#hear(btName)
    const times = { connectTimeoutMs: CONNECT_WITHIN, discoveryTimeoutMs: CONNECT_WITHIN }
    return this.#radio.connect(radioId, times).catch((error: unknown) => {
      throw new Trouble('connectFailed', because(error))
    })
  }

  async #hear(btName: string): Promise<string> {
    const found = Promise.withResolvers<string>()
    const stop = await this.#radio.listen(({ name, radioId }) => {
      if (name === btName) found.resolve(radioId)
    })
    const patience = new AbortController()
    const late = this.#clock.sleep(HEAR_WITHIN, patience.signal).then(
      () => Promise.reject(new Trouble('notNear')),
      () => new Promise<never>(() => undefined),
    )
    try {
      return await Promise.race([found.promise, late])
    } finally {
      patience.abort()
      await stop()
    }
  }

  /** Seconds that rise for each charger: none takes one twice (B-29). */
  #stamp({ btName }: Target): number {
    const stamp = Math.max(Math.floor(this.#clock.now() / SECOND), (this.#stamps.get(btName) ?? 0) + 1)
    this.#stamps.set(btName, stamp)
    return stamp
  }
}

interface TalkParts {
  readonly target: Target
  readonly clock: Clock
  readonly lines: AirLine[]
  readonly stamp: () => number
}

class Talk {
  readonly #link: RadioLink
  readonly #parts: TalkParts
  #came = ''
  #heard: (frame: string) => void = () => undefined

  constructor(link: RadioLink, parts: TalkParts) {
    this.#link = link
    this.#parts = parts
    link.onBytes((bytes) => this.#receive(bytes))
  }

  async ports(): Promise<string> {
    const reading = readPorts((await this.#ask('@STA&')).fields)
    if (!reading) throw new Trouble('portsUnreadable')
    return reading.packed
  }

  /** A timestamp that the desk used this second is refused once. */
  async set(command: string, parameters: readonly string[]): Promise<void> {
    let reply = await this.#ask(this.#frame(command, parameters))
    if (reply.status === 2) reply = await this.#ask(this.#frame(command, parameters))
    if (reply.status !== 0) throw new Trouble('chargerRefused', `${command} ${reply.status}`)
  }

  #frame(command: string, parameters: readonly string[]): string {
    const { style, jamCode } = this.#parts.target
    const seconds = this.#parts.stamp()
    const stamp = style.tsFormat === 'unix' ? String(seconds) : clockText(seconds * SECOND)
    const signed = [command, ...parameters, stamp]
    return `@${[...signed, signatureOf(signed, jamCode, style.sigCase)].join('|')}&`
  }

  async #ask(frame: string): Promise<Reply> {
    const { clock, lines } = this.#parts
    const answer = new Promise<string>((resolve) => {
      this.#heard = resolve
    })
    this.#came = ''
    lines.push({ direction: 'sent', text: frame })
    const patience = new AbortController()
    const late = clock.sleep(REPLY_WITHIN, patience.signal).then(
      () => Promise.reject(new Trouble('noAnswer')),
      () => new Promise<never>(() => undefined),
    )
    try {
      await this.#write(frame)
      const text = await Promise.race([answer, late])
      lines.push({ direction: 'received', text })
      const reply = readReply(text)
      if (!reply) throw new Trouble('badReply', text)
      return reply
    } finally {
      patience.abort()
    }
  }

  async #write(frame: string): Promise<void> {
    const bytes = new TextEncoder().encode(frame)
    const size = this.#link.chunkBytes
    try {
      for (let at = 0; at < bytes.length; at += size)
        await this.#link.write(bytes.subarray(at, at + size), REPLY_WITHIN)
    } catch (error) {
      throw new Trouble('writeFailed', because(error))
    }
  }

  #receive(bytes: Uint8Array): void {
    this.#came += Buffer.from(bytes).toString('latin1')
    const end = this.#came.indexOf('&')
    if (end < 0) return
    const start = this.#came.lastIndexOf('@', end)
    this.#heard(this.#came.slice(Math.max(0, start), end + 1))
    this.#came = this.#came.slice(end + 1)
  }
}
