import type { RadioReason } from '#core/chargers/radio.ts'
import type { Noble } from './noble-types.ts'

/** One instance of noble and what carries it. */
export interface Driver {
  readonly noble: Noble
  /** noble's own HCI stack: can be made anew at any moment, and confirms a cancelled attempt */
  readonly hci: boolean
  /** called once when the connection that carries it ends */
  onGone(listener: (detail: string) => void): void
  /** noble has no stop of its own (ble.md §4); nothing is heard of it afterwards */
  dispose(): void
}

/** Bounded; rejects with DriverFailure only. */
export type OpenDriver = () => Promise<Driver>

export class DriverFailure extends Error {
  readonly reason: RadioReason

  constructor(reason: RadioReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DriverFailure'
    this.reason = reason
  }
}
