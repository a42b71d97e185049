import { campusEndpoint, type CampusEndpoint } from '#shared/contract/demo.ts'
import { SECOND } from '#shared/time.ts'
import type { Fields, Gatekeeper } from '../gatekeeper.ts'
import { html, HTML_PAGE, plain, type Reply } from '../loopback.ts'
import { endpoints, refusal, type EndpointParts, type Envelope } from './endpoints.ts'
import { refusedByFault, type CampusFaultKind, type CampusFaults } from './faults.ts'

export interface CampusParts extends Omit<EndpointParts, 'strikes'> {
  readonly faults: CampusFaults
  readonly gate: Gatekeeper
  /** requests by endpoint, whatever became of them */
  readonly calls: Map<CampusEndpoint, number>
}

/** Where the endpoints are (S0 L22). */
const BASE = 'api/user/'

/** The campus platform in its own wire format (spec §1.1), faults first. */
export function answerCampus(parts: CampusParts, path: string, fields: Fields): Reply {
  const endpoint = campusEndpoint.safeParse(path.startsWith(BASE) ? path.slice(BASE.length) : '').data
  if (endpoint === undefined) return plain(404, 'not found')
  parts.calls.set(endpoint, (parts.calls.get(endpoint) ?? 0) + 1)
  const strikes = (kind: CampusFaultKind) => strikesAt(parts, kind, endpoint)
  if (strikes('requestLost')) return { kind: 'drop' }
  if (strikes('stall')) return { kind: 'hold' }
  if (strikes('serverError')) return plain(500, 'Internal Server Error')
  if (strikes('htmlPage')) return html(200, HTML_PAGE)
  const refused = refusedByFault(strikes)
  const envelope = refused ? refusal(refused) : serve(parts, { endpoint, strikes }, fields)
  if (strikes('answerLost')) return { kind: 'drop' }
  if (strikes('stallApplied')) return { kind: 'hold' }
  if (strikes('gatewayTimeout')) return html(504, HTML_PAGE)
  return { kind: 'json', envelope, cut: strikes('cutJson') }
}

/** A login is struck only by what was set for it, so that a fault meets the call it was meant for. */
function strikesAt({ faults }: CampusParts, kind: CampusFaultKind, endpoint: CampusEndpoint): boolean {
  if (endpoint === 'login' && !faults.isOn(kind, endpoint)) return false
  return faults.strikes(kind, endpoint)
}

function serve(
  { gate, site, lateMs }: CampusParts,
  { endpoint, strikes }: { endpoint: CampusEndpoint; strikes: EndpointParts['strikes'] },
  fields: Fields,
): Envelope {
  if (endpoint === 'login') return login(gate, fields)
  const refused = gate.refuse(endpoint, fields)
  return refused ? refusal(refused) : endpoints[endpoint]({ site, lateMs, strikes }, fields)
}

function login(gate: Gatekeeper, fields: Fields): Envelope {
  const token = gate.login(fields)
  return typeof token === 'string' ? { code: 200, token, msg: '登录成功' } : refusal(token)
}

/** Base64 of account, password and a time of issue in seconds that no two tokens share (C-05). */
export function tokenMaker(account: string, password: string, now: () => number): () => string {
  let last = 0
  return () => {
    last = Math.max(Math.floor(now() / SECOND), last + 1)
    const text = JSON.stringify({ admin_user_name: account, api_password: password, time: last })
    return Buffer.from(text).toString('base64')
  }
}
