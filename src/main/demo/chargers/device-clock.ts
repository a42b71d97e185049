import type { Clock } from '#core/ports.ts'
import { fromCalendar } from '#shared/time.ts'
import { CHARGER_ZONE, clockText } from './variant.ts'

/** What the clock says after every power cut: the document names no value (B-20). */
const INITIAL = Date.UTC(2000, 0, 1) - CHARGER_ZONE

/** `YYMMDDHHMMSS` → epoch ms; null when no calendar has it. */
export function readClockText(text: string): number | null {
  const m = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text)
  if (!m) return null
  const n = (i: number) => Number(m[i])
  const parts = { year: 2000 + n(1), month: n(2), day: n(3), hour: n(4), minute: n(5), second: n(6) }
  return fromCalendar(parts, CHARGER_ZONE)
}

/** The charger's clock: no battery, so a power cut sets it back (seed 003 §二 1.6). */
export class DeviceClock {
  readonly #clock: Pick<Clock, 'monotonic'>
  #set: number
  #setAt: number

  /** `start` null: it was just powered */
  constructor(clock: Pick<Clock, 'monotonic'>, start: number | null) {
    this.#clock = clock
    this.#set = start ?? INITIAL
    this.#setAt = clock.monotonic()
  }

  /** epoch ms of what it shows */
  get time(): number {
    return this.#set + this.#clock.monotonic() - this.#setAt
  }

  get text(): string {
    return clockText(this.time)
  }

  set(at: number): void {
    this.#set = at
    this.#setAt = this.#clock.monotonic()
  }

  lose(): void {
    this.set(INITIAL)
  }
}
