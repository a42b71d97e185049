import type { Bleno, CharacteristicOptions } from './bleno.ts'
import type { CharacteristicLayout, Layout } from './layouts.ts'

const UNLIKELY_ERROR = 0x0e

/** The GATT services of a layout; the serial characteristics hand writes on and carry replies. */
export class SerialService {
  readonly services: object[]
  private update: ((bytes: Buffer) => void) | null = null
  private confirmed: (() => void) | null = null
  private readonly indicates: boolean
  private readonly bleno: Bleno
  private readonly onWrite: (bytes: Buffer) => number
  maxBytes = 20

  constructor(bleno: Bleno, layout: Layout, onWrite: (bytes: Buffer) => number) {
    this.bleno = bleno
    this.onWrite = onWrite
    this.indicates = layout.services.some((service) =>
      service.characteristics.some((one) => one.role === 'serial' && one.properties.includes('indicate')),
    )
    this.services = layout.services.map(
      ({ uuid, characteristics }) =>
        new bleno.PrimaryService({
          uuid,
          characteristics: characteristics.map((one) => this.characteristic(one)),
        }),
    )
  }

  /** One notification, or one indication and its confirmation; lost when nobody has subscribed. */
  notify(bytes: Buffer): Promise<void> {
    if (this.update === null) return Promise.resolve()
    if (!this.indicates) {
      this.update(bytes)
      return Promise.resolve()
    }
    const { promise, resolve } = Promise.withResolvers<void>()
    this.confirmed = resolve
    this.update(bytes)
    return promise
  }

  private characteristic({ uuid, properties, role }: CharacteristicLayout): object {
    const common = { uuid, properties: [...properties] }
    return new this.bleno.Characteristic(role === 'serial' ? { ...common, ...this.handlers() } : common)
  }

  private handlers(): Omit<CharacteristicOptions, 'uuid' | 'properties'> {
    return {
      onWriteRequest: (_connection, data, offset, _withoutResponse, done) =>
        done(offset === 0 ? this.onWrite(Buffer.from(data)) : UNLIKELY_ERROR),
      onSubscribe: (_connection, maxBytes, update) => {
        this.maxBytes = maxBytes
        this.update = update
      },
      onUnsubscribe: () => {
        this.update = null
        this.confirm()
      },
      onIndicate: () => this.confirm(),
    }
  }

  private confirm(): void {
    this.confirmed?.()
    this.confirmed = null
  }
}
