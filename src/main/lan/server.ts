import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { CODE } from '#core/charging/refusal.ts'
import {
  lastWords,
  limitConnections,
  sentWithin,
  USUAL_LIMITS,
  type ConnectionLimits,
} from './connections.ts'
import { refusal } from './envelope.ts'
import type { Answered, Handled, LanRequest } from './handle.ts'
import { plainAddress } from './request/addresses.ts'
import { Rate } from './request/rate.ts'

/** H-26 */
const MOST_BYTES = 64 * 1024

export interface ServerParts {
  readonly handle: (request: LanRequest) => Promise<Answered>
  readonly perAddressPerSecond: () => number
  /** whether a caller at this address is answered at all (H-26) */
  readonly admits: (address: string) => boolean
  /** every request, also those refused before they were read */
  readonly seen: (request: Seen) => void
  readonly monotonic: () => number
}

export interface Seen {
  readonly address: string
  readonly url: string
  readonly ms: number
  readonly handled: Handled
}

export interface LanServer {
  /** where it listens */
  readonly port: number
  close(): Promise<void>
}

/** Its own listener, apart from the console's; only what it knows is answered, and always as an envelope. */
export async function startLanServer(
  parts: ServerParts,
  at: { host: string; port: number },
  limits: ConnectionLimits = USUAL_LIMITS,
): Promise<LanServer> {
  const rate = new Rate()
  const turnEnd = createTurnEnd()
  const app = listener(limits)
  const answer = (request: FastifyRequest, reply: FastifyReply, began: number, answered: Answered) => {
    const { long, ...handled } = answered
    if (long !== null) sentWithin(limits.sendMs, reply.raw, long.sent)
    const { status, json } = handled
    reply
      .code(status)
      .header('content-type', 'application/json; charset=utf-8')
      .send(long?.bytes ?? json)
    parts.seen({
      address: plainAddress(request.ip),
      url: request.originalUrl,
      ms: parts.monotonic() - began,
      handled,
    })
    return reply
  }
  app.addHook('onRequest', (request, reply, done) => {
    const began = parts.monotonic()
    // which type it is belongs to the endpoint, and comes after the path and the method (H-16)
    if (request.headers['content-type'] !== undefined) request.headers['content-type'] = ANY_TYPE
    const refused = refusedUnread(request, parts, rate, began)
    if (refused === null) done()
    else answer(request, reply, began, refused)
  })
  const serve = async (request: FastifyRequest, reply: FastifyReply, bytes: LanRequest['bytes']) => {
    const began = parts.monotonic()
    const handled = await parts.handle({
      method: request.method,
      url: request.originalUrl,
      contentType: contentTypeOf(request.raw),
      bytes,
      address: plainAddress(request.ip),
      gone: () => request.socket.destroyed,
    })
    // what was written waited for its commit, which ends a turn already
    if (!handled.endpoint?.mutating) await turnEnd()
    return answer(request, reply, began, handled)
  }
  const read = (request: FastifyRequest, reply: FastifyReply) =>
    serve(request, reply, Buffer.isBuffer(request.body) ? request.body : NOTHING)
  app.all('*', read)
  // methods that the router does not know
  app.setNotFoundHandler(read)
  app.setErrorHandler(({ statusCode }: { statusCode?: number }, request, reply) =>
    serve(request, reply, statusCode === 413 ? 'tooLarge' : 'broken'),
  )
  await app.listen({ host: at.host, port: at.port })
  return { port: portOf(app), close: () => app.close() }
}

/** Why a request is not even read; null: it is. */
function refusedUnread(
  { ip, headers, raw }: FastifyRequest,
  { admits, perAddressPerSecond }: ServerParts,
  rate: Rate,
  now: number,
): Answered | null {
  if (!admits(ip)) return transport(403, CODE.notAllowed, '只接受局域网内的请求')
  if (!rate.take(plainAddress(ip), perAddressPerSecond(), now))
    return transport(429, CODE.parameter, '请求过于频繁')
  return headers.host === undefined && raw.httpVersion === '1.1'
    ? transport(400, CODE.parameter, UNREADABLE)
    : null
}

/** Bounded in everything a stranger could send or hold open (H-26). */
function listener(limits: ConnectionLimits): FastifyInstance {
  const { requestMs, checkEveryMs, idleMs } = limits
  const app = Fastify({
    logger: false,
    bodyLimit: MOST_BYTES,
    // the larger of the two would hold for the whole request
    // who names no host is answered by us
    http: { requireHostHeader: false, headersTimeout: requestMs, connectionsCheckingInterval: checkEveryMs },
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    connectionTimeout: idleMs,
    forceCloseConnections: true,
    // whoever asks is who the socket says: there is no proxy on a LAN
    trustProxy: false,
    return503OnClosing: false,
    // every path is ours to judge: a broken one is answered like any other that is not there
    rewriteUrl: () => '/',
    clientErrorHandler: ({ code }, socket) => {
      const [status, message] = UNREAD[code] ?? [400, UNREADABLE]
      lastWords(socket, wholeAnswer(status, message), limits)
    },
  })
  app.server.on('connect', (_request, socket: Duplex) =>
    lastWords(socket, wholeAnswer(405, '请使用 POST'), limits),
  )
  // an expectation that nobody knows may be left aside
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  limitConnections(app.server, limits)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes))
  return app
}

/**
 * The end of the turn in which requests are read, one for all of them: their answers leave together. An answer that
 * leaves alone wakes its reader for itself, which costs the sender more than all the checks of a read.
 */
function createTurnEnd(): () => Promise<void> {
  let end: Promise<void> | null = null
  return () =>
    (end ??= new Promise((resolve) => {
      setImmediate(() => {
        end = null
        resolve()
      })
    }))
}

const NOTHING = new Uint8Array()
const ANY_TYPE = 'application/octet-stream'

/** As it was sent. */
function contentTypeOf({ rawHeaders }: IncomingMessage): string | undefined {
  const at = rawHeaders.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === 'content-type')
  return at === -1 ? undefined : rawHeaders[at + 1]
}

const UNREADABLE = '请求无法读取'
/** What ends a connection before there is a request, by the code of its error. */
const UNREAD: Readonly<Record<string, readonly [number, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, '请求未及时发完'],
  HPE_HEADER_OVERFLOW: [413, '请求头过大'],
}

/** An answer with its head, for a connection that has no request. */
function wholeAnswer(status: number, message: string): string {
  const { json } = transport(status, CODE.parameter, message)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(json)}`,
  ]
  return `${head.join('\r\n')}\r\n\r\n${json}`
}

/** A refusal before anything was read (interfaces §4). */
function transport(status: number, code: 3 | 5, message: string): Answered {
  const json = JSON.stringify(refusal(null, code, message))
  return { status, json, code, endpoint: null, body: null, match: null, replayed: false, long: null }
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
