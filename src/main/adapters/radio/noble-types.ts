import type { EventEmitter } from 'node:events'

/**
 * The parts of noble that this adapter touches. Not the package's own types: it is optional, and the console must
 * compile where it is not installed. Only events and plain calls are used; noble's promises never settle when the
 * other side stays silent (ble.md §5.1, 4, 5).
 */
export interface Noble extends EventEmitter {
  readonly _bindings: Bindings
  /** throws while the adapter is not powered on */
  startScanning(serviceUuids: string[], allowDuplicates: boolean): void
  stopScanning(): void
}

export interface Peripheral extends EventEmitter {
  readonly id: string
  readonly advertisement: { readonly localName?: string | undefined }
  readonly rssi: number
  /** null where the platform does not tell: Windows, macOS (ble.md §5.9) */
  readonly mtu: number | null
  state: 'disconnected' | 'connecting' | 'connected' | 'disconnecting' | 'error'
  connect(): void
  cancelConnect(): void
  disconnect(): void
  discoverServices(uuids: string[]): void
}

export interface Service extends EventEmitter {
  readonly uuid: string
  discoverCharacteristics(uuids: string[]): void
}

export interface Characteristic extends EventEmitter {
  readonly uuid: string
  readonly properties: readonly string[]
  write(data: Buffer, withoutResponse: boolean): void
  notify(on: boolean): void
}

/** What stands below noble. Everything optional is there on some platforms only. */
export interface Bindings extends EventEmitter {
  init(): void
  stopScanning?(): void
  /** WinRT and CoreBluetooth have none */
  cancelConnect?(id: string): void
  /** WinRT */
  cleanUp?(): void
  /** CoreBluetooth */
  stop?(): void
  /** noble's own HCI stack */
  _hci?: Hci
  _gatts?: Record<string, Gatt>
  _state?: string | null
  onStateChange?(state: string): void
}

export interface Hci extends EventEmitter {
  readonly _userChannel?: unknown
  readonly _socket: HciSocket
  pollIsDevUp(): void
  readLeBufferSize(): void
}

export interface HciSocket extends EventEmitter {
  stop(): void
}

/** The attribute protocol of one link. */
export interface Gatt extends EventEmitter {
  readonly _aclStream: EventEmitter
  onAclStreamData(channel: number, data: Buffer): void
}
