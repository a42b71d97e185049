import { encodeDigest, type Encoding } from '../request/signature.ts'

/** A signature as it came, read as generously as one who looks for the mistake does. */
export interface Given {
  /** the digest's hex digits */
  readonly hex: string
  readonly digest: Digest
  /** what was wrong with how it was written: hints */
  readonly wrong: readonly string[]
}
export type Digest = 'md5' | 'md5Short' | 'sha1' | 'sha256'

/** Hex digits of a digest by its length. */
const DIGESTS: Readonly<Record<number, Digest>> = { 16: 'md5Short', 32: 'md5', 40: 'sha1', 64: 'sha256' }
const ENCODINGS: readonly Encoding[] = ['hex', 'hexUpper', 'raw', 'bare']

/** Null: no digest in any form. */
export function readGiven(text: string): Given | null {
  const { base64, wrong } = straighten(text)
  const found = digestOf(base64)
  if (found === null) return null
  const { twice, ...digest } = found
  const codes = [...wrong, ...(twice ? ['base64Twice'] : [])]
  // a form of ours after all: nothing was wrong with it
  const ours = digest.digest === 'md5' && ENCODINGS.some((form) => encodeDigest(digest.hex, form) === text)
  return { ...digest, wrong: ours ? [] : codes }
}

/** What transports and languages do to base64, taken back. */
function straighten(text: string): { base64: string; wrong: string[] } {
  const wrong: string[] = []
  let plain = text
  if (/%[0-9a-f]{2}/i.test(plain)) {
    plain = plain.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    wrong.push('signatureUrlEncoded')
  }
  if (/\s/.test(plain)) {
    plain = plain.replaceAll(/\s/g, '')
    wrong.push('signatureSpaces')
  }
  if (/[-_]/.test(plain)) {
    plain = plain.replaceAll('-', '+').replaceAll('_', '/')
    wrong.push('base64Url')
  }
  const isHex = /^[0-9a-f]+$/i.test(plain) && DIGESTS[plain.length] !== undefined
  if (!isHex && plain.length % 4 !== 0) wrong.push('padding')
  return { base64: plain, wrong }
}

function digestOf(text: string, twice = false): (Omit<Given, 'wrong'> & { twice: boolean }) | null {
  const named = DIGESTS[text.length]
  if (named && /^[0-9a-f]+$/i.test(text)) return { hex: text.toLowerCase(), digest: named, twice }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64')
  const inner = bytes.toString('latin1')
  if (/^[0-9a-f]+$/i.test(inner) && DIGESTS[inner.length] !== undefined) return digestOf(inner, twice)
  const raw = DIGESTS[bytes.length * 2]
  if (raw) return { hex: bytes.toString('hex'), digest: raw, twice }
  return twice || !/^[A-Za-z0-9+/]+={0,2}$/.test(inner) ? null : digestOf(inner, true)
}
