import { CODE } from '#core/charging/refusal.ts'
import type { Fields, Side } from '../endpoint.ts'
import type { Handled } from '../handle.ts'
import type { Body } from '../request/body.ts'
import { decodeSignature, md5, readingsOf, signedText, type SignatureRules } from '../request/signature.ts'
import type { Keys } from '../request/verify.ts'
import { readGiven } from './given.ts'
import { findMistake, type Hint } from './mistakes.ts'

export interface Known {
  readonly keys: Keys
  readonly rules: SignatureRules
  /** credentials of a side whose time is over */
  readonly ended: (side: Side) => { readonly appId: string; readonly until: number } | null
}

/** Why a request was refused; `text`: what its caller hashed, where that was found. */
export interface Why {
  readonly hints: readonly Hint[]
  readonly text: string | null
}
const because = (code: string, data?: Hint['data']): Why => ({
  hints: [data ? { code, data } : { code }],
  text: null,
})

/** Refused before anything was read. */
const STATUS: Readonly<Record<number, string>> = {
  403: 'notPrivate',
  404: 'path',
  405: 'method',
  413: 'tooLarge',
  429: 'rate',
}

export function whyRefused(handled: Handled, side: Side | null, skewS: number | null, known: Known): Why {
  const { status, code, body, match, json } = handled
  if (code === CODE.success) return { hints: [], text: null }
  const message = messageOf(json)
  const early = STATUS[status]
  if (early !== undefined) return because(early)
  if (body === null) return because('body', { message })
  if (match !== null) return because(AFTER[code] ?? 'rule', { message })
  if (code === CODE.parameter) return namesOf(body.fields) ?? because('parameter', { message })
  if (code === CODE.unknownCaller) return because(...callerOf(body.fields, side, known))
  if (code === CODE.timestamp) return because(...clockOf(skewS ?? 0))
  return code === CODE.signature ? whySignature(body, known) : because('rule', { message })
}

/** The signature was right, and then … */
const AFTER: Readonly<Record<number, string>> = {
  [CODE.parameter]: 'parameter',
  [CODE.unknownCaller]: 'session',
  [CODE.unknown]: 'provider',
}

function messageOf(json: string): string {
  const { message } = JSON.parse(json) as { message?: unknown }
  return typeof message === 'string' ? message : ''
}

const COMMON = ['appId', 'appKey', 'timestamp', 'signature']
/** Letters that look Latin; the documents' own text has them in `appKey` (spec N-01). */
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ['\u0430', 'a'],
  ['\u0440', 'p'],
  ['\u041a', 'K'],
  ['\u043a', 'k'],
  ['\u0435', 'e'],
  ['\u0443', 'y'],
  ['\u0441', 'c'],
  ['\u043e', 'o'],
  ['\u0456', 'i'],
])
const plainLetters = (name: string) =>
  name.replaceAll(/[\u0400-\u04FF]/g, (one) => LOOKALIKES.get(one) ?? one)

/** A common parameter under a name that is nearly right. */
function namesOf(fields: Fields): Why | null {
  const missing = COMMON.filter((name) => (fields.get(name) ?? '') === '')
  for (const given of fields.keys()) {
    const plain = plainLetters(given)
    const wanted = missing.find((name) => plain.replaceAll(/[_-]/g, '').toLowerCase() === name.toLowerCase())
    if (wanted === undefined) continue
    return because(plain === wanted ? 'lookalike' : 'parameterName', { given, wanted })
  }
  return null
}

function callerOf(fields: Fields, side: Side | null, { keys, ended }: Known): [string, Hint['data']?] {
  if (side === null) return ['credentials']
  const appId = String(fields.get('appId') ?? '')
  if (keys.jam === null) return ['jamNotSet']
  if (keys[side].length === 0) return ['credentialsMissing', { side }]
  if (keys[side].some((known) => known.appId === appId)) return ['appKeyWrong']
  const other = side === 'user' ? 'manager' : 'user'
  if (keys[other].some((known) => known.appId === appId)) return ['otherSide', { side }]
  if (ended(side)?.appId === appId) return ['credentialsEnded']
  return ['appIdUnknown', { appId: appId.slice(0, 80) }]
}

const HOUR_S = 3600
/** s by which a clock with the wrong time zone may be off the whole hour */
const ZONE_SLACK_S = 300

/** s from which on it is no clock that goes wrong, but no time of now at all */
const FAR_S = 48 * HOUR_S

function clockOf(skewS: number): [string, Hint['data']?] {
  const hours = Math.round(skewS / HOUR_S)
  const zone = hours !== 0 && Math.abs(hours) <= 14 && Math.abs(skewS - hours * HOUR_S) <= ZONE_SLACK_S
  const ahead = skewS > 0
  if (Math.abs(skewS) > FAR_S) return ['notNow']
  if (zone) return [ahead ? 'zoneAhead' : 'zoneBehind', { hours: Math.abs(hours) }]
  return [ahead ? 'clockAhead' : 'clockBehind', { seconds: Math.abs(skewS) }]
}

function whySignature(body: Body, { keys, rules }: Known): Why {
  const jam = keys.jam ?? ''
  const text = String(body.fields.get('signature') ?? '')
  const narrowed = narrowedBy(body, text, jam, rules)
  if (narrowed) return narrowed
  const given = readGiven(text)
  if (given === null) return because('form', { length: text.length })
  const found = findMistake(body, given, jam)
  const forms = given.wrong.map((code) => ({ code }))
  if (found === null) return { hints: [...forms, { code: 'unknown' }], text: null }
  return { hints: [...found.hints, ...forms], text: found.text }
}

/** Right by the document, but in a form that the settings no longer accept. */
function narrowedBy(body: Body, given: string, jam: string, rules: SignatureRules): Why | null {
  const decoded = decodeSignature(given)
  const any = readingsOf(body, {}).find((one) => md5(signedText(body, one, jam)) === decoded?.hex)
  if (!decoded || !any) return null
  return readingsOf(body, rules).some((one) => md5(signedText(body, one, jam)) === decoded.hex)
    ? because('encoding', { wanted: rules.encoding ?? 'any' })
    : because('order', { wanted: rules.order ?? 'any' })
}
