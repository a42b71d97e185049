import { createServer as createTcpServer, type Socket } from 'node:net'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { HttpFailure, type HttpRequest } from '#core/ports.ts'
import { createHttp } from '#main/adapters/http.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(() => new Promise((resolve) => server.close(() => resolve())))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  const url = await listening(server)
  open.unshift(async () => server.closeAllConnections())
  return url
}

const request = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'application/json' },
  body: '{}',
  connectTimeoutMs: 2000,
  totalTimeoutMs: 5000,
  maxBytes: 1000,
  ...more,
})

async function failure(sent: HttpRequest): Promise<[string, boolean]> {
  try {
    await createHttp().send(sent)
  } catch (error) {
    if (error instanceof HttpFailure) return [error.kind, error.bytesSent]
    throw error
  }
  throw new Error('it was answered')
}

describe('the HTTP port', () => {
  it('sends what it is given and hands back what came', async () => {
    const url = await serve((incoming, response) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => {
        response.writeHead(418, {
          'X-Seen': `${incoming.method} ${incoming.url} ${String(incoming.headers['x-a'])}`,
        })
        response.end(Buffer.concat(chunks))
      })
    })
    const answer = await createHttp().send(request(`${url}/a/b?c=d`, { headers: { 'x-a': '1' }, body: '表' }))
    expect(answer.status).toBe(418)
    expect(answer.headers['x-seen']).toBe('POST /a/b?c=d 1')
    expect(new TextDecoder().decode(answer.body)).toBe('表')
  })

  it('never follows a redirect', async () => {
    let calls = 0
    const url = await serve((_, response) => {
      calls++
      response.writeHead(302, { location: '/again' })
      response.end()
    })
    expect((await createHttp().send(request(url))).status).toBe(302)
    expect(calls).toBe(1)
  })

  it('refused, unknown host, no TLS: nothing was sent', async () => {
    const closed = createTcpServer()
    const url = await listening(closed)
    await open.pop()?.()
    expect(await failure(request(url))).toEqual(['refused', false])
    expect(await failure(request('http://no-such-host.invalid'))).toEqual(['dns', false])
    const plain = await serve((_, response) => response.end())
    expect(await failure(request(plain.replace('http', 'https')))).toEqual(['tls', false])
  })

  it('a line dropped after the request: something may have been done', async () => {
    const sockets: Socket[] = []
    const url = await listening(
      createTcpServer((socket) => void sockets.push(socket.once('data', () => socket.destroy()))),
    )
    expect(await failure(request(url))).toEqual(['reset', true])
    expect(sockets).toHaveLength(1)
  })

  it('an answer that stops before its Content-Length', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    })
    expect(await failure(request(url))).toEqual(['reset', true])
  })

  it('silence: the total timeout covers headers and body', async () => {
    const silent = await serve(() => undefined)
    expect(await failure(request(silent, { totalTimeoutMs: 80 }))).toEqual(['timeout', true])
    const slow = await serve((_, response) => void response.write('x'))
    expect(await failure(request(slow, { totalTimeoutMs: 80 }))).toEqual(['timeout', true])
  })

  it('stops reading at the largest size', async () => {
    const url = await serve((_, response) => response.end(Buffer.alloc(1001)))
    expect(await failure(request(url))).toEqual(['tooLarge', true])
    expect((await createHttp().send(request(url, { maxBytes: 1001 }))).body).toHaveLength(1001)
  })

  it('cancelled before and during', async () => {
    const wish = new AbortController()
    const url = await serve(() => wish.abort())
    expect(await failure(request(url, { signal: wish.signal }))).toEqual(['aborted', true])
    expect(await failure(request(url, { signal: wish.signal }))).toEqual(['aborted', false])
  })
})
