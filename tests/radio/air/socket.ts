import { EventEmitter } from 'node:events'
import { HciFilter } from './filter.ts'
import type { Adapters, HciHost, HciTransport } from './transport.ts'

/**
 * What `@abandonware/bluetooth-hci-socket` and its fork export, on virtual adapters instead of AF_BLUETOOTH:
 * raw and user channel, filter, errors by event. One packet arrives per turn of the event loop, as from libuv.
 */
export class VirtualHciSocket extends EventEmitter implements HciHost {
  private readonly adapters: Adapters
  private readonly filter = new HciFilter()
  private transport: HciTransport | null = null
  private filtered = true
  private started = false
  private waiting: Buffer[] = []
  private flushing = false

  constructor(adapters: Adapters) {
    super()
    this.adapters = adapters
  }

  bindRaw(id?: number): number | undefined {
    return this.bind(id, true)
  }

  /** The user channel has the adapter for itself and no filter. */
  bindUser(id?: number): number | undefined {
    return this.bind(id, false)
  }

  /** The management channel: bleno stores long-term keys through it; nothing here is ever paired. */
  bindControl(): number {
    return 0xffff
  }

  start(): void {
    if (!this.started) this.transport?.attach(this)
    this.started = true
  }

  stop(): void {
    this.transport?.detach(this)
    this.started = false
    this.waiting = []
  }

  reset(): void {}

  isDevUp(): boolean {
    return this.transport?.isUp ?? false
  }

  getDeviceList(): { devId: number; devUp: boolean }[] {
    const first = this.adapters.adapter(0)
    return first === undefined ? [] : [{ devId: 0, devUp: first.isUp }]
  }

  setFilter(filter: Buffer): void {
    this.filter.set(filter)
  }

  write(packet: Buffer): void {
    const transport = this.transport
    if (transport === null) return
    if (transport.forbidden) this.fail('EPERM', 'Operation not permitted')
    else if (!transport.isUp) this.fail('ENETDOWN', 'Network is down')
    else transport.write(Buffer.from(packet), this)
  }

  receive(packet: Buffer): void {
    if (!this.started || (this.filtered && !this.filter.passes(packet))) return
    this.waiting.push(packet)
    if (!this.flushing) this.flushSoon()
  }

  private flushSoon(): void {
    this.flushing = this.waiting.length > 0
    if (this.flushing) setImmediate(() => this.flush())
  }

  private flush(): void {
    const packet = this.waiting.shift()
    if (packet !== undefined && this.started) this.emit('data', packet)
    this.flushSoon()
  }

  private bind(id: number | undefined, filtered: boolean): number | undefined {
    const transport = this.adapters.adapter(id)
    if (transport === undefined) throw systemError('ENODEV', 'ENODEV, No such device', 'bind')
    this.transport = transport
    this.filtered = filtered
    return id
  }

  private fail(code: string, message: string): void {
    setImmediate(() => {
      if (this.listenerCount('error') > 0) this.emit('error', systemError(code, message, 'write'))
    })
  }
}

function systemError(code: string, message: string, syscall: string): Error {
  return Object.assign(new Error(message), { code, syscall })
}

/** The class a stack constructs without arguments. */
export function socketClass(adapters: Adapters): new () => VirtualHciSocket {
  return class extends VirtualHciSocket {
    constructor() {
      super(adapters)
    }
  }
}
