/**
 * Register values as the vendors print them, kept as integers of 1/10 000 and never rounded in storage
 * (spec §6.1). Text that does not fit is kept beside the reading by its owner.
 */
export const SCALE = 10_000
export const SCALE_DIGITS = 4

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/

export interface Decimal {
  /** value × 10 000, a safe integer */
  readonly scaled: number
  /** decimals in the text, 0–4 */
  readonly digits: number
  /** false when the text had more than four decimals: `scaled` is then cut, not the truth */
  readonly exact: boolean
}

/** Parses `346.90`, `10622.5`, `-3`; null for the empty, exponents, thousands separators, NaN (spec §6.1). */
export function parseDecimal(value: unknown): Decimal | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const m = DECIMAL.exec(String(value).trim())
  if (!m) return null
  const fraction = m[3] ?? ''
  const kept = fraction.slice(0, SCALE_DIGITS)
  const scaled = Number(`${m[2]}${kept.padEnd(SCALE_DIGITS, '0')}`)
  if (!Number.isSafeInteger(scaled)) return null
  const exact = fraction.length <= SCALE_DIGITS || /^0*$/.test(fraction.slice(SCALE_DIGITS))
  return { scaled: m[1] === '-' && scaled !== 0 ? -scaled : scaled, digits: kept.length, exact }
}

const PADDED = ['0000', '000', '00', '0', '']
/** `.00` … `.99`: most registers have two decimals, and a screen may show a hundred thousand of them */
const HUNDREDTHS = Array.from({ length: 100 }, (_, n) => `.${String(n).padStart(2, '0')}`)

/** The decimal string of a scaled integer with `digits` decimals (0–4), the inverse of parseDecimal. */
export function formatDecimal(scaled: number, digits: number): string {
  const sign = scaled < 0 ? '-' : ''
  const abs = scaled < 0 ? -scaled : scaled
  const whole = Math.floor(abs / SCALE)
  if (digits === 0) return sign + whole
  if (digits === 2) return sign + whole + (HUNDREDTHS[Math.floor((abs - whole * SCALE) / 100)] ?? '')
  const rest = String(abs - whole * SCALE)
  const fraction = (PADDED[rest.length] ?? '') + rest
  return `${sign}${whole}.${digits < SCALE_DIGITS ? fraction.slice(0, digits) : fraction}`
}

/** How many decimals a scaled integer needs, at least `least`. */
export function neededDigits(scaled: number, least = 0): number {
  let digits = SCALE_DIGITS
  let rest = Math.abs(scaled)
  while (digits > least && rest % 10 === 0) {
    digits--
    rest /= 10
  }
  return digits
}
