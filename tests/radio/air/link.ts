import type { Controller } from './controller.ts'
import { aclPacket, BOUNDARY, completedPackets, disconnectionComplete, STATUS } from './hci.ts'

/** As the central asked for in LE Create Connection. */
export interface LinkParameters {
  readonly intervalMs: number
  readonly latency: number
  readonly timeoutMs: number
}

interface Fragment {
  readonly starts: boolean
  readonly payload: Buffer
}

/** One side of a link: what its controller has taken from the host and not yet sent. */
export interface End {
  readonly controller: Controller
  readonly handle: number
  out: Fragment[]
  /** Its controller forgot the link (power cut, reset): there is nobody to tell. */
  gone: boolean
}

/**
 * A connection: at each connection event both sides send up to `packetsPerEvent` packets. Events without a packet
 * are not played, but keep their place on the clock. Silence for the supervision timeout ends the link (0x08).
 */
export class Link {
  readonly central: End
  readonly peripheral: End
  private parameters: LinkParameters
  private anchor: number
  private played = 0
  private event: NodeJS.Timeout | NodeJS.Immediate | null = null
  private supervision: NodeJS.Timeout | null = null
  private ending: { by: End; reason: number } | null = null
  private closed = false

  constructor(central: Controller, peripheral: Controller, parameters: LinkParameters) {
    this.central = { controller: central, handle: central.newHandle(), out: [], gone: false }
    this.peripheral = { controller: peripheral, handle: peripheral.newHandle(), out: [], gone: false }
    this.parameters = parameters
    // transmitWindowDelay, then anywhere in the first interval
    this.anchor = performance.now() + 1.25 + central.air.random() * this.intervalMs
  }

  endOf(controller: Controller): End {
    return controller === this.central.controller ? this.central : this.peripheral
  }

  /** LE Connection Update: the new interval counts from now. */
  update(parameters: LinkParameters): void {
    this.parameters = parameters
    this.anchor = performance.now()
    this.played = 0
  }

  peerOf(end: End): End {
    return end === this.central ? this.peripheral : this.central
  }

  private get intervalMs(): number {
    return this.central.controller.air.timing.connectionMs(this.parameters.intervalMs)
  }

  get reachable(): boolean {
    return [this.central, this.peripheral].every((end) => !end.gone && end.controller.audible)
  }

  send(from: Controller, starts: boolean, payload: Buffer): void {
    this.endOf(from).out.push({ starts, payload })
    this.schedule()
  }

  /** LL_TERMINATE_IND goes out with the next connection event, after what that event carries. */
  terminate(by: Controller, reason: number): void {
    this.ending ??= { by: this.endOf(by), reason }
    this.schedule()
  }

  /** Its controller lost all memory of the link; the other side finds out by silence. */
  forget(controller: Controller): void {
    this.endOf(controller).gone = true
    this.reachabilityChanged()
  }

  reachabilityChanged(): void {
    if (this.closed) return
    if (this.reachable) {
      if (this.supervision !== null) clearTimeout(this.supervision)
      this.supervision = null
      this.schedule()
    } else {
      this.supervision ??= setTimeout(() => this.timedOut(), this.parameters.timeoutMs)
    }
  }

  /** The connection "established" that never was: the central hears of it after six intervals (0x3e). */
  failAfterSixIntervals(reason: number): void {
    this.peripheral.gone = true
    this.supervision = setTimeout(() => this.close(reason, reason), 6 * this.intervalMs)
  }

  close(centralReason: number, peripheralReason: number): void {
    if (this.closed) return
    this.stop()
    this.tell(this.central, centralReason)
    this.tell(this.peripheral, peripheralReason)
  }

  stop(): void {
    this.closed = true
    this.central.controller.air.links.delete(this)
    if (this.supervision !== null) clearTimeout(this.supervision)
    if (this.event === null) return
    if (this.intervalMs === 0) clearImmediate(this.event as NodeJS.Immediate)
    else clearTimeout(this.event as NodeJS.Timeout)
  }

  private tell(end: End, reason: number): void {
    end.controller.links.delete(end.handle)
    if (!end.gone) end.controller.emit(disconnectionComplete(end.handle, reason))
  }

  private timedOut(): void {
    const { localHostTerminated, connectionTimeout } = STATUS
    const reason = (end: End) => (this.ending?.by === end ? localHostTerminated : connectionTimeout)
    this.close(reason(this.central), reason(this.peripheral))
  }

  private schedule(): void {
    if (this.closed || this.event !== null || !this.reachable) return
    const interval = this.intervalMs
    if (interval === 0) {
      this.event = setImmediate(() => this.play())
      return
    }
    const now = performance.now()
    this.played = Math.max(this.played + 1, Math.ceil((now - this.anchor) / interval))
    this.event = setTimeout(() => this.play(), this.anchor + this.played * interval - now)
  }

  private play(): void {
    this.event = null
    if (this.closed || !this.reachable) return
    this.carry(this.central)
    this.carry(this.peripheral)
    if (this.ending !== null) {
      const { by, reason } = this.ending
      const heard = (end: End) => (end === by ? STATUS.localHostTerminated : reason)
      this.close(heard(this.central), heard(this.peripheral))
    } else if (this.central.out.length + this.peripheral.out.length > 0) this.schedule()
  }

  private carry(from: End): void {
    const to = this.peerOf(from)
    const sent = from.out.splice(0, from.controller.air.timing.packetsPerEvent)
    if (sent.length === 0) return
    for (const { starts, payload } of sent) {
      const boundary = starts ? BOUNDARY.controllerStart : BOUNDARY.continuing
      to.controller.emit(aclPacket(to.handle, boundary, payload))
    }
    from.controller.emit(completedPackets(from.handle, sent.length))
  }
}
