import { SCALE } from '#shared/decimal.ts'
import type { Register } from './usage-tables.ts'

/**
 * Where a register does not simply count up. `rollover`: it passed its last digit · `reset`: it began again near
 * zero · `spike`, `dip`: single readings far above or below those around them · `drop`: any other fall · `jump`:
 * more than the meter ever uses, and it stayed there.
 */
export type EventKind = 'rollover' | 'reset' | 'spike' | 'dip' | 'drop' | 'jump'

/** One fall or jump of a register between two readings, in epoch seconds and 1/10 000. */
export interface RegisterEvent {
  readonly kind: EventKind
  /** the reading that is lower, or far higher, than the one before it */
  readonly at: number
  readonly value: number
  readonly beforeAt: number
  readonly before: number
  /** differences across (from, to] do not count until somebody decides */
  readonly from: Register
  readonly to: Register
  /** whole digits of a register that rolled over */
  readonly digits: number | null
}

/** Readings that are looked at on each side of a fall: more of them in a row are no misreading. */
export const NEIGHBOURS = 6
/** A misreading lies at least this many times as far off as those around it lie from each other. */
const FAR = 4
/** A register that began again reads less than this share of what it read before. */
const RESET_SHARE = 0.1
/** Registers of this many whole digits are known; a smaller one is only believed where somebody entered it. */
const REGISTER_DIGITS = [5, 6, 7, 8]

/** What a fall is, by the readings before (newest first) and from it on (oldest first). */
export function fallOf(
  before: readonly Register[],
  from: readonly Register[],
  knownDigits: number | null,
): RegisterEvent | null {
  const [p] = before
  const [q] = from
  if (!p || !q || q.value >= p.value) return null
  const core = { at: q.at, value: q.value, beforeAt: p.at, before: p.value }
  const plain = { ...core, from: p, to: q, digits: null }
  const digits = rollDigits(p.value, q.value, knownDigits)
  if (digits !== null) return { ...plain, kind: 'rollover', digits }
  const good = before.slice(1).find(({ value }) => value <= q.value)
  const high = before.slice(0, good ? before.indexOf(good) : 0)
  if (good && isFar(p.value - q.value, q.value - good.value) && high.every(({ value }) => value > q.value))
    return { ...core, kind: 'spike', from: good, to: q, digits: null }
  const back = from.slice(1).find(({ value }) => value >= p.value)
  if (back && isFar(p.value - q.value, back.value - p.value))
    return { ...core, kind: 'dip', from: p, to: back, digits: null }
  return { ...plain, kind: q.value <= p.value * RESET_SHARE ? 'reset' : 'drop' }
}

const isFar = (off: number, around: number) => off >= FAR * around

/** Near the end of its digits before and near zero after: the register went over. */
function rollDigits(before: number, value: number, known: number | null): number | null {
  for (const digits of known === null ? REGISTER_DIGITS : [known]) {
    const full = 10 ** digits * SCALE
    if (before < full && before >= full * 0.9 && value <= full * 0.05) return digits
  }
  return null
}

/** Days before one that say what the meter uses. */
export const TYPICAL_DAYS = 31
const LEAST_DAYS = 7
/** More than this many times the middle day, and this many times the highest. */
const TIMES_MIDDLE = 50
const TIMES_HIGHEST = 3
/** Less than this a day is never too much: units of the register. */
const LEAST_JUMP = { electricity: 200 * SCALE, water: 50 * SCALE, unknown: 200 * SCALE } as const
export type JumpKind = keyof typeof LEAST_JUMP
/** Of any kind of meter. */
export const LEAST_JUMP_DAY = Math.min(...Object.values(LEAST_JUMP))

/** Whether a day's usage is beyond belief, beside the usage of the days before it. */
export function isJump(perDay: number, kind: JumpKind, before: readonly number[]): boolean {
  if (perDay < LEAST_JUMP[kind] || before.length < LEAST_DAYS) return false
  const sorted = before.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0
  return perDay >= TIMES_MIDDLE * middle && perDay >= TIMES_HIGHEST * (sorted.at(-1) ?? 0)
}
