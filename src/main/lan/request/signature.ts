import { hash } from 'node:crypto'
import type { Fields } from '../endpoint.ts'

/** What is accepted (interfaces §2 `lan.signature`); absent: any. */
export interface SignatureRules {
  readonly order?: 'any' | 'sorted' | 'timestampLast' | undefined
  readonly encoding?: 'any' | 'hex' | 'raw' | undefined
}

type Order = 'sorted' | 'timestampLast'
/** `source`: numbers as they were written; `plain`: as JavaScript writes them (H-07) */
type Numbers = 'plain' | 'source'
/** an empty value: its name is signed, or it is left out (H-06) */
type Empties = 'signed' | 'skipped'

/** One reading of the document; `name` for the inspector: `sorted plain signed`. */
export interface Reading {
  readonly name: string
  readonly order: Order
  readonly numbers: Numbers
  readonly empties: Empties
}

const READINGS: readonly Reading[] = (['sorted', 'timestampLast'] as const).flatMap((order) =>
  (['plain', 'source'] as const).flatMap((numbers) =>
    (['signed', 'skipped'] as const).map((empties) => ({
      name: `${order} ${numbers} ${empties}`,
      order,
      numbers,
      empties,
    })),
  ),
)

export interface Signed {
  readonly fields: Fields
  lexemes(): ReadonlyMap<string, string>
}

/** The text whose MD5 is the signature, the jam code at its end (S3 L238). Names in the order of their code units. */
export function signedText({ fields, lexemes }: Signed, reading: Reading, jam: string): string {
  const written = reading.numbers === 'source' ? lexemes() : null
  let text = ''
  let last = ''
  for (const name of [...fields.keys()].sort()) {
    const value = fields.get(name)
    if (name === 'signature' || value === null || value === undefined) continue
    const said = written?.get(name) ?? String(value)
    if (said === '' && reading.empties === 'skipped') continue
    if (name === 'timestamp' && reading.order === 'timestampLast') last = name + said
    else text += name + said
  }
  return text + last + jam
}

/** The readings that can differ for these parameters under these rules; the first is what we send (H-01, H-06). */
export function readingsOf(signed: Signed, rules: SignatureRules): Reading[] {
  const order = rules.order ?? 'any'
  const seen = new Set<string>()
  return READINGS.filter((reading) => {
    if (order !== 'any' && reading.order !== order) return false
    const text = signedText(signed, reading, '')
    return !seen.has(text) && seen.add(text) !== undefined
  })
}

export type Encoding = 'hex' | 'hexUpper' | 'raw' | 'bare'

/** The digest in the forms it is sent in (H-04, H-05). */
export function encodeDigest(hex: string, encoding: Encoding): string {
  if (encoding === 'raw') return Buffer.from(hex, 'hex').toString('base64')
  if (encoding === 'bare') return hex
  return Buffer.from(encoding === 'hex' ? hex : hex.toUpperCase()).toString('base64')
}

/** The 32 hex digits that a signature stands for and how it was written; told apart by length (H-04). */
export function decodeSignature(given: string): { hex: string; encoding: Encoding } | null {
  if (/^[0-9a-fA-F]{32}$/.test(given)) return { hex: given.toLowerCase(), encoding: 'bare' }
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(given)
  if (isBase64 && given.length === 24)
    return { hex: Buffer.from(given, 'base64').toString('hex'), encoding: 'raw' }
  if (!isBase64 || given.length !== 44) return null
  const text = Buffer.from(given, 'base64').toString('latin1')
  if (!/^(?:[0-9a-f]{32}|[0-9A-F]{32})$/.test(text)) return null
  return { hex: text.toLowerCase(), encoding: /[A-F]/.test(text) ? 'hexUpper' : 'hex' }
}

const allowed = (encoding: Encoding, rule: 'any' | 'hex' | 'raw') => rule === 'any' || encoding === rule

export const md5 = (text: string): string => hash('md5', text, 'hex')

export interface Match {
  readonly reading: Reading
  readonly encoding: Encoding
}

/** Which reading and encoding a signature was made by; null: none that is accepted. */
export function verifySignature(signed: Signed, jam: string, rules: SignatureRules): Match | null {
  const given = signed.fields.get('signature')
  const decoded = typeof given === 'string' ? decodeSignature(given) : null
  if (!decoded || !allowed(decoded.encoding, rules.encoding ?? 'any')) return null
  const order = rules.order ?? 'any'
  const tried = new Set<string>()
  for (const reading of READINGS) {
    if (order !== 'any' && reading.order !== order) continue
    const text = signedText(signed, reading, jam)
    if (tried.has(text)) continue
    tried.add(text)
    if (md5(text) === decoded.hex) return { reading, encoding: decoded.encoding }
  }
  return null
}

/** What we send: full sort, plain numbers, base64 of small hex (H-01, H-04). */
export const sign = (signed: Signed, jam: string): string =>
  encodeDigest(md5(signedText(signed, READINGS[0] as Reading, jam)), 'hex')
