import { HttpFailure, type Clock, type Http, type HttpAnswer } from '../ports.ts'
import { redactor } from '../redact.ts'
import { decodeAnswer, type Decoded, type Envelope } from './decode.ts'
import { cancelled } from './pacing.ts'
import type { SkewMeter } from './skew.ts'
import { UpstreamError, type UpstreamFault } from './types.ts'
import { judgeData } from './judge-data.ts'
import { CODES, OK, urlOf, type Access, type Endpoint, type Fields } from './vendor.ts'

const CONNECT_TIMEOUT_MS = 5000
const TOTAL_TIMEOUT_MS = 30_000
const MAX_BYTES = 20 * 1024 * 1024
/** Characters of a foreign answer that go into an error: enough to recognise it (F-13). */
const QUOTED = 200
/** Reading this much takes a few ms: the rows are then looked at in a turn of their own (performance.md, 30 ms). */
const LARGE_BYTES = 64 * 1024

export interface ExchangeParts {
  readonly http: Http
  readonly clock: Clock
  readonly skew: SkewMeter
}

/** An error of the request itself: what is known of how far it got. */
export class ExchangeError extends UpstreamError {
  /** false: nothing can have reached the vendor (F-10) */
  readonly bytesSent: boolean
  /** worth asking again when it only reads: F-09, F-10, F-11, F-13, F-14 */
  readonly transient: boolean
  /** from Retry-After, capped by nobody yet (F-12) */
  readonly retryAfterMs: number | null

  constructor(fault: UpstreamFault, message: string, more: ErrorFacts, options?: ErrorOptions) {
    super(fault, message, factsForPeople(more), options)
    this.bytesSent = more.bytesSent ?? true
    this.transient = more.transient ?? false
    this.retryAfterMs = more.retryAfterMs ?? null
  }
}

interface ErrorFacts {
  readonly endpoint: string
  readonly vendorCode?: number
  readonly status?: number
  readonly message?: string
  readonly bytesSent?: boolean
  readonly transient?: boolean
  readonly retryAfterMs?: number
}

function factsForPeople({ endpoint, vendorCode, status, message }: ErrorFacts) {
  return {
    endpoint,
    ...(vendorCode === undefined ? {} : { vendorCode }),
    ...(status === undefined ? {} : { status }),
    ...(message ? { message: quote(message) } : {}),
  }
}

const quote = (text: string) => redactor.text(text.trim().slice(0, QUOTED))

type Reached = Pick<Access, 'baseUrl' | 'bodyEncoding' | 'credentials'>

/** One request, one answer with code 200, or an ExchangeError. Knows nothing of tokens, gaps and retries. */
export async function exchange(
  parts: ExchangeParts,
  access: Reached,
  endpoint: Endpoint,
  fields: Fields,
  signal?: AbortSignal,
): Promise<Envelope> {
  const answer = await send(parts, access, endpoint, fields, signal)
  const decoded = decodeAnswer(answer, {
    lenient: endpoint.kind === 'read',
    ...(endpoint.watchedKeys ? { watchedKeys: endpoint.watchedKeys } : {}),
  })
  if (answer.body.length > LARGE_BYTES) await parts.clock.yield()
  const judged = endpoint.answers === 'data' ? judgeData : judge
  return judged(endpoint.path, answer, decoded, parts.clock.now())
}

async function send(
  { http, clock, skew }: ExchangeParts,
  access: Reached,
  endpoint: Endpoint,
  fields: Fields,
  signal?: AbortSignal,
): Promise<HttpAnswer> {
  try {
    const answer = await http.send({
      ...(endpoint.answers === 'data'
        ? questionOf(access, endpoint, fields)
        : orderOf(access, endpoint, fields)),
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      totalTimeoutMs: endpoint.totalTimeoutMs ?? TOTAL_TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      ...(signal ? { signal } : {}),
    })
    skew.see(answer.headers['date'], clock.now())
    return answer
  } catch (error) {
    throw fromHttpFailure(endpoint.path, error)
  }
}

function orderOf({ baseUrl, bodyEncoding }: Reached, { path }: Endpoint, fields: Fields) {
  return { method: 'POST' as const, url: urlOf(baseUrl, path), ...bodyOf(fields, bodyEncoding) }
}

/** UTF-8 and percent-encoded; what is empty is left out (W-31). */
function questionOf({ baseUrl, credentials }: Reached, { path }: Endpoint, fields: Fields) {
  const url = new URL(urlOf(baseUrl, path))
  for (const [name, value] of Object.entries({ ...fields, ...credentials?.query }))
    if (value !== '') url.searchParams.append(name, String(value))
  return { method: 'GET' as const, url: url.href, headers: { ...ACCEPT, ...credentials?.headers } }
}

const ACCEPT = { accept: 'application/json' }

function bodyOf(fields: Fields, encoding: 'json' | 'form') {
  const headers = ACCEPT
  if (encoding === 'json')
    return {
      headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(fields),
    }
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)])
  return {
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams(pairs).toString(),
  }
}

const FAULTS = {
  refused: 'offline',
  dns: 'offline',
  tls: 'offline',
  reset: 'offline',
  connectTimeout: 'timeout',
  timeout: 'timeout',
  tooLarge: 'tooLarge',
} as const

function fromHttpFailure(endpoint: string, error: unknown): unknown {
  if (!(error instanceof HttpFailure)) return error
  const { kind, bytesSent } = error
  if (kind === 'aborted' && !bytesSent) return cancelled()
  const fault = kind === 'aborted' ? 'offline' : FAULTS[kind]
  const transient = kind !== 'tooLarge' && kind !== 'aborted'
  const message = `No answer from ${endpoint}: ${kind}. ${quote(error.message)}`
  return new ExchangeError(
    fault,
    message,
    { endpoint, bytesSent, transient, message: kind },
    { cause: error },
  )
}

/** The vendor's own code first, whatever the HTTP status (C-51); then the status; then what the body is. */
function judge(endpoint: string, answer: HttpAnswer, decoded: Decoded, now: number): Envelope {
  const { status } = answer
  const code = decoded.kind === 'envelope' ? decoded.envelope.code : null
  if (decoded.kind === 'envelope') {
    if (code === OK) return decoded.envelope
    if (code !== null && isKnown(code)) throw ofCode(endpoint, status, code, decoded.envelope.msg)
  }
  if (status < 200 || status > 299) throw ofStatus(endpoint, answer, decoded, now)
  if (decoded.kind !== 'envelope') throw ofBody(endpoint, status, decoded)
  if (code !== null) throw ofCode(endpoint, status, code, decoded.envelope.msg)
  throw new ExchangeError('malformed', `${endpoint} answered without a code (C-08).`, { endpoint, status })
}

const isKnown = (code: number): code is keyof typeof CODES => Object.hasOwn(CODES, code)

function ofCode(endpoint: string, status: number, code: number, message: string): ExchangeError {
  const fault = isKnown(code) ? CODES[code] : 'unknownCode'
  const text = `${endpoint} answered ${code}: ${quote(message) || 'no message'}`
  return new ExchangeError(fault, text, { endpoint, vendorCode: code, status, message })
}

export function ofStatus(endpoint: string, answer: HttpAnswer, decoded: Decoded, now: number): ExchangeError {
  const { status } = answer
  const message = decoded.kind === 'envelope' ? decoded.envelope.msg : decoded.text
  const facts = { endpoint, status, message }
  const text = `${endpoint} answered HTTP ${status}.`
  if (status === 429) {
    const retryAfterMs = retryAfter(answer.headers['retry-after'], now)
    return new ExchangeError('tooFast', text, {
      ...facts,
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    })
  }
  if (status === 404) return new ExchangeError('notFound', text, facts)
  if (status >= 300 && status < 400) return new ExchangeError('redirect', text, facts)
  return new ExchangeError('http', text, { ...facts, transient: status >= 500 })
}

export function ofBody(
  endpoint: string,
  status: number,
  decoded: Exclude<Decoded, { kind: 'envelope' }>,
): ExchangeError {
  const text = `${endpoint} answered with ${decoded.reason}.`
  return new ExchangeError(decoded.kind, text, { endpoint, status, message: decoded.text, transient: true })
}

/** Seconds, or a date; null when neither. */
function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}
