import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { endpoints, refusal, type Envelope } from './endpoints.ts'
import type { Faults } from './faults.ts'
import { TOO_FAST, type Fields, type Gatekeeper } from './gatekeeper.ts'
import type { VendorSite } from './site.ts'

const MAX_BODY = 64 * 1024
const JSON_TYPE = 'application/json;charset=UTF-8'

export interface VendorServer {
  readonly port: number
  /** closes the port and every connection; `open` takes the same port again */
  shut(): Promise<void>
  open(): Promise<void>
  /** lets the requests go that the fault `stall` holds */
  letGo(): void
}

interface Parts {
  readonly site: VendorSite
  readonly gate: Gatekeeper
  readonly faults: Faults
}

/** The IMR system on loopback, in the vendor's own wire format (spec §2.1). */
export async function startVendorServer(parts: Parts, wantedPort = 0): Promise<VendorServer> {
  const stalled = new Set<ServerResponse>()
  const answer = (request: IncomingMessage, response: ServerResponse) =>
    void handle(parts, stalled, request, response).catch(() => response.destroy())
  let server = await listen(answer, wantedPort)
  const { port } = server.address() as AddressInfo
  const letGo = () => {
    for (const response of stalled) response.destroy()
    stalled.clear()
  }
  return {
    port,
    letGo,
    async shut() {
      letGo()
      await stop(server)
    },
    async open() {
      if (!server.listening) server = await listen(answer, port)
    },
  }
}

function listen(answer: (q: IncomingMessage, s: ServerResponse) => void, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(answer)
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

async function handle(
  { site, gate, faults }: Parts,
  stalled: Set<ServerResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').replace(/^\/+|\?.*$/g, '')
  const body = await readBody(request)
  if (request.method !== 'POST' || body === null) return send(response, 405, 'text/plain', 'POST only')
  const fields = parseBody(body, request.headers['content-type'] ?? '')
  if (path === 'user/login') return sendJson(response, login(gate, fields))
  const endpoint = endpoints[path]
  if (!endpoint) return send(response, 404, 'text/plain', 'not found')
  if (faults.strikes('stall')) return void stalled.add(response)
  if (faults.strikes('serverError')) return send(response, 500, 'text/plain', 'Internal Server Error')
  if (faults.strikes('htmlPage')) return send(response, 200, 'text/html', HTML_PAGE)
  const refused = gate.refuse(path, fields) ?? (faults.strikes('tooFast') ? TOO_FAST : null)
  const envelope = refused ? refusal(refused) : endpoint(site, fields, faults)
  sendJson(response, envelope, faults.strikes('cutJson'))
}

const HTML_PAGE = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'

function login(gate: Gatekeeper, fields: Fields): Envelope {
  const found = gate.login(fields)
  return typeof found === 'string' ? { code: 200, data: found, msg: '登录成功' } : refusal(found)
}

/** null for a body that is too large. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** JSON or form fields (I-01); nothing for a body that is neither. */
function parseBody(body: string, type: string): Fields {
  if (type.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body))
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Fields) : {}
  } catch {
    return {}
  }
}

function sendJson(response: ServerResponse, envelope: Envelope, cut = false): void {
  const text = JSON.stringify(envelope)
  send(response, 200, JSON_TYPE, cut ? text.slice(0, Math.floor(text.length / 2)) : text)
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  const body = Buffer.from(text)
  response.writeHead(status, { 'content-type': type, 'content-length': body.length })
  response.end(body)
}
