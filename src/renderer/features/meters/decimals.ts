import { formatDecimal, neededDigits, parseDecimal, SCALE_DIGITS } from '#shared/decimal.ts'

/**
 * Sums of decimal strings on their scaled integers, never on floats (spec §6.1). Null and what is no number
 * are left out; null when nothing was left.
 */
export function sumDecimals(values: Iterable<string | null | undefined>): string | null {
  let sum = 0
  let digits = 0
  let counted = 0
  for (const value of values) {
    const parsed = parseDecimal(value)
    if (!parsed) continue
    sum += parsed.scaled
    digits = Math.max(digits, parsed.digits)
    counted++
  }
  return counted === 0 ? null : formatDecimal(sum, digits)
}

/** a − b; null when either is missing. */
export function subtractDecimals(a: string | null, b: string | null): string | null {
  const left = parseDecimal(a)
  const right = parseDecimal(b)
  if (!left || !right) return null
  return formatDecimal(left.scaled - right.scaled, Math.max(left.digits, right.digits))
}

/** (a − b) / b in tenths of a percent, for reading only; null without a base. */
export function changePerMille(a: string | null, b: string | null): number | null {
  const left = parseDecimal(a)
  const right = parseDecimal(b)
  if (!left || !right || right.scaled === 0) return null
  // + 0: a change too small to show is no change, not minus zero
  return Math.round(((left.scaled - right.scaled) / Math.abs(right.scaled)) * 1000) + 0
}

/** sum / count, rounded to the decimals of the sum, at least one. */
export function meanDecimal(sum: string | null, count: number): string | null {
  const parsed = parseDecimal(sum)
  if (!parsed || count === 0) return null
  const mean = Math.round(parsed.scaled / count)
  const digits = Math.max(parsed.digits, 1)
  const step = 10 ** (SCALE_DIGITS - digits)
  const rounded = Math.round(mean / step) * step
  return formatDecimal(rounded, Math.min(digits, neededDigits(rounded, parsed.digits)))
}
