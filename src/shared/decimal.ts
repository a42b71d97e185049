/**
 * Register values as the vendors print them, kept as integers of 1/10 000 and never rounded in storage
 * (spec §6.1). Text that does not fit is kept beside the reading by its owner.
 */
export const SCALE = 10_000
export const SCALE_DIGITS = 4

export interface Decimal {
  /** value × 10 000, a safe integer */
  readonly scaled: number
  /** decimals in the text, 0–4 */
  readonly digits: number
  /** false when the text had more than four decimals: `scaled` is then cut, not the truth */
  readonly exact: boolean
}

const ZERO = 48
const POINT = 46
const MINUS = 45
const PLUS = 43
const POWERS = [10_000, 1000, 100, 10, 1]

const digitAt = (text: string, i: number) => {
  const digit = text.charCodeAt(i) - ZERO
  return digit >= 0 && digit <= 9 ? digit : -1
}

/**
 * Parses `346.90`, `10622.5`, `-3`; null for the empty, exponents, thousands separators, NaN (spec §6.1). Digit by
 * digit: a page of bands holds twenty thousand of them, and a regular expression took three times as long.
 */
export function parseDecimal(value: unknown): Decimal | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = String(value).trim()
  const first = text.charCodeAt(0)
  const start = first === MINUS || first === PLUS ? 1 : 0
  let whole = 0
  let i = start
  for (let digit = digitAt(text, i); digit >= 0; digit = digitAt(text, ++i)) whole = whole * 10 + digit
  if (i === start) return null
  const fraction = fractionOf(text, i)
  if (!fraction) return null
  const { digits, exact } = fraction
  const scaled = whole * SCALE + fraction.scaled
  if (!Number.isSafeInteger(scaled)) return null
  return { scaled: first === MINUS && scaled !== 0 ? -scaled : scaled, digits, exact }
}

const WHOLE: Decimal = { scaled: 0, digits: 0, exact: true }

/** What stands from the point to the end; null where that is no fraction. */
function fractionOf(text: string, point: number): Decimal | null {
  if (point === text.length) return WHOLE
  if (text.charCodeAt(point) !== POINT || point + 1 === text.length) return null
  let kept = 0
  let digits = 0
  let exact = true
  for (let i = point + 1; i < text.length; i++) {
    const digit = digitAt(text, i)
    if (digit < 0) return null
    if (digits < SCALE_DIGITS) {
      kept = kept * 10 + digit
      digits++
    } else if (digit !== 0) exact = false
  }
  return { scaled: kept * (POWERS[digits] ?? 1), digits, exact }
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
