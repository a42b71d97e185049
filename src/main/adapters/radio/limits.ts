/** Milliseconds. No step of this adapter waits longer (ble.md §9.4). */
export interface RadioLimits {
  /** until the adapter says how it is (ble.md §4) */
  readonly stateMs: number
  /** until a cancelled attempt is confirmed (ble.md §5.3) */
  readonly cancelMs: number
  /** until a closed link is confirmed */
  readonly closeMs: number
  /** until a module has answered the MTU exchange, which noble sends unasked (ble.md §5.8) */
  readonly mtuMs: number
  /** until a remote adapter takes the connection, and until it answers the first command */
  readonly tcpMs: number
}

export const LIMITS: RadioLimits = {
  stateMs: 3000,
  cancelMs: 2000,
  closeMs: 1500,
  mtuMs: 2000,
  tcpMs: 5000,
}
