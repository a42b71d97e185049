import type { Output } from '#shared/contract/index.ts'
import type { Side } from '../endpoint.ts'
import {
  encodeDigest,
  md5,
  readingsOf,
  signedText,
  type Reading,
  type Signed,
  type SignatureRules,
} from '../request/signature.ts'
import { timestampOf } from '../request/verify.ts'
import { whyRefused, type Known } from './hints.ts'
import type { Logged } from './log.ts'
import { shownAnswer, shownValue } from './redact.ts'

/** Characters of an answer that are shown. */
const MOST_ANSWER = 20_000

type Row = Output<'lan.requests'>['rows'][number]
type Detail = Output<'lan.request'>
type Expected = Output<'lan.sign'>['expected'][number]

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
  return readingsOf(signed, rules).map((reading) => {
    const hex = md5(signedText(signed, reading, jam))
    return {
      variant: reading.name,
      text: `${shownText(signed, reading)}●`,
      value: encodeDigest(hex, rules.encoding === 'raw' ? 'raw' : 'hex'),
      raw: (rules.encoding ?? 'any') === 'any' ? encodeDigest(hex, 'raw') : null,
    }
  })
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

export function detailOf(logged: Logged, known: Known): Detail {
  const { handled, at } = logged
  const { body, match, json } = handled
  const { keys, rules } = known
  const timestamp = timestampOf(body?.fields.get('timestamp'))
  const timestampSkewS = timestamp === null ? null : timestamp - Math.floor(at / 1000)
  const row = rowOf(logged)
  const why = whyRefused(handled, row.side, timestampSkewS, known)
  return {
    ...row,
    encoding: body?.encoding ?? '',
    parameters: [...(body?.fields ?? [])].map(([name, value]) => ({
      name,
      value: shownValue(name, value === null ? 'null' : String(value)),
    })),
    signature: {
      given: String(body?.fields.get('signature') ?? ''),
      variant: match ? `${match.reading.name} ${match.encoding}` : null,
      expected: body && keys.jam !== null ? expectedOf(body, keys.jam, rules) : [],
      signed: body && match ? `${shownText(body, match.reading)}●` : why.text,
      hints: [...why.hints],
    },
    timestampSkewS,
    answer: shownAnswer(json).slice(0, MOST_ANSWER),
  }
}
