/** The parts of noble that tests touch. Not from the package: it is optional, and types must check without it. */
export interface Noble extends NodeJS.EventEmitter {
  readonly state: string
  startScanningAsync(serviceUuids: string[], allowDuplicates: boolean): Promise<void>
  stopScanningAsync(): Promise<void>
}

export interface NoblePeripheral extends NodeJS.EventEmitter {
  readonly id: string
  readonly address: string
  readonly addressType: string
  readonly connectable: boolean
  readonly rssi: number
  readonly mtu: number | null
  readonly state: string
  readonly advertisement: { readonly localName: string | undefined; readonly serviceUuids: string[] }
  connect(done: (error?: Error) => void): void
  connectAsync(): Promise<void>
  cancelConnect(): void
  disconnectAsync(): Promise<void>
  updateRssiAsync(): Promise<number>
  discoverServicesAsync(uuids: string[]): Promise<NobleService[]>
  discoverAllServicesAndCharacteristicsAsync(): Promise<Discovered>
  discoverSomeServicesAndCharacteristicsAsync(
    services: string[],
    characteristics: string[],
  ): Promise<Discovered>
}

export interface Discovered {
  readonly services: NobleService[]
  readonly characteristics: NobleCharacteristic[]
}

export interface NobleService {
  readonly uuid: string
  readonly characteristics: NobleCharacteristic[]
}

export interface NobleCharacteristic extends NodeJS.EventEmitter {
  readonly uuid: string
  readonly properties: string[]
  writeAsync(data: Buffer, withoutResponse: boolean): Promise<void>
  subscribeAsync(): Promise<void>
}
