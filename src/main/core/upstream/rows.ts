import { parseDecimal, type Decimal } from '#shared/decimal.ts'
import { parseDateTime, type ZoneOffset } from '#shared/time.ts'
import { integerOf, isObject, rowsOf, type Envelope } from './decode.ts'
import { UpstreamError, type BadRow, type Page, type PageRequest } from './types.ts'
import type { Fields } from './vendor.ts'

/** Why a row cannot be used; becomes a BadRow (F-23). */
export class Unusable extends Error {}

export type RawRow = Readonly<Record<string, unknown>>
/** null: the row is right and says nothing, such as a meter that was never read */
export type RowDecoder<R> = (row: RawRow, warn: (code: string) => void) => R | null

/** Characters of a bad row that are kept. */
const RAW_KEPT = 4000

/** The rows of a list that were good, those set aside, and what came. */
export interface DecodedRows<R> {
  readonly rows: readonly R[]
  readonly bad: readonly BadRow[]
  readonly raw: readonly unknown[]
  readonly warnings: readonly string[]
}

/** Decodes the rows of an answer one by one: a bad one is set aside and never loses the others (F-23). */
export function listOf<R>(
  endpoint: string,
  envelope: Envelope,
  decode: RowDecoder<R>,
  field: string,
): DecodedRows<R> {
  const raw = rowsOf(envelope.fields[field])
  if (!raw)
    throw new UpstreamError('malformed', `${endpoint} answered with ${field} that is no list.`, { endpoint })
  return { ...decodeRows(raw, decode, envelope.warnings), raw }
}

export function decodeRows<R>(
  raw: readonly unknown[],
  decode: RowDecoder<R>,
  before: readonly string[] = [],
): Omit<DecodedRows<R>, 'raw'> {
  const warnings = new Set(before)
  const warn = (code: string) => void warnings.add(code)
  const rows: R[] = []
  const bad: BadRow[] = []
  for (const item of raw) {
    try {
      if (!isObject(item)) throw new Unusable('not an object')
      const row = decode(item, warn)
      if (row === null) warn('emptyRow')
      else rows.push(row)
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      bad.push({ reason: error.message, raw: JSON.stringify(item).slice(0, RAW_KEPT) })
    }
  }
  return { rows, bad, warnings: [...warnings] }
}

/** One page of a list; `field` is where this vendor puts its rows, `count` where it says how many there are. */
export function pageOf<R>(
  endpoint: string,
  envelope: Envelope,
  decode: RowDecoder<R>,
  field = 'data',
  count = 'totalCount',
): Page<R> {
  const { raw, ...found } = listOf(endpoint, envelope, decode, field)
  const total = totalOf(envelope.fields[count])
  return { ...found, received: raw.length, total, fingerprint: fingerprintOf(raw) }
}

/** Rows on one page, in both systems that have pages (C-33, IE-2 … IE-8). */
const LARGEST_PAGE = 1000

/** Always both, also where a document calls them optional (I-35); the first page is 1 (C-32). */
export function pageFields({ page, pageSize }: PageRequest): Fields {
  return { pageNo: page, pageSize: Math.min(LARGEST_PAGE, Math.max(1, pageSize)) }
}

/** A hint only; a negative or odd one is none (I-13). */
function totalOf(said: unknown): number | null {
  const total = integerOf(said)
  return total === null || total < 0 ? null : total
}

/** Rows of a page that its fingerprint looks at, in equal steps: reading all costs more than storing them. */
const FINGERPRINT_ROWS = 64

/** FNV-1a over the rows, with two seeds: about 64 bits, and nothing worth forging. */
function fingerprintOf(rows: readonly unknown[]): string {
  const step = Math.max(1, Math.floor(rows.length / FINGERPRINT_ROWS))
  const text = JSON.stringify(rows.filter((_, i) => i % step === 0))
  let a = 0x811c9dc5
  let b = 0x9e3779b9
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x85ebca6b)
  }
  return `${rows.length}:${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`
}

/** Text as sent, numbers as printed; '' for what is missing. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' ? String(value) : ''
}

/** A meter, device or user code: text, also when the vendor sent a number that a double still holds (I-20). */
export function code(value: unknown, name: string): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new Unusable(`${name} is a number too long to be read exactly`)
  const found = text(value)
  if (found.includes('\uFFFD')) throw new Unusable(`${name} has characters that cannot be read`)
  return found
}

/** Which meter a row is about; deviceId falls back to tableNo (I-21). */
export function identity(row: RawRow): { deviceId: string; tableNo: string } {
  const tableNo = code(row['tableNo'], 'tableNo')
  const deviceId = code(row['deviceId'], 'deviceId') || tableNo
  if (deviceId === '') throw new Unusable('neither deviceId nor tableNo')
  return { deviceId, tableNo }
}

const isZeroDate = (value: string) => value.startsWith('0000-00-00')

/** Epoch ms; null for empty and 0000-00-00 (I-36). */
export function moment(value: unknown, name: string, zone: ZoneOffset): number | null {
  const found = text(value)
  if (found === '' || isZeroDate(found)) return null
  const at = parseDateTime(found, zone)
  if (at === null) throw new Unusable(`${name} is no time: ${found.slice(0, 40)}`)
  return at
}

/** As `moment`, but nothing hangs on it: null for whatever is no time. */
export function momentOrNull(value: unknown, zone: ZoneOffset): number | null {
  return parseDateTime(text(value), zone)
}

/** A register value; null where none was sent, refused where it is no decimal (§6.1). */
export function register(value: unknown, name: string): { value: Decimal; text: string } | null {
  const found = text(value)
  if (found === '') return null
  const decimal = parseDecimal(found)
  if (!decimal) throw new Unusable(`${name} is no decimal: ${found.slice(0, 40)}`)
  return { value: decimal, text: found }
}

/** A decimal string as reported, null for everything else. */
export function decimalOrNull(value: unknown): string | null {
  const found = text(value)
  return parseDecimal(found) ? found.replace(/^\+/, '') : null
}
