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
    const refuse = (status: number, code: 3 | 5, message: string) =>
      void answer(request, reply, began, transport(status, code, message))
    if (!parts.admits(request.ip)) refuse(403, CODE.notAllowed, '只接受局域网内的请求')
    else if (!rate.take(plainAddress(request.ip), parts.perAddressPerSecond(), began))
      refuse(429, CODE.parameter, '请求过于频繁')
    else done()
  })
  app.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    const began = parts.monotonic()
    const tooLarge = error.statusCode === 413
    const said = tooLarge
      ? transport(413, CODE.parameter, '请求内容过大')
      : transport(200, CODE.parameter, '请求无法读取')
    return answer(request, reply, began, said)
  })
  app.all('*', async (request, reply) => {
    const began = parts.monotonic()
    const handled = await parts.handle({
      method: request.method,
      url: request.originalUrl,
      contentType: request.headers['content-type'],
      bytes: Buffer.isBuffer(request.body) ? request.body : NOTHING,
      address: plainAddress(request.ip),
      gone: () => request.socket.destroyed,
    })
    // what was written waited for its commit, which ends a turn already
    if (!handled.endpoint?.mutating) await turnEnd()
    return answer(request, reply, began, handled)
  })
  await app.listen({ host: at.host, port: at.port })
  return { port: portOf(app), close: () => app.close() }
}

/** Bounded in everything a stranger could send or hold open (H-26). */
function listener(limits: ConnectionLimits): FastifyInstance {
  const { requestMs, checkEveryMs, idleMs } = limits
  const app = Fastify({
    logger: false,
    bodyLimit: MOST_BYTES,
    // the larger of the two would hold for the whole request
    http: { headersTimeout: requestMs, connectionsCheckingInterval: checkEveryMs },
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
      const status = code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request'
      lastWords(socket, `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, limits)
    },
  })
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

/** A refusal before anything was read (interfaces §4). */
function transport(status: number, code: 3 | 5, message: string): Answered {
  const json = JSON.stringify(refusal(null, code, message))
  return { status, json, code, endpoint: null, body: null, match: null, replayed: false, long: null }
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
