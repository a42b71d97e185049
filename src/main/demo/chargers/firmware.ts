import type { Clock } from '#core/ports.ts'
import { Faults } from '../faults.ts'
import { answerTo, isSetCommand, type Board, type Rules, type Status } from './commands.ts'
import { DeviceClock } from './device-clock.ts'
import { REFUSING, type FirmwareFault } from './firmware-faults.ts'
import { FrameReader } from './frame-reader.ts'
import { PORT_COUNT, PortBank, type Rounding } from './port-bank.ts'
import { PLAIN_STYLE, replyText, type ReplyStyle } from './reply-style.ts'
import { Transmitter, type Outgoing } from './transmitter.ts'
import { jamCodeOfChip, PLAIN, type FirmwareVariant } from './variant.ts'

export interface FirmwareOptions extends Partial<Omit<Rules, 'variant' | 'jamCode'>> {
  /** as advertised, 16 characters */
  readonly name: string
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'sleep'>
  readonly variant?: FirmwareVariant
  /** another one than the chip id gives */
  readonly jamCode?: string
  /** s the charger's clock is ahead at the start; absent: it was just powered and shows its initial value */
  readonly clockSkewS?: number
  /** minutes left of ports 1–4 at the start; 999 is broken for good */
  readonly ports?: readonly number[]
  readonly rounding?: Rounding
  readonly style?: Partial<ReplyStyle>
  /** a command it does not know: answered 1, or not at all */
  readonly unknown?: 'fail' | 'silent'
  readonly spoiltPort?: number
  /** faults that it always has, on top of what is switched on */
  readonly quirks?: readonly FirmwareFault[]
  readonly slowMs?: number
  readonly lateMs?: number
  /** how long the power is away after a cut within a reply */
  readonly powerOffMs?: number
  /** the link ends by the charger's own doing */
  readonly onDrop?: () => void
  /** radio and all: what has no power does not advertise */
  readonly onPower?: (on: boolean) => void
}

/** A frame as it came, for tests and traces. */
export interface SeenCommand {
  /** epoch ms of the world's clock, not of the charger's */
  readonly at: number
  readonly command: string
  /** whole, `@`…`&` */
  readonly frame: string
  /** the digit of the reply; null: none was sent */
  readonly status: Status | null
}

export interface Firmware {
  readonly name: string
  readonly variant: FirmwareVariant
  readonly powered: boolean
  /** Bytes from the radio; replies come in pieces, now or later, never after a power cut. */
  receive(bytes: Uint8Array, reply: (bytes: Uint8Array) => void): void
  powerCut(): void
  powerBack(): void
  setFault(fault: FirmwareFault, on: boolean | number, command?: string): void
  faults(): FirmwareFault[]
  /** every whole frame that came, in order */
  readonly commands: readonly SeenCommand[]
  /** epoch ms of what the charger's clock shows */
  readonly time: number
  /** minutes of ports 1–4 as STA tells them */
  ports(): number[]
  /** how often the LEDs were made to flash */
  readonly blinks: number
}

export const createFirmware = (options: FirmwareOptions): Firmware => new Machine(options)

type Reply = (bytes: Uint8Array) => void

const DEFAULTS = { unknown: 'fail', spoiltPort: 2, slowMs: 1500, lateMs: 4500, powerOffMs: 3000 } as const
/** what the stranger at port 1 still has */
const BUSY_MINUTES = 45
const BUSY_PORT = 1
const GARBLED = ['5000', '1', '20x3']

class Machine implements Firmware {
  readonly name: string
  readonly variant: FirmwareVariant
  readonly commands: SeenCommand[] = []
  readonly #options: FirmwareOptions & typeof DEFAULTS
  readonly #style: ReplyStyle
  readonly #rules: Rules
  readonly #board: Board
  readonly #reader = new FrameReader()
  readonly #faults = new Faults<FirmwareFault>()
  readonly #broken: ReadonlySet<number>
  readonly #transmitter: Transmitter
  /** without power until the fault is switched off */
  #dark = false

  constructor(options: FirmwareOptions) {
    const { name, clock, variant = PLAIN, clockSkewS } = options
    this.name = name
    this.variant = variant
    this.#options = { ...DEFAULTS, ...options } as FirmwareOptions & typeof DEFAULTS
    this.#style = { ...PLAIN_STYLE, ...options.style }
    this.#transmitter = new Transmitter(clock, this.#style)
    this.#rules = rulesOf(options, variant)
    const start = clockSkewS === undefined ? null : clock.now() + clockSkewS * 1000
    const ports = new PortBank(clock, options.rounding ?? 'up')
    const broken = new Set<number>()
    for (const [i, minutes] of (options.ports ?? []).entries()) {
      if (minutes === 999) broken.add(i + 1)
      else ports.start(i + 1, minutes)
    }
    for (const port of broken) ports.setBroken(port, true)
    this.#broken = broken
    this.#board = {
      clock: new DeviceClock(clock, start),
      ports,
      seen: new Set(),
      blinks: 0,
      clockStuck: false,
    }
  }

  get powered(): boolean {
    return this.#transmitter.powered
  }

  get time(): number {
    return this.#board.clock.time
  }

  get blinks(): number {
    return this.#board.blinks
  }

  ports(): number[] {
    return Array.from({ length: PORT_COUNT }, (_, i) => this.#board.ports.minutes(i + 1))
  }

  receive(bytes: Uint8Array, reply: Reply): void {
    if (!this.powered) return
    for (const frame of this.#reader.push(bytes)) this.#transmitter.enqueue(() => this.#serve(frame, reply))
  }

  powerCut(): void {
    if (!this.powered) return
    this.#transmitter.powerCut()
    this.#reader.clear()
    this.#board.ports.powerCut()
    this.#options.onPower?.(false)
  }

  /** The clock starts anew, the ports go on (seed 003 §二 1.6, 2.3). */
  powerBack(): void {
    if (this.powered) return
    this.#transmitter.powerBack()
    this.#board.clock.lose()
    this.#board.seen.clear()
    this.#board.ports.powerBack()
    this.#options.onPower?.(true)
  }

  setFault(fault: FirmwareFault, on: boolean | number, command = ''): void {
    const { clock, ports } = this.#board
    if (fault === 'clockLost') {
      if (on) clock.lose()
      return
    }
    this.#faults.set(fault, on, command)
    if (fault === 'port999') ports.setBroken(this.#spoilt, Boolean(on) || this.#broken.has(this.#spoilt))
    if (fault === 'busyPort' && on) ports.start(BUSY_PORT, BUSY_MINUTES)
    if (fault === 'busyPort' && !on) ports.stop(BUSY_PORT)
    if (fault !== 'powerCut' || command !== '') return
    this.#dark = on === true
    if (this.#dark) this.powerCut()
    else if (on === false) this.powerBack()
  }

  faults(): FirmwareFault[] {
    return this.#faults.active()
  }

  #strikes(fault: FirmwareFault, command: string): boolean {
    return this.#options.quirks?.includes(fault) === true || this.#faults.strikes(fault, command)
  }

  get #spoilt(): number {
    return this.#options.spoiltPort
  }

  /** null: no reply */
  #serve(frame: string, reply: Reply): Outgoing | null {
    const fields = frame.split('|')
    const [command = ''] = fields
    const strikes = (fault: FirmwareFault) => this.#strikes(fault, command)
    const answer = strikes('silent') ? null : this.#answer(fields)
    const status = answer === null || strikes('replyLost') ? null : answer.status
    this.commands.push({ at: this.#options.clock.now(), command, frame: `@${frame}&`, status })
    if (answer === null || status === null) return null
    const garbled = status === 0 && strikes('garbled')
    return {
      text: replyText(this.#style, status, garbled ? GARBLED : answer.fields),
      delayMs: this.#delay(strikes),
      reply,
      breakOff: this.#breakOff(strikes),
    }
  }

  #delay(strikes: (fault: FirmwareFault) => boolean): number {
    if (strikes('lateReplies')) return this.#options.lateMs
    return strikes('slowReplies') ? this.#options.slowMs : this.#style.delayMs
  }

  #breakOff(strikes: (fault: FirmwareFault) => boolean): (() => void) | null {
    if (strikes('dropMidReply')) return () => this.#options.onDrop?.()
    return strikes('powerCut') ? () => this.#cutForAWhile() : null
  }

  #answer(fields: readonly string[]): { status: Status; fields: readonly string[] } | null {
    const [command = ''] = fields
    if (isSetCommand(command))
      for (const [fault, status] of REFUSING) if (this.#strikes(fault, command)) return { status, fields: [] }
    this.#board.clockStuck = command === 'STIME' && this.#strikes('clockStuck', command)
    const answer = answerTo(fields, this.#rules, this.#board)
    if (answer === null && this.#options.unknown === 'fail') return { status: 1, fields: [] }
    return answer
  }

  #cutForAWhile(): void {
    this.powerCut()
    void this.#powerBackLater()
  }

  async #powerBackLater(): Promise<void> {
    await this.#options.clock.sleep(this.#options.powerOffMs)
    if (!this.#dark) this.powerBack()
  }
}

function rulesOf(options: FirmwareOptions, variant: FirmwareVariant): Rules {
  const jamCode = options.jamCode ?? jamCodeOfChip(options.name.slice(4), variant.jamParity)
  return {
    variant,
    jamCode,
    toleranceS: options.toleranceS ?? 60,
    stimeChecksClock: options.stimeChecksClock ?? false,
    timestampFirst: options.timestampFirst ?? false,
    minutesWidth: options.minutesWidth ?? 0,
    busy: options.busy ?? 'restart',
    idleOff: options.idleOff ?? 0,
    blink: options.blink ?? 'both',
  }
}
