/** The radio as the core sees it (design §4, ble.md §9). Nothing here ever waits without a limit of its own. */

export type RadioState = 'ready' | 'off' | 'unauthorized' | 'unavailable' | 'unknown'

/** Why there is no radio, for a sentence with the cure (`radio.<reason>` on the screens). */
export type RadioReason =
  /** noble is not installed here: it could not be compiled */
  | 'notInstalled'
  /** its native part was built for another program version */
  | 'wrongBuild'
  /** this system knows no Bluetooth */
  | 'notSupported'
  | 'noAdapter'
  | 'switchedOff'
  | 'noPermission'
  /** the adapter does not say how it is within 3 s */
  | 'notAnswering'
  /** tcp://…: nobody listens there, or the connection ended */
  | 'remoteGone'
  /** listening, but nothing at all is heard although it should be */
  | 'scanStalled'
  | 'failed'

export interface RadioHealth {
  readonly state: RadioState
  readonly reason: RadioReason | null
  /** the driver's own words, for the diagnostics */
  readonly detail: string | null
}

export interface Advertisement {
  /** the radio's own handle of a device: a hint for `connect`, never an identity (B-34) */
  readonly radioId: string
  /** null while only the first half of an advertisement was heard */
  readonly name: string | null
  readonly rssi: number
  /** epoch ms */
  readonly at: number
}

export type RadioFailureKind =
  | 'unavailable'
  /** not advertising any more, or never was */
  | 'vanished'
  | 'connectTimeout'
  /** the device or the adapter refused the connection */
  | 'refused'
  | 'discoveryTimeout'
  /** no service with a way in and a way out (B-08) */
  | 'noService'
  | 'subscribeFailed'
  | 'writeFailed'
  | 'writeTimeout'
  | 'lost'
  | 'cancelled'

/** The only thing that the radio's promises reject with. */
export class RadioFailure extends Error {
  readonly kind: RadioFailureKind

  constructor(kind: RadioFailureKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'RadioFailure'
    this.kind = kind
  }
}

/** Where a charger takes and gives bytes; short UUIDs short, all in small letters without dashes. */
export interface GattLayout {
  readonly service: string
  readonly write: string
  readonly notify: string
}

const layout = (service: string, write: string, notify: string): GattLayout => ({ service, write, notify })

/** B-08, in the order of preference: what transparent-UART modules usually offer. */
export const KNOWN_LAYOUTS: readonly GattLayout[] = [
  layout('ffe0', 'ffe1', 'ffe1'),
  layout('fff0', 'fff2', 'fff1'),
  layout('fff0', 'fff1', 'fff2'),
  // Nordic UART
  layout(
    '6e400001b5a3f393e0a9e50e24dcca9e',
    '6e400002b5a3f393e0a9e50e24dcca9e',
    '6e400003b5a3f393e0a9e50e24dcca9e',
  ),
]

export interface ConnectOptions {
  /** tried first: what worked last time, or what the settings say */
  readonly layouts?: readonly GattLayout[]
  readonly connectTimeoutMs: number
  readonly discoveryTimeoutMs: number
  readonly signal?: AbortSignal
}

export interface RadioLink {
  readonly layout: GattLayout
  /** most bytes one `write` takes: MTU − 3 where the stack knows it, else 20 (B-09) */
  readonly chunkBytes: number
  /** One chunk, in order. That it resolves proves nothing but that it left (ble.md §5). */
  write(chunk: Uint8Array, timeoutMs: number): Promise<void>
  /** returns how to stop listening */
  onBytes(listener: (bytes: Uint8Array) => void): () => void
  /** called once, also when it is lost already */
  onLost(listener: (failure: RadioFailure) => void): () => void
  readonly lost: RadioFailure | null
  /** bounded; never rejects; the device may serve others afterwards */
  close(): Promise<void>
}

export interface Radio {
  health(): RadioHealth
  onHealth(listener: (health: RadioHealth) => void): () => void
  /** Loads the driver on first use, or again after a failure ("try again"). Bounded, never rejects. */
  start(): Promise<RadioHealth>
  /** Listens until the returned function is called; goes on by itself when the adapter comes back. */
  listen(listener: (heard: Advertisement) => void): Promise<() => Promise<void>>
  /** One attempt at a time; a cancelled one is confirmed before the next begins. */
  connect(radioId: string, options: ConnectOptions): Promise<RadioLink>
  close(): Promise<void>
}

/** Opens the radio that the setting `bluetooth.adapter` names: `system`, `demo` or `tcp://HOST:PORT`. */
export type OpenRadio = (adapter: string) => Radio
