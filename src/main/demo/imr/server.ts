import { TOO_FAST, type Fields, type Gatekeeper } from '../gatekeeper.ts'
import { html, HTML_PAGE, plain, type Reply } from '../loopback.ts'
import { endpoints, refusal, type Envelope } from './endpoints.ts'
import type { ImrFaults } from './faults.ts'
import type { VendorSite } from './site.ts'

export interface ImrParts {
  readonly site: VendorSite
  readonly gate: Gatekeeper
  readonly faults: ImrFaults
}

/** The IMR system in the vendor's own wire format (spec §2.1). */
export function answerImr({ site, gate, faults }: ImrParts, path: string, fields: Fields): Reply {
  if (path === 'user/login') return { kind: 'json', envelope: login(gate, fields) }
  const endpoint = endpoints[path]
  if (!endpoint) return plain(404, 'not found')
  if (faults.strikes('stall')) return { kind: 'hold' }
  if (faults.strikes('serverError')) return plain(500, 'Internal Server Error')
  if (faults.strikes('htmlPage')) return html(200, HTML_PAGE)
  const refused = gate.refuse(path, fields) ?? (faults.strikes('tooFast') ? TOO_FAST : null)
  const envelope = refused ? refusal(refused) : endpoint(site, fields, faults)
  return { kind: 'json', envelope, cut: faults.strikes('cutJson') }
}

function login(gate: Gatekeeper, fields: Fields): Envelope {
  const found = gate.login(fields)
  return typeof found === 'string' ? { code: 200, data: found, msg: '登录成功' } : refusal(found)
}
