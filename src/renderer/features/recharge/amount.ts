import { parseYuan, type Fen } from '#shared/money.ts'

export type AmountProblem = 'empty' | 'notNumber' | 'decimals' | 'zero' | 'tooLarge'
export type Amount = { readonly fen: Fen } | { readonly problem: AmountProblem }

/** The contract's own bound (`amountFen`): one million yuan. */
export const MOST_FEN = 100_000_000

/** Digits of Chinese input methods, as they come when the width was not switched. */
const halfWidth = (text: string) =>
  text
    .replace(/[０-９．]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) - 0xfee0))
    .replaceAll('。', '.')

/** What was typed, in yuan, as fen; never rounded: a third decimal is a mistake, not a wish (C-21). */
export function readAmount(text: string): Amount {
  const plain = halfWidth(text.trim()).replace(/^[¥￥]\s*/, '')
  if (plain === '') return { problem: 'empty' }
  const typed = plain.replace(/^\./, '0.').replace(/\.$/, '')
  const parsed = parseYuan(typed)
  if (!parsed) return { problem: /^[+-]?\d{15,}/.test(typed) ? 'tooLarge' : 'notNumber' }
  if (/\.\d{3,}$/.test(typed)) return { problem: 'decimals' }
  if (parsed.fen <= 0) return { problem: 'zero' }
  return parsed.fen > MOST_FEN ? { problem: 'tooLarge' } : { fen: parsed.fen }
}

/** Cash in a drawer: zero is an amount too. */
export function readFloat(text: string): Amount {
  const amount = readAmount(text)
  return 'problem' in amount && amount.problem === 'zero' && parseYuan(text.trim())?.fen === 0
    ? { fen: 0 }
    : amount
}

/** `50` rather than `50.00`, as a person would type it. */
export function amountText(fen: Fen): string {
  const yuan = Math.floor(fen / 100)
  const cents = fen % 100
  return cents === 0 ? String(yuan) : `${yuan}.${String(cents).padStart(2, '0')}`
}

export const QUICK_FEN: readonly Fen[] = [2000, 5000, 10_000, 20_000, 50_000]
