import type { Clock } from '#core/ports.ts'
import { MINUTE } from '#shared/time.ts'

export const PORT_COUNT = 4
/** three digits, and 999 says broken (B-15, B-16) */
export const MOST_MINUTES = 998
export const BROKEN = 999

export type Rounding = 'up' | 'down'
/** What POWERON does to a port that is supplying: the document is silent (B-25). */
export type BusyRule = 'restart' | 'extend' | 'refuse'

interface Supply {
  /** ms still to supply when the count began */
  readonly left: number
  /** monotonic; null while there is no power */
  readonly since: number | null
}

/** Four ports that count down; what is left outlives a power cut (B-28). */
export class PortBank {
  readonly #clock: Pick<Clock, 'monotonic'>
  readonly #rounding: Rounding
  readonly #supplies = new Map<number, Supply>()
  readonly #broken = new Set<number>()

  constructor(clock: Pick<Clock, 'monotonic'>, rounding: Rounding) {
    this.#clock = clock
    this.#rounding = rounding
  }

  /** whole minutes as STA tells them: 0 free, 999 broken; rounded down, the last minute looks free (B-14) */
  minutes(port: number): number {
    if (this.#broken.has(port)) return BROKEN
    const left = this.#left(port) / MINUTE
    return this.#rounding === 'up' ? Math.ceil(left) : Math.floor(left)
  }

  isOn(port: number): boolean {
    return !this.#broken.has(port) && this.#left(port) > 0
  }

  start(port: number, minutes: number, busy: BusyRule = 'restart'): boolean {
    if (port < 1 || port > PORT_COUNT || minutes < 1 || minutes > MOST_MINUTES) return false
    if (this.#broken.has(port) || (busy === 'refuse' && this.isOn(port))) return false
    const before = busy === 'extend' ? this.#left(port) : 0
    const left = Math.min(before + minutes * MINUTE, MOST_MINUTES * MINUTE)
    this.#supplies.set(port, { left, since: this.#clock.monotonic() })
    return true
  }

  stop(port: number): void {
    this.#supplies.delete(port)
  }

  stopAll(): void {
    this.#supplies.clear()
  }

  setBroken(port: number, broken: boolean): void {
    if (broken) this.#broken.add(port)
    else this.#broken.delete(port)
    this.#supplies.delete(port)
  }

  powerCut(): void {
    for (const [port] of this.#supplies) this.#supplies.set(port, { left: this.#left(port), since: null })
  }

  powerBack(): void {
    const since = this.#clock.monotonic()
    for (const [port, { left }] of this.#supplies) this.#supplies.set(port, { left, since })
  }

  #left(port: number): number {
    const supply = this.#supplies.get(port)
    if (!supply) return 0
    const gone = supply.since === null ? 0 : this.#clock.monotonic() - supply.since
    return Math.max(0, supply.left - gone)
  }
}
