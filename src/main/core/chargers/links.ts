import type { BleProfile } from '#shared/contract/values.ts'
import type { Clock } from '../ports.ts'
import type { Air } from './air.ts'
import type { Driver } from './driver.ts'
import { cancelled } from './errors.ts'
import { RadioFailure, type GattLayout, type RadioFailureKind, type RadioLink } from './radio.ts'
import { CONNECT_ATTEMPTS, IDLE_MS, unless, type Timings } from './timing.ts'
import { Wire } from './wire.ts'

/** Connections: one made at a time, each kept some seconds for the next command, then given back to the phones. */
export interface Links {
  /** the connection of this charger, made or reused when it is opened; its lease must be held */
  take(name: string): Wire
  /** the task is done; the connection waits for the next one, or ends */
  giveBack(wire: Wire, keep: boolean): Promise<void>
  /** resolves when the connection is gone; false: there was none */
  drop(name: string): Promise<boolean>
  /** the device behind the connection, and since when */
  peerOf(name: string): { readonly radioId: string; readonly since: number } | null
  /** a connection stands, in use or idle */
  connected(name: string): boolean
  close(): Promise<void>
}

interface Parts {
  readonly clock: Clock
  readonly driver: Driver
  readonly air: Air
  timings(): Timings
  /** what is known of a charger's services, the likeliest first */
  layoutsOf(name: string): (BleProfile['layout'] | undefined)[]
}

/** Adapters hold five to seven links; idle ones must not be what is in the way. */
const MOST_IDLE = 2
/** The second attempt may find what the first did not. */
const AGAIN: readonly RadioFailureKind[] = [
  'vanished',
  'connectTimeout',
  'refused',
  'discoveryTimeout',
  'subscribeFailed',
  'lost',
]

interface Idle {
  readonly wire: Wire
  readonly stop: AbortController
}

export function createLinks(parts: Parts): Links {
  return new Pool(parts)
}

class Pool implements Links {
  readonly #parts: Parts
  readonly #idle = new Map<string, Idle>()
  readonly #busy = new Map<string, Wire>()
  /** ends that are under way: nobody connects to a charger while its last link is going */
  readonly #ending = new Map<string, Promise<void>>()
  readonly #peers: Peers = new Map()
  readonly #connect: ReturnType<typeof createConnect>
  readonly #unfollow: () => void

  constructor(parts: Parts) {
    this.#parts = parts
    this.#connect = createConnect(parts, this.#peers)
    this.#unfollow = parts.driver.onChange((change) => {
      // a driver does not always say that the links went with the adapter (ble.md §5.7)
      if (change === 'radio' || parts.driver.health().state !== 'ready') void this.#dropAll()
    })
  }

  take(name: string): Wire {
    const { clock, timings } = this.#parts
    const connect = async (signal: AbortSignal) => {
      await this.#ending.get(name)
      await this.#makeRoom()
      return this.#connect(name, signal)
    }
    const wire = this.#leaveIdle(name) ?? new Wire({ name, clock, timings, connect })
    this.#busy.set(name, wire)
    return wire
  }

  async giveBack(wire: Wire, keep: boolean): Promise<void> {
    this.#busy.delete(wire.name)
    if (!keep || !wire.usable) return this.#end(wire)
    const stop = new AbortController()
    this.#idle.set(wire.name, { wire, stop })
    // B-33: phones can use the charger again within 5 s
    this.#parts.clock.sleep(IDLE_MS, stop.signal).then(
      () => void this.drop(wire.name),
      () => undefined,
    )
  }

  async drop(name: string): Promise<boolean> {
    const wire = this.#leaveIdle(name)
    await (wire ? this.#end(wire) : this.#ending.get(name))
    return wire !== null
  }

  peerOf(name: string) {
    return this.#peers.get(name) ?? null
  }

  connected(name: string): boolean {
    return (this.#idle.get(name)?.wire ?? this.#busy.get(name))?.usable ?? false
  }

  async close(): Promise<void> {
    this.#unfollow()
    await this.#dropAll()
    await Promise.all(this.#ending.values())
  }

  async #makeRoom(): Promise<void> {
    const [oldest] = this.#idle.keys()
    if (this.#idle.size > MOST_IDLE && oldest !== undefined) await this.drop(oldest)
  }

  async #dropAll(): Promise<void> {
    await Promise.all([...this.#idle.keys()].map((name) => this.drop(name)))
  }

  #leaveIdle(name: string): Wire | null {
    const found = this.#idle.get(name)
    if (!found) return null
    this.#idle.delete(name)
    found.stop.abort()
    return found.wire
  }

  #end(wire: Wire): Promise<void> {
    const done = wire.close().finally(() => {
      if (this.#ending.get(wire.name) === done) this.#ending.delete(wire.name)
    })
    this.#ending.set(wire.name, done)
    return done
  }
}

type Peers = Map<string, { readonly radioId: string; readonly since: number }>

/** One connection attempt at a time (ble.md §5.2), twice for each charger (B-11). */
function createConnect({ clock, driver, air, timings, layoutsOf }: Parts, peers: Peers) {
  let turn: Promise<unknown> = Promise.resolve()
  /** layout that worked, until the program ends (B-08) */
  const layouts = new Map<string, GattLayout>()
  const inTurn = <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(() => {
      if (signal.aborted) throw cancelled()
      return work()
    })
    turn = mine.catch(() => undefined)
    return unless(signal, mine, cancelled)
  }
  const attempt = async (name: string, radioId: string, signal: AbortSignal): Promise<RadioLink> => {
    const { connectMs, discoveryMs } = timings()
    const known = [...layoutsOf(name), layouts.get(name)].filter(
      (layout) => layout !== null && layout !== undefined,
    )
    const radio = await driver.ready()
    const link = await radio.connect(radioId, {
      layouts: known,
      connectTimeoutMs: connectMs,
      discoveryTimeoutMs: discoveryMs,
      signal,
    })
    if (signal.aborted) {
      await link.close()
      throw cancelled()
    }
    layouts.set(name, link.layout)
    peers.set(name, { radioId, since: clock.monotonic() })
    return link
  }
  return async (name: string, signal: AbortSignal): Promise<RadioLink> => {
    let failed: unknown = null
    for (let tries = 1; tries <= CONNECT_ATTEMPTS; tries++) {
      const seen = await air
        .find(name, { timeoutMs: timings().connectMs, signal })
        .catch((error: unknown) => {
          // heard before: that it takes no connection says more than that it is silent now
          throw failed ?? error
        })
      try {
        return await inTurn(signal, () => attempt(name, seen.radioId, signal))
      } catch (error) {
        if (!(error instanceof RadioFailure) || !AGAIN.includes(error.kind)) throw error
        failed = error
      }
    }
    throw failed
  }
}
