import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fields } from './gatekeeper.ts'

const MAX_BODY = 64 * 1024
const JSON_TYPE = 'application/json;charset=UTF-8'

interface TextReply {
  readonly kind: 'text'
  readonly status: number
  readonly type: string
  readonly text: string
}

/** What a simulated vendor does with a request. */
export type Reply =
  | {
      readonly kind: 'json'
      readonly envelope: object
      /** only its first half arrives */ readonly cut?: boolean
    }
  | TextReply
  | { readonly kind: 'file'; readonly type: string; readonly bytes: Uint8Array }
  /** no answer until the request is let go */
  | { readonly kind: 'hold' }
  /** the connection ends without an answer */
  | { readonly kind: 'drop' }

export interface LoopbackOptions {
  /** path without slashes at its ends and without query */
  readonly answer: (path: string, fields: Fields, headers: IncomingHttpHeaders) => Reply
  /** a PNG that a GET of this path answers with; null: 404 */
  readonly picture?: (path: string) => Buffer | null
  /** POST if absent; fields of GET stand in the query */
  readonly method?: 'POST' | 'GET'
  /** form fields are understood too, not JSON only */
  readonly forms: boolean
  /** epoch ms; what the `Date` of every answer says */
  readonly now: () => number
  /** 0 or absent: any free one */
  readonly port?: number | undefined
}

export interface Loopback {
  readonly port: number
  /** closes the port and every connection; `open` takes the same port again */
  shut(): Promise<void>
  open(): Promise<void>
  /** lets the requests go that are held */
  letGo(): void
}

export const HTML_PAGE = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'
const textReply = (status: number, type: string, text: string): TextReply => ({
  kind: 'text',
  status,
  type,
  text,
})
export const plain = (status: number, text: string): TextReply => textReply(status, 'text/plain', text)
export const html = (status: number, text: string): TextReply => textReply(status, 'text/html', text)

/** A vendor's port on 127.0.0.1: one method in, what `answer` says out. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const held = new Set<ServerResponse>()
  const serve = (request: IncomingMessage, response: ServerResponse) =>
    void handle(options, held, request, response).catch(() => response.destroy())
  let server = await listen(serve, options.port ?? 0)
  const { port } = server.address() as AddressInfo
  const letGo = () => {
    for (const response of held) response.destroy()
    held.clear()
  }
  return {
    port,
    letGo,
    async shut() {
      letGo()
      await stop(server)
    },
    async open() {
      if (!server.listening) server = await listen(serve, port)
    },
  }
}

function listen(serve: (q: IncomingMessage, s: ServerResponse) => void, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(serve)
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
  options: LoopbackOptions,
  held: Set<ServerResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('date', new Date(options.now()).toUTCString())
  const path = (request.url ?? '').replace(/^\/+|\?.*$|\/+$/g, '')
  const { method = 'POST', answer, forms } = options
  const bytes = request.method === 'GET' ? options.picture?.(path) : undefined
  if (bytes) return sendFile(response, { kind: 'file', type: 'image/png', bytes })
  if (bytes === null) return send(response, plain(404, 'not found'))
  const body = await readBody(request)
  if (request.method !== method || body === null) return send(response, plain(405, `${method} only`))
  const fields =
    method === 'GET'
      ? Object.fromEntries(new URL(request.url ?? '', 'http://localhost').searchParams)
      : parseBody(body, request.headers['content-type'] ?? '', forms)
  const reply = answer(path, fields, request.headers)
  if (reply.kind === 'hold') held.add(response)
  else if (reply.kind === 'drop') response.destroy()
  else if (reply.kind === 'file') sendFile(response, reply)
  else send(response, reply)
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
function parseBody(body: string, type: string, forms: boolean): Fields {
  if (forms && type.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body))
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Fields) : {}
  } catch {
    return {}
  }
}

/** What goes over the wire for a reply that is sent. */
export function rendered(reply: Extract<Reply, { kind: 'json' | 'text' }>): Omit<TextReply, 'kind'> {
  if (reply.kind === 'text') return reply
  const text = JSON.stringify(reply.envelope)
  return { status: 200, type: JSON_TYPE, text: reply.cut ? text.slice(0, Math.floor(text.length / 2)) : text }
}

function send(response: ServerResponse, reply: Extract<Reply, { kind: 'json' | 'text' }>): void {
  const { status, type, text } = rendered(reply)
  const body = Buffer.from(text)
  response.writeHead(status, { 'content-type': type, 'content-length': body.length })
  response.end(body)
}

function sendFile(response: ServerResponse, { type, bytes }: Extract<Reply, { kind: 'file' }>): void {
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length })
  response.end(bytes)
}
