/** How fast the air is. Supervision timeouts always take the time the central asked for: they are what is tested. */
export interface Timing {
  /** Milliseconds between two advertising events, from what the advertiser asked for. */
  advertisingMs(asked: number): number
  /** Upper end of the pseudo-random advDelay added to each advertising event (volume 6, part B, §4.4.2.2). */
  readonly advertisingDelayMs: number
  /** Milliseconds between two connection events, from what the central asked for; 0: as soon as there is a packet. */
  connectionMs(asked: number): number
  /** Packets each side may send in one connection event. */
  readonly packetsPerEvent: number
}

/**
 * What the stacks ask for is what they get (bleno advertises each 100 ms, noble asks for 22.5 ms at most).
 * Left out, so that the air is never slower than a radio: lost packets, a scanner's or initiator's duty cycle.
 */
export const REALISTIC: Timing = {
  advertisingMs: (asked) => asked,
  advertisingDelayMs: 10,
  connectionMs: (asked) => asked,
  packetsPerEvent: 4,
}

/** For tests: the same order of things without the waiting. */
export const FAST: Timing = {
  advertisingMs: () => 10,
  advertisingDelayMs: 2,
  connectionMs: () => 0,
  packetsPerEvent: 8,
}

/** A repeatable source of jitter (mulberry32), 0 ≤ n < 1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
