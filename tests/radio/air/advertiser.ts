import type { Controller } from './controller.ts'

/** Longest legacy advertising or scan response data (volume 6, part B, §2.3.1). */
const DATA_MAX = 31

/** Advertising state of a controller: legacy, connectable and scannable, undirected (ADV_IND). */
export class Advertiser {
  private readonly controller: Controller
  private intervalMs = 1280
  private timer: NodeJS.Timeout | null = null
  data: Buffer = Buffer.alloc(0)
  scanResponse: Buffer = Buffer.alloc(0)

  constructor(controller: Controller) {
    this.controller = controller
  }

  get enabled(): boolean {
    return this.timer !== null
  }

  /** `units` of 0.625 ms, Advertising_Interval_Min of LE Set Advertising Parameters. */
  setInterval(units: number): void {
    this.intervalMs = units * 0.625
  }

  /** A first event soon after, at a moment of its own, so that many chargers never speak at once. */
  enable(): void {
    if (this.timer === null) this.next(this.controller.air.random())
  }

  disable(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private next(fraction: number): void {
    const { timing, random } = this.controller.air
    const wait = timing.advertisingMs(this.intervalMs) * fraction + random() * timing.advertisingDelayMs
    this.timer = setTimeout(() => {
      this.next(1)
      this.controller.air.advertisingEvent(this.controller)
    }, wait)
  }
}

/** `Data_Length` and 31 bytes, as LE Set Advertising Data and LE Set Scan Response Data carry them. */
export function advertisedData(parameters: Buffer): Buffer | null {
  const length = parameters.readUInt8(0)
  return length > DATA_MAX ? null : Buffer.from(parameters.subarray(1, 1 + length))
}
