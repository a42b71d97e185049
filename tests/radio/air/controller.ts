import { Advertiser } from './advertiser.ts'
import type { Air } from './air.ts'
import { runCommand } from './commands.ts'
import { BOUNDARY, BUFFER, event, EVENT, PACKET } from './hci.ts'
import type { Link, LinkParameters } from './link.ts'
import type { HciHost, HciTransport } from './transport.ts'

export interface ControllerOptions {
  /** `aa:bb:cc:dd:ee:ff`; one is made up when absent. */
  readonly address?: string
  readonly addressType?: 'public' | 'random'
  /** Received signal strength of what it sends, dBm; varies by up to 3 dB. */
  readonly rssi?: number
  /** Links at a time: USB adapters manage 5–10, a charger one. */
  readonly maxLinks?: number
}

/** How a controller meets the next connection attempts. */
export interface Refusal {
  readonly status: number
  /** Attempts to refuse; for ever when absent. */
  readonly times?: number
  /** Not by LE Connection Complete with the status, but by a link that is lost again after six intervals. */
  readonly established?: boolean
}

export interface Scan {
  readonly filterDuplicates: boolean
  /** Address and event type of what was reported already. */
  readonly seen: Set<string>
  /** Advertising events so far, by address: the first scan responses may be lost. */
  readonly events: Map<string, number>
}

export interface Initiating {
  readonly address: string
  readonly parameters: LinkParameters
}

/** A virtual LE controller: takes HCI commands and ACL data from its hosts, gives events and ACL data back. */
export class Controller implements HciTransport {
  readonly air: Air
  readonly address: string
  readonly addressType: 'public' | 'random'
  readonly maxLinks: number
  readonly advertiser: Advertiser
  readonly links = new Map<number, Link>()
  rssi: number
  activeScan = true
  scan: Scan | null = null
  initiating: Initiating | null = null
  /** Where the refusal stands that the next attempts meet; counted down there. */
  refusing: { refuse: Refusal | null } = { refuse: null }
  forbidden = false
  private readonly hosts = new Set<HciHost>()
  private powered = true
  private near = true
  private lastHandle = 0x3f

  constructor(air: Air, address: string, options: ControllerOptions) {
    this.air = air
    this.address = address
    this.addressType = options.addressType ?? 'public'
    this.rssi = options.rssi ?? -60
    this.maxLinks = options.maxLinks ?? 8
    this.advertiser = new Advertiser(this)
  }

  get isUp(): boolean {
    return this.powered
  }

  /** Whether others hear it. */
  get audible(): boolean {
    return this.powered && this.near
  }

  /** No room for another link. */
  get full(): boolean {
    return this.links.size >= this.maxLinks
  }

  attach(host: HciHost): void {
    this.hosts.add(host)
  }

  detach(host: HciHost): void {
    this.hosts.delete(host)
  }

  /** Switched off without a word: its links die by supervision timeout elsewhere, its own hosts hear nothing. */
  setPower(up: boolean): void {
    if (this.powered === up) return
    if (!up) this.reset()
    this.powered = up
    for (const host of this.hosts) host.powerChanged?.(up)
  }

  /** Carried out of range, and back. */
  setNear(near: boolean): void {
    this.near = near
    for (const link of this.links.values()) link.reachabilityChanged()
  }

  reset(): void {
    this.advertiser.disable()
    this.scan = null
    this.initiating = null
    const links = [...this.links.values()]
    this.links.clear()
    for (const link of links) link.forget(this)
  }

  newHandle(): number {
    // 0x0000–0x0eff are valid; connection handles of real controllers start at 0x40 or so
    this.lastHandle = this.lastHandle >= 0x0eff ? 0x40 : this.lastHandle + 1
    return this.lastHandle
  }

  /** Raw sockets see what other hosts on the same adapter send. */
  write(packet: Buffer, from: HciHost): void {
    for (const host of this.hosts) if (host !== from) host.receive(packet)
    const type = packet.readUInt8(0)
    if (type === PACKET.command)
      this.command(packet.readUInt16LE(1), packet.subarray(4, 4 + packet.readUInt8(3)))
    else if (type === PACKET.acl) this.acl(packet)
  }

  emit(packet: Buffer): void {
    if (this.powered) for (const host of this.hosts) host.receive(packet)
  }

  takeRefusal(): Refusal | null {
    const { refuse } = this.refusing
    if (refuse?.times === undefined) return refuse
    this.refusing.refuse = refuse.times > 1 ? { ...refuse, times: refuse.times - 1 } : null
    return refuse
  }

  linkTo(address: string): Link | undefined {
    return [...this.links.values()].find(
      (link) => link.peerOf(link.endOf(this)).controller.address === address,
    )
  }

  private command(opcode: number, parameters: Buffer): void {
    if (this.powered) runCommand(this, opcode, parameters)
  }

  private acl(packet: Buffer): void {
    const handle = packet.readUInt16LE(1) & 0x0fff
    const payload = packet.subarray(5, 5 + packet.readUInt16LE(3))
    const link = this.links.get(handle)
    if (link === undefined) return
    if (payload.length > BUFFER.bytes || this.waitingPackets() >= BUFFER.packets) {
      this.emit(event(EVENT.dataBufferOverflow, Buffer.from([1])))
    } else link.send(this, packet.readUInt16LE(1) >> 12 !== BOUNDARY.continuing, payload)
  }

  waitingPackets(): number {
    let count = 0
    for (const link of this.links.values()) count += link.endOf(this).out.length
    return count
  }
}
