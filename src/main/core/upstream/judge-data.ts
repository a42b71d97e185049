import type { HttpAnswer } from '../ports.ts'
import type { Decoded, Envelope } from './decode.ts'
import { ExchangeError, ofBody, ofStatus } from './exchange.ts'

/** Codes that say that all is well, where a system without codes sends one after all (W-03). */
const FINE: ReadonlySet<number> = new Set([0, 200])

/**
 * An answer without a code: the status first, then a code that should not be there, then the list that must be. The
 * codes of the other systems mean nothing here.
 */
export function judgeData(endpoint: string, answer: HttpAnswer, decoded: Decoded, now: number): Envelope {
  const { status } = answer
  if (status === 401) throw refusedAccess(endpoint, status)
  if (status === 403)
    throw new ExchangeError('denied', `${endpoint} answered HTTP 403.`, { endpoint, status })
  if (status < 200 || status > 299) throw ofStatus(endpoint, answer, decoded, now)
  if (decoded.kind !== 'envelope') throw ofBody(endpoint, status, decoded)
  const { envelope } = decoded
  const { code, msg } = envelope
  if (code !== null && !FINE.has(code)) {
    const text = `${endpoint} answered ${code}: ${msg.slice(0, 200) || 'no message'}`
    throw new ExchangeError('unknownCode', text, { endpoint, vendorCode: code, status, message: msg })
  }
  if (!('data' in envelope.fields))
    throw new ExchangeError('malformed', `${endpoint} answered without data (W-03).`, {
      endpoint,
      status,
      message: msg,
    })
  return envelope
}

/** Nobody tries a wrong key again and again: stopped until the settings change (F-04). */
const refusedAccess = (endpoint: string, status: number) =>
  new ExchangeError('wrongPassword', `${endpoint} answered HTTP 401: it wants other credentials.`, {
    endpoint,
    status,
  })
