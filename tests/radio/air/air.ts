import { Controller, type ControllerOptions, type Initiating, type Scan } from './controller.ts'
import { addressBytes, leEvent, LE_EVENT, STATUS, u16 } from './hci.ts'
import { Link, type LinkParameters } from './link.ts'
import { FAST, seededRandom, type Timing } from './timing.ts'
import type { Adapters } from './transport.ts'

export interface AirOptions {
  readonly timing?: Timing
  /** Seed of all jitter. */
  readonly seed?: number
  /** So many scan responses of each device are lost at the start of each scan, and its name with them. */
  readonly lostScanResponses?: number
}

/** Event_Type of LE Advertising Report. */
const REPORT = { connectable: 0x00, scanResponse: 0x04 } as const

/**
 * The radio between virtual controllers: legacy advertising, active scanning, connections. Not modelled: extended
 * advertising, pairing and encryption, data length and PHY updates, lost packets, anything of WinRT or CoreBluetooth.
 */
export class Air implements Adapters {
  readonly timing: Timing
  readonly random: () => number
  private readonly lostScanResponses: number
  private readonly controllers: Controller[] = []
  readonly links = new Set<Link>()

  constructor(options: AirOptions = {}) {
    this.timing = options.timing ?? FAST
    this.lostScanResponses = options.lostScanResponses ?? 0
    this.random = seededRandom(options.seed ?? 1)
  }

  /** hci0, hci1 … in the order they were added; chargers have adapters of their own. */
  addController(options: ControllerOptions = {}): Controller {
    const address = options.address ?? madeUpAddress(this.controllers.length)
    const controller = new Controller(this, address.toLowerCase(), options)
    this.controllers.push(controller)
    return controller
  }

  idOf(controller: Controller): number {
    return this.controllers.indexOf(controller)
  }

  adapter(id: number | undefined): Controller | undefined {
    return id === undefined ? this.controllers.find((controller) => controller.isUp) : this.controllers[id]
  }

  /** Nothing moves any more, no timer is left. */
  close(): void {
    for (const controller of this.controllers) controller.setPower(false)
    for (const link of this.links) link.stop()
  }

  rssiOf(sender: Controller): number {
    return Math.round(sender.rssi + (this.random() - 0.5) * 6)
  }

  /** An ADV_IND on the air: scanners report it and ask for the scan response, an initiator connects. */
  advertisingEvent(sender: Controller): void {
    if (!sender.audible) return
    for (const listener of this.controllers) {
      if (listener === sender || !listener.audible) continue
      if (listener.scan !== null) this.report(listener, sender, listener.scan)
      if (listener.initiating?.address === sender.address && sender.advertiser.enabled) {
        this.connect(listener, sender, listener.initiating)
      }
    }
  }

  connectionFailed(controller: Controller, { address, parameters }: Initiating, status: number): void {
    controller.emit(connectionComplete(status, 0, 0, { address, addressType: 'public' }, parameters))
  }

  private report(scanner: Controller, sender: Controller, scan: Scan): void {
    const { advertiser, address } = sender
    this.reportOne(scanner, sender, REPORT.connectable, advertiser.data)
    const before = scan.events.get(address) ?? 0
    scan.events.set(address, before + 1)
    if (scanner.activeScan && before >= this.lostScanResponses) {
      this.reportOne(scanner, sender, REPORT.scanResponse, advertiser.scanResponse)
    }
  }

  private reportOne(scanner: Controller, sender: Controller, type: number, data: Buffer): void {
    const { scan } = scanner
    if (scan === null) return
    const key = `${sender.address} ${type}`
    if (scan.filterDuplicates && scan.seen.has(key)) return
    scan.seen.add(key)
    const head = Buffer.concat([
      Buffer.from([1, type, addressTypeByte(sender)]),
      addressBytes(sender.address),
      Buffer.from([data.length]),
    ])
    const rssi = Buffer.from([this.rssiOf(sender) & 0xff])
    scanner.emit(leEvent(LE_EVENT.advertisingReport, Buffer.concat([head, data, rssi])))
  }

  private connect(central: Controller, peripheral: Controller, initiating: Initiating): void {
    central.initiating = null
    const refusal = peripheral.takeRefusal()
    const full = peripheral.full
    if ((refusal !== null && refusal.established !== true) || full) {
      this.connectionFailed(central, initiating, refusal?.status ?? STATUS.failedToEstablish)
      return
    }
    const link = new Link(central, peripheral, initiating.parameters)
    this.links.add(link)
    this.open(link, central, 0, peripheral, initiating.parameters)
    if (refusal === null) {
      peripheral.advertiser.disable()
      this.open(link, peripheral, 1, central, initiating.parameters)
    } else {
      // CONNECT_IND was not heard: the peripheral knows nothing and goes on advertising
      link.failAfterSixIntervals(refusal.status)
    }
  }

  private open(
    link: Link,
    controller: Controller,
    role: 0 | 1,
    peer: Controller,
    parameters: LinkParameters,
  ): void {
    const { handle } = link.endOf(controller)
    controller.links.set(handle, link)
    controller.emit(connectionComplete(STATUS.success, handle, role, peer, parameters))
  }
}

type Named = Pick<Controller, 'address' | 'addressType'>

const addressTypeByte = ({ addressType }: Named) => (addressType === 'random' ? 1 : 0)

/** LE Connection Complete (volume 4, part E, §7.7.65.1). */
function connectionComplete(
  status: number,
  handle: number,
  role: 0 | 1,
  peer: Named,
  parameters: LinkParameters,
): Buffer {
  const head = Buffer.concat([
    Buffer.from([status]),
    u16(handle),
    Buffer.from([role, addressTypeByte(peer)]),
    addressBytes(peer.address),
  ])
  const times = [parameters.intervalMs / 1.25, parameters.latency, parameters.timeoutMs / 10].map(u16)
  return leEvent(LE_EVENT.connectionComplete, Buffer.concat([head, ...times, Buffer.from([0])]))
}

function madeUpAddress(index: number): string {
  const tail = index.toString(16).padStart(4, '0')
  return `02:b1:e0:00:${tail.slice(0, 2)}:${tail.slice(2)}`
}
