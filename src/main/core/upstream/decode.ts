import type { HttpAnswer } from '../ports.ts'
import { countKey, repairTrailingCommas, repeatsKeyDifferently } from './json-text.ts'

/** An answer that is a JSON object, before anyone asks what its code means. */
export interface Envelope {
  /** null where the vendor sent none or no integer (C-08) */
  readonly code: number | null
  readonly msg: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly warnings: readonly string[]
}

export type Decoded =
  | { readonly kind: 'envelope'; readonly envelope: Envelope }
  | { readonly kind: 'html' | 'malformed'; readonly reason: string; readonly text: string }

export interface DecodeOptions {
  /** a second pass that forgives trailing commas; never for what mutates (I-03) */
  readonly lenient: boolean
  /** keys of which a differing repetition is worth a warning (I-05) */
  readonly watchedKeys?: readonly string[]
}

export function decodeAnswer(answer: HttpAnswer, options: DecodeOptions): Decoded {
  const { text, replaced } = decodeText(answer)
  const warnings = replaced ? ['badCharacters'] : []
  if (replaced && !options.lenient) return malformed('characters that are not in its encoding', text)
  const parsed = parse(text, options.lenient)
  if (!parsed) return notJson(answer, text)
  if (parsed.repaired) warnings.push('trailingComma')
  const { value } = parsed
  if (!isObject(value)) return malformed(`${nameOf(value)} instead of an object`, text)
  for (const key of options.watchedKeys ?? [])
    if (mayRepeat(value, text, key) && repeatsKeyDifferently(text, key)) warnings.push('duplicateKey')
  const envelope = { code: integerOf(value['code']), msg: textOf(value['msg']), fields: value, warnings }
  return { kind: 'envelope', envelope }
}

/** No more of a key than there are rows that have it: it stands once in each, and the text need not be read again. */
function mayRepeat(answer: Readonly<Record<string, unknown>>, text: string, key: string): boolean {
  const rows = rowsOf(answer['data']) ?? []
  return countKey(text, key) > rows.filter((row) => isObject(row) && Object.hasOwn(row, key)).length
}

const malformed = (reason: string, text: string): Decoded => ({ kind: 'malformed', reason, text })

/** A page for people where data was due (F-13); everything else that does not parse is F-14 … F-16. */
function notJson(answer: HttpAnswer, text: string): Decoded {
  const type = answer.headers['content-type'] ?? ''
  if (text.trim() === '') return malformed('an empty body', text)
  if (/^\s*</.test(text) || /html|xml/i.test(type)) return { kind: 'html', reason: 'a web page', text }
  return malformed('no valid JSON', text)
}

function parse(text: string, lenient: boolean): { value: unknown; repaired: boolean } | null {
  const strict = tryParse(text)
  if (strict) return { ...strict, repaired: false }
  const repaired = lenient ? tryParse(repairTrailingCommas(text)) : null
  return repaired && { ...repaired, repaired: true }
}

function tryParse(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}

const GB = /charset\s*=\s*["']?(?:gb18030|gbk|gb2312|gb_2312)/i

/** BOM stripped; GB18030 where the header declares it or a subset, UTF-8 otherwise (F-16). */
function decodeText(answer: HttpAnswer): { text: string; replaced: boolean } {
  const encoding = GB.test(answer.headers['content-type'] ?? '') ? 'gb18030' : 'utf-8'
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(answer.body), replaced: false }
  } catch {
    return { text: new TextDecoder(encoding).decode(answer.body), replaced: true }
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const nameOf = (value: unknown) =>
  Array.isArray(value) ? 'an array' : value === null ? 'null' : typeof value
const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** `200` and `"200"`; null for everything that is no whole number (C-08). */
export function integerOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null
  if (typeof value !== 'string' || !/^\s*-?\d{1,15}\s*$/.test(value)) return null
  return Number(value)
}

/**
 * The rows of a list endpoint, whatever the vendor made of the list (I-12): an array, one object, nothing, or
 * PHP's array with keys "0", "1" …. Null when it is none of these.
 */
export function rowsOf(data: unknown): readonly unknown[] | null {
  if (data === undefined || data === null || data === '') return []
  if (Array.isArray(data)) return data
  if (!isObject(data)) return null
  const keys = Object.keys(data)
  if (keys.length === 0) return []
  // integer keys come first and ascending in every JavaScript object
  return keys.every((key) => /^\d{1,9}$/.test(key)) ? Object.values(data) : [data]
}
