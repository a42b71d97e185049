import { loadVirtualBleno } from './inject.ts'
import type { Adapters } from './transport.ts'

/** The parts of @stoprocent/bleno used here. Its own types describe another module layout. */
export interface Bleno extends NodeJS.EventEmitter {
  readonly state: string
  readonly Characteristic: new (options: CharacteristicOptions) => object
  readonly PrimaryService: new (options: { uuid: string; characteristics: object[] }) => object
  setServices(services: object[]): void
  startAdvertising(name: string, serviceUuids: string[], callback: (error?: Error | null) => void): void
  stopAdvertising(): void
  disconnect(): void
  stop(): void
  readonly _bindings: { readonly _hci: { pollIsDevUp: () => void }; readonly _gatt: Gatt }
}

export interface CharacteristicOptions {
  readonly uuid: string
  readonly properties: string[]
  readonly onWriteRequest?: (
    connection: number,
    data: Buffer,
    offset: number,
    withoutResponse: boolean,
    done: (result: number) => void,
  ) => void
  readonly onSubscribe?: (connection: number, maxValueSize: number, update: (data: Buffer) => void) => void
  readonly onUnsubscribe?: (connection: number) => void
  readonly onIndicate?: (connection: number) => void
}

/** bleno's ATT server: one request PDU in, one response PDU (or null) out through `send`. */
export interface Gatt {
  maxMtu: number
  readonly _connections: Map<number, { mtu: number }>
  handleRequest(request: Buffer, connection: number): void
  send(response: Buffer, connection: number): void
  errorResponse(opcode: number, handle: number, code: number): Buffer
}

/** Each instance listens on the process; more of them than Node warns about is what is wanted here. */
export function createBleno(adapters: Adapters, deviceId: number): Bleno {
  process.setMaxListeners(0)
  return loadVirtualBleno(adapters, deviceId) as Bleno
}

function bindingsOf({ _bindings: bindings }: Bleno): Bleno['_bindings'] {
  return bindings
}

export function gattOf(bleno: Bleno): Gatt {
  const { _gatt: gatt } = bindingsOf(bleno)
  return gatt
}

/** Ends its poll as well, which `stop` alone leaves running. */
export function endBleno(bleno: Bleno): void {
  const { _hci: hci } = bindingsOf(bleno)
  hci.pollIsDevUp = () => {}
  bleno.stop()
}
