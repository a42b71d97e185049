import { once } from 'node:events'
import type { Air } from './air.ts'
import { limitAtt } from './att.ts'
import { createBleno, endBleno, gattOf, type Bleno } from './bleno.ts'
import type { Controller, ControllerOptions } from './controller.ts'
import { NO_FAULTS, type ChargerFaults } from './faults.ts'
import { LAYOUTS, type LayoutName } from './layouts.ts'
import { sendReply, type ReplyTarget } from './reply.ts'
import { SerialService } from './serial-service.ts'

/** What is behind the radio module: bytes in, replies out, whenever it likes. */
export interface Firmware {
  receive(bytes: Uint8Array, reply: (bytes: Uint8Array) => void): void
  /** The 36 V were cut: what it keeps only while powered is lost. */
  powerCut?(): void
  powerBack?(): void
}

export interface ChargerOptions extends Pick<ControllerOptions, 'address' | 'rssi'> {
  /** `BUC_` and 12 characters; anything else is a stranger, an empty one a device without a name. */
  readonly name: string
  readonly firmware: Firmware
  readonly layout?: LayoutName
  /** Largest ATT MTU the module agrees to. */
  readonly mtu?: number
  /** A new random address each time it is powered on. */
  readonly wanders?: boolean
  readonly faults?: Partial<ChargerFaults>
}

/** A charger's radio module on bleno: an independent stack, with one link at a time. */
export class Charger {
  readonly name: string
  readonly faults: ChargerFaults
  /** Every write as it came in. */
  readonly received: Buffer[] = []
  /** Links it has had. */
  connections = 0
  controller: Controller
  private readonly air: Air
  private readonly options: ChargerOptions
  private bleno: Bleno | null = null
  private serial: SerialService | null = null
  private replies: Promise<void> = Promise.resolve()

  constructor(air: Air, options: ChargerOptions) {
    this.air = air
    this.options = options
    this.name = options.name
    this.faults = { ...NO_FAULTS, ...options.faults }
    this.controller = this.newController()
    this.controller.setPower(false)
  }

  get powered(): boolean {
    return this.bleno !== null
  }

  get connected(): boolean {
    return this.controller.links.size > 0
  }

  /** Resolves when it advertises. */
  async powerOn(): Promise<void> {
    if (this.bleno !== null) return
    if (this.options.wanders === true) this.controller = this.newController()
    this.controller.setPower(true)
    const bleno = createBleno(this.air, this.air.idOf(this.controller))
    this.bleno = bleno
    limitAtt(gattOf(bleno), this.options.mtu ?? 23, this.faults)
    bleno.on('accept', () => (this.connections += 1))
    this.options.firmware.powerBack?.()
    await once(bleno, 'stateChange')
    if (this.bleno === bleno) await this.serve(bleno)
  }

  /** At once and without a word on the air. */
  powerCut(): void {
    const { bleno } = this
    if (bleno === null) return
    this.bleno = null
    this.serial = null
    this.controller.setPower(false)
    endBleno(bleno)
    // a start that still waits for its adapter need not wait any longer
    bleno.emit('stateChange', 'poweredOff')
    this.options.firmware.powerCut?.()
  }

  /** Closes the link from its side (0x13 at the central). */
  dropLink(): void {
    this.bleno?.disconnect()
  }

  /** Other services from the next connection on. */
  setLayout(name: LayoutName): void {
    const { bleno } = this
    if (bleno === null) return
    const serial = new SerialService(bleno, LAYOUTS[name], (bytes) => this.write(bytes))
    this.serial = serial
    bleno.setServices(serial.services)
  }

  /** No usable service during the next connection. */
  hideServiceOnce(): void {
    this.setLayout('none')
    this.bleno?.once('disconnect', () => this.setLayout(this.layout))
  }

  /** Carried out of range, and back; it stays powered. */
  setNear(near: boolean): void {
    this.controller.setNear(near)
  }

  refuse(refusal: ChargerFaults['refuse']): void {
    this.faults.refuse = refusal
  }

  /** Resolves when all replies so far have gone out, or can no more. */
  async settled(): Promise<void> {
    await this.replies
    await this.drained()
  }

  private get layout(): LayoutName {
    return this.options.layout ?? 'ffe0'
  }

  private newController(): Controller {
    const { wanders, address, rssi = -60 } = this.options
    const controller = this.air.addController({
      rssi,
      maxLinks: 1,
      ...(wanders === true ? { addressType: 'random' } : address !== undefined && { address }),
    })
    controller.refusing = this.faults
    return controller
  }

  private async serve(bleno: Bleno): Promise<void> {
    this.setLayout(this.layout)
    const { advertised } = LAYOUTS[this.layout]
    await new Promise<void>((resolve, reject) => {
      bleno.startAdvertising(this.name, [...advertised], (error) => (error ? reject(error) : resolve()))
    })
  }

  /** An ATT result: 0, or the error the module answers with. */
  private write(bytes: Buffer): number {
    if (this.faults.writeError !== null) return this.faults.writeError
    this.received.push(bytes)
    if (!this.faults.silent) this.options.firmware.receive(bytes, (reply) => this.reply(Buffer.from(reply)))
    return 0
  }

  private reply(bytes: Buffer): void {
    const { serial } = this
    if (serial === null) return
    const target: ReplyTarget = {
      get maxBytes() {
        return serial.maxBytes
      },
      notify: (piece) => serial.notify(piece),
      drained: () => this.drained(),
      cut: (by) => (by === 'link' ? this.dropLink() : this.powerCut()),
    }
    this.replies = this.replies.then(() => sendReply(bytes, this.faults, target))
  }

  private async drained(): Promise<void> {
    while (this.controller.waitingPackets() > 0) await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

/** Twenty at a time come up side by side. */
export async function startChargers(air: Air, options: readonly ChargerOptions[]): Promise<Charger[]> {
  const chargers = options.map((one) => new Charger(air, one))
  await Promise.all(chargers.map((charger) => charger.powerOn()))
  return chargers
}
