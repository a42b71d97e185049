import type { Output } from '#shared/contract/index.ts'
import { CODE } from '#core/charging/refusal.ts'
import type { Fields, Side } from '../endpoint.ts'
import type { Body } from '../request/body.ts'
import {
  decodeSignature,
  encodeDigest,
  md5,
  readingsOf,
  signedText,
  type Reading,
  type Signed,
  type SignatureRules,
} from '../request/signature.ts'
import { timestampOf, type Keys } from '../request/verify.ts'
import type { Logged } from './log.ts'
import { maskPhones, shownValue } from './redact.ts'

type Row = Output<'lan.requests'>['rows'][number]
type Detail = Output<'lan.request'>
type Expected = Output<'lan.sign'>['expected'][number]
type Hint = Detail['signature']['hints'][number]

export const sideOf = (url: string): Side | null => {
  const path = url.toLowerCase()
  if (path.includes('bluepower_user')) return 'user'
  return path.includes('bluepower_manager') ? 'manager' : null
}

export function rowOf({ id, at, address, url, ms, handled }: Logged): Row {
  const { endpoint, status, code, replayed } = handled
  const name = endpoint?.name ?? url.split('?', 1)[0] ?? ''
  return {
    id,
    at,
    side: endpoint?.side ?? sideOf(url),
    endpoint: name.slice(0, 80),
    address,
    status,
    code,
    ms: Math.round(ms * 100) / 100,
    replayed,
  }
}

/** Every signature that would be accepted, the text that is hashed with its secrets hidden. */
export function expectedOf(signed: Signed, jam: string, rules: SignatureRules): Expected[] {
  return readingsOf(signed, rules).map((reading) => ({
    variant: reading.name,
    text: `${shownText(signed, reading)}●`,
    value: encodeDigest(md5(signedText(signed, reading, jam)), rules.encoding === 'raw' ? 'raw' : 'hex'),
  }))
}

/** The same text, with every value as it may be shown. */
function shownText({ fields, lexemes }: Signed, reading: Reading): string {
  const written = reading.numbers === 'source' ? lexemes() : new Map<string, string>()
  const shown = new Map(
    [...fields].map(([name, value]) => [
      name,
      value === null ? null : shownValue(name, written.get(name) ?? String(value)),
    ]),
  )
  return signedText({ fields: shown, lexemes: () => new Map() }, { ...reading, numbers: 'plain' }, '')
}

interface Known {
  readonly keys: Keys
  readonly rules: SignatureRules
}

export function detailOf(logged: Logged, { keys, rules }: Known): Detail {
  const { handled, at } = logged
  const { body, match, json } = handled
  const given = String(body?.fields.get('signature') ?? '')
  const timestamp = timestampOf(body?.fields.get('timestamp'))
  return {
    ...rowOf(logged),
    encoding: body?.encoding ?? '',
    parameters: [...(body?.fields ?? [])].map(([name, value]) => ({
      name,
      value: shownValue(name, value === null ? 'null' : String(value)),
    })),
    signature: {
      given,
      variant: match ? `${match.reading.name} ${match.encoding}` : null,
      expected: body && keys.jam !== null ? expectedOf(body, keys.jam, rules) : [],
      hints: body && keys.jam !== null && !match ? hintsOf(body, given, handled.code, { keys, rules }) : [],
    },
    timestampSkewS: timestamp === null ? null : timestamp - Math.floor(at / 1000),
    answer: maskPhones(json).slice(0, 20_000),
  }
}

/** What people do instead, each tried: the one that gives the signature that came is named. */
const MISTAKES: readonly (readonly [string, (parts: Mistaken) => string])[] = [
  ['jamMissing', ({ text }) => text],
  ['jamFirst', ({ text, jam }) => jam + text],
  ['separators', ({ pairs, jam }) => pairs.map(([name, value]) => `${name}=${value}`).join('&') + jam],
  ['separatorsNoJam', ({ pairs }) => pairs.map(([name, value]) => `${name}=${value}`).join('&')],
  ['valuesOnly', ({ pairs, jam }) => pairs.map(([, value]) => value).join('') + jam],
  [
    'urlEncoded',
    ({ pairs, jam }) => pairs.map(([name, value]) => name + encodeURIComponent(value)).join('') + jam,
  ],
  ['withoutAppKey', ({ pairs, jam }) => joined(pairs.filter(([name]) => name !== 'appKey')) + jam],
  ['withoutApp', ({ pairs, jam }) => joined(pairs.filter(([name]) => !name.startsWith('app'))) + jam],
  ['withoutTimestamp', ({ pairs, jam }) => joined(pairs.filter(([name]) => name !== 'timestamp')) + jam],
  ['asSent', ({ sent, jam }) => joined(sent) + jam],
  ['lowerCase', ({ text, jam }) => (text + jam).toLowerCase()],
]

type Pair = readonly [string, string]
interface Mistaken {
  readonly text: string
  readonly jam: string
  readonly pairs: readonly Pair[]
  /** in the order they came in */
  readonly sent: readonly Pair[]
}
const joined = (pairs: readonly Pair[]): string => pairs.map(([name, value]) => name + value).join('')

const pairsOf = (fields: Fields): Pair[] =>
  [...fields].flatMap(([name, value]): Pair[] =>
    name === 'signature' || value === null ? [] : [[name, String(value)]],
  )

function hintsOf(body: Body, given: string, code: number, { keys, rules }: Known): Hint[] {
  if (code === CODE.timestamp) return [{ code: 'clock' }]
  if (code === CODE.unknownCaller) return [{ code: 'credentials' }]
  if (code !== CODE.signature) return []
  const decoded = decodeSignature(given)
  if (!decoded) return [{ code: 'form', data: { length: given.length } }]
  const jam = keys.jam ?? ''
  const any = readingsOf(body, {}).find((reading) => md5(signedText(body, reading, jam)) === decoded.hex)
  if (any)
    return [
      rules.order !== undefined && rules.order !== 'any' && any.order !== rules.order
        ? { code: 'order', data: { wanted: rules.order } }
        : { code: 'encoding', data: { wanted: rules.encoding ?? 'any' } },
    ]
  const [first] = readingsOf(body, {})
  if (!first) return []
  const sent = pairsOf(body.fields)
  const pairs = [...sent].sort(([a], [b]) => (a < b ? -1 : 1))
  const mistaken: Mistaken = { text: signedText(body, first, ''), jam, pairs, sent }
  const found = MISTAKES.find(([, text]) => md5(text(mistaken)) === decoded.hex)
  return [{ code: found?.[0] ?? 'unknown' }]
}
