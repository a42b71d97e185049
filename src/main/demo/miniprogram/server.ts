import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const MOST_BYTES = 16 * 1024

export interface Page {
  readonly status: number
  readonly type: string
  readonly text: string
  /** look there instead */
  readonly location?: string
}

export interface PageServer {
  readonly url: string
  close(): Promise<void>
}

/** Pages on 127.0.0.1, for this computer's own browser only: no script, no frame, nothing from elsewhere. */
export async function servePages(
  answer: (method: 'GET' | 'POST', path: string, fields: URLSearchParams) => Promise<Page>,
): Promise<PageServer> {
  let own = ''
  const server = createServer((request, response) => {
    serve(request, own, answer)
      .then((page) => send(response, page))
      .catch(() => response.destroy())
  })
  await listen(server)
  own = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${own}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const listen = (server: Server) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })

async function serve(
  request: IncomingMessage,
  own: string,
  answer: Parameters<typeof servePages>[0],
): Promise<Page> {
  const { method, url = '/', headers } = request
  const refuse = (status: number) => ({ status, type: 'text/plain', text: '' })
  // another site that a browser was led to may not look in or press a button here
  if (headers.host !== own) return refuse(421)
  if (method !== 'GET' && method !== 'POST') return refuse(405)
  if (method === 'POST' && headers.origin !== `http://${own}`) return refuse(403)
  const body = method === 'POST' ? await bodyOf(request) : ''
  if (body === null) return refuse(413)
  return answer(method, url.split('?', 1)[0] ?? '/', new URLSearchParams(body))
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const POLICY =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

function send(response: ServerResponse, { status, type, text, location }: Page): void {
  const body = Buffer.from(text)
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': body.length,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
    ...(location !== undefined && { location }),
  })
  response.end(body)
}
