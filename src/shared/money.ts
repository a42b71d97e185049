/**
 * Money is integer fen, 1/100 yuan (spec §6.1). Text becomes fen by moving digits, never by a float product.
 */
export type Fen = number

const YUAN = /^([+-]?)(\d+)(?:\.(\d+))?$/

export interface ParsedMoney {
  readonly fen: Fen
  /** false when the text had more than two decimals: `fen` is then rounded half away from zero */
  readonly exact: boolean
}

/** `80`, `"80.00"`, `-10.5` → 8000, 8000, −1050 fen; null for the empty, exponents, separators, NaN (C-15). */
export function parseYuan(value: unknown): ParsedMoney | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const m = YUAN.exec(String(value).trim())
  if (!m) return null
  const fraction = m[3] ?? ''
  const cut = Number(`${m[2]}${fraction.slice(0, 2).padEnd(2, '0')}`)
  const roundsUp = (fraction[2] ?? '0') >= '5'
  const fen = cut + (roundsUp ? 1 : 0)
  if (!Number.isSafeInteger(fen)) return null
  const exact = /^0*$/.test(fraction.slice(2))
  return { fen: m[1] === '-' && fen !== 0 ? -fen : fen, exact }
}

/** The JSON number a vendor is sent: yuan with at most two decimals, from an integer (C-21). */
export const toYuanNumber = (fen: Fen): number => Number((fen / 100).toFixed(2))

/** `1234.50`, for files. */
export function formatYuan(fen: Fen): string {
  const abs = Math.abs(fen)
  const whole = Math.floor(abs / 100)
  return `${fen < 0 ? '-' : ''}${whole}.${String(abs - whole * 100).padStart(2, '0')}`
}
