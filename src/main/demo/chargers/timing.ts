import { hash } from '../hash.ts'

/** ms from … to, drawn anew each time */
export type Span = readonly [number, number]

/** How long things take on the simulated air. */
export interface AirTiming {
  /** the adapter says how it is */
  readonly startMs: Span
  /** how often a listening radio hands on what it heard */
  readonly tickMs: number
  /** ms between two advertisements of one device that are heard */
  readonly advertiseMs: number
  readonly connectMs: Span
  readonly discoverMs: Span
  readonly writeMs: Span
  /** between two notifications */
  readonly notifyMs: number
  /** silence after which a link counts as lost (noble asks for 420 ms) */
  readonly supervisionMs: number
  /** disconnecting; confirming that a connection attempt was cancelled */
  readonly closeMs: Span
}

/** As measured with real stacks at the usual intervals. */
export const REALISTIC: AirTiming = {
  startMs: [80, 160],
  tickMs: 100,
  advertiseMs: 350,
  connectMs: [60, 220],
  discoverMs: [180, 340],
  writeMs: [18, 30],
  notifyMs: 22,
  supervisionMs: 420,
  closeMs: [25, 60],
}

/** The same order of things without the waiting. */
export const QUICK: AirTiming = {
  startMs: [0, 0],
  tickMs: 5,
  advertiseMs: 10,
  connectMs: [1, 2],
  discoverMs: [1, 1],
  writeMs: [0, 0],
  notifyMs: 0,
  supervisionMs: 10,
  closeMs: [0, 0],
}

/** Repeatable chance for one air: each call draws the next number. */
export class Dice {
  readonly #seed: number
  #drawn = 0

  constructor(seed: number) {
    this.#seed = seed
  }

  /** 0 ≤ x < 1 */
  draw(): number {
    return hash(this.#seed, this.#drawn++, 83) / 2 ** 32
  }

  within([from, to]: Span): number {
    return from + Math.floor(this.draw() * (to - from + 1))
  }
}
