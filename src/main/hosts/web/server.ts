import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Core } from '#core/core.ts'
import type { Log } from '#core/ports.ts'
import { redactor } from '#core/redact.ts'
import { PAGE_SOCKET, USUAL_PORT } from '#shared/bridge.ts'
import { SitedeskError } from '#shared/errors.ts'
import { readStatic } from '../static-files.ts'
import { answerApi, hasToken, methodNotAllowed } from './api.ts'
import { createConsoleSessions, type ConsoleSessions } from './console-session.ts'
import { entryPage } from './entry-page.ts'
import { createGuard, type Guard } from './guard.ts'
import { createPageSockets, type PageSockets } from './page-socket.ts'
import { json, readBody, refusal, send, type Reply } from './respond.ts'

/** An import of this module reads its every name, `WebSocket` among them, which loads a web client: 30 ms of a start. */
const { createServer, STATUS_CODES } = process.getBuiltinModule('node:http')

/** Loopback only: nobody on the network can reach the console. */
const LOOPBACK = '127.0.0.1'

export interface WebHostOptions {
  readonly core: Core
  readonly log: Pick<Log, 'error'>
  /** the built page */
  readonly page: string
  /** 0: any free one · null: the usual one, or any free one */
  readonly port: number | null
  /** monotonic ms */
  readonly now: () => number
}

export interface WebHost {
  readonly url: string
  readonly token: string
  /** an address that opens the console once, within 30 s */
  openingUrl(): string
  close(): Promise<void>
}

interface Doors extends WebHostOptions {
  readonly url: string
  readonly guard: Guard
  readonly sessions: ConsoleSessions
  readonly pages: PageSockets
}

/** The browser host: page, WebSocket and automation API on one loopback port. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 })
  const port = await listen(server, options.port)
  const url = `http://${LOOPBACK}:${port}`
  const sessions = createConsoleSessions(port, options.now)
  redactor.learn(sessions.token)
  const pages = createPageSockets(options.core)
  const doors: Doors = { ...options, url, guard: createGuard(port), sessions, pages }
  server.on('request', (request, response) => {
    void route(doors, request)
      .catch((error: unknown) => {
        options.log.error('a request failed', { error: String(error) })
        return refusal({ code: 'INTERNAL', message: 'The request failed; the log says why.' })
      })
      .then((reply) => send(response, reply))
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    upgrade(doors, request, socket, head)
  })
  return {
    url,
    token: sessions.token,
    openingUrl: () => `${url}/open?code=${sessions.issueCode()}`,
    close: () => shut(server, pages),
  }
}

/** A target that is no address at all leads nowhere. */
const addressOf = (doors: Doors, request: IncomingMessage): URL =>
  URL.parse(request.url ?? '/', doors.url) ?? new URL('/-', doors.url)

async function route(doors: Doors, request: IncomingMessage): Promise<Reply> {
  const refused = doors.guard.refuse(request, 'http')
  if (refused !== null) return refusal(new SitedeskError('ORIGIN_REFUSED', refused).toWire())
  const { pathname, searchParams } = addressOf(doors, request)
  if (pathname.startsWith('/api/')) return answerApi(doors.core, doors.sessions, request, pathname)
  if (pathname === '/open') return openConsole(doors, request, searchParams.get('code'))
  if (request.method !== 'GET' && request.method !== 'HEAD') return methodNotAllowed('GET')
  if (pathname === '/' || pathname === '/index.html') return indexPage(doors, request)
  const file = await readStatic(doors.page, pathname)
  if (!file) return refusal(new SitedeskError('NOT_FOUND', `There is nothing at ${pathname}.`).toWire())
  return { status: 200, body: file.body, headers: { 'Content-Type': file.type, 'Cache-Control': file.cache } }
}

/** The page itself only for a browser that was let in; its scripts and styles hold nothing of the site. */
async function indexPage(doors: Doors, request: IncomingMessage): Promise<Reply> {
  const known = doors.sessions.screenOf(request.headers.cookie) !== null
  const cookie = !known && hasToken(doors.sessions, request) ? doors.sessions.open() : null
  if (!known && cookie === null) return entryPage()
  const file = await readStatic(doors.page, '/index.html')
  if (!file) throw new Error(`the built page is missing in ${doors.page}`)
  const headers = {
    'Content-Type': file.type,
    ...(cookie ? { 'Set-Cookie': doors.sessions.setCookie(cookie) } : {}),
  }
  return { status: 200, body: file.body, headers }
}

/**
 * GET with a code: a browser that the host opened. POST with the token in the body: someone who pasted it.
 * POST with the token in the header: a script that wants an opening address for a browser of its own.
 */
async function openConsole(doors: Doors, request: IncomingMessage, code: string | null): Promise<Reply> {
  const { sessions } = doors
  if (request.method === 'GET') return letIn(sessions, code === null ? null : sessions.redeem(code))
  if (request.method !== 'POST') return methodNotAllowed('GET, POST')
  if (hasToken(sessions, request)) return json(200, { url: `${doors.url}/open?code=${sessions.issueCode()}` })
  const given = new URLSearchParams(await readBody(request, 4096)).get('token')?.trim()
  return given && sessions.isToken(given) ? letIn(sessions, sessions.open()) : entryPage()
}

const letIn = (sessions: ConsoleSessions, cookie: string | null): Reply =>
  cookie === null
    ? entryPage(410)
    : { status: 303, headers: { Location: '/', 'Set-Cookie': sessions.setCookie(cookie) } }

function upgrade(doors: Doors, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const screen = doors.sessions.screenOf(request.headers.cookie)
  if (doors.guard.refuse(request, 'socket') !== null) return refuseUpgrade(socket, 403)
  if (addressOf(doors, request).pathname !== PAGE_SOCKET) return refuseUpgrade(socket, 404)
  void doors.pages.accept(request, socket, head, screen).catch((error: unknown) => {
    doors.log.error('a page could not connect', { error: String(error) })
    socket.destroy()
  })
}

function refuseUpgrade(socket: Duplex, status: 403 | 404): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

async function listen(server: Server, port: number | null): Promise<number> {
  try {
    return await listenOn(server, port ?? USUAL_PORT)
  } catch (error) {
    const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (busy && port === null) return listenOn(server, 0)
    throw error
  }
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function shut(server: Server, pages: PageSockets): Promise<void> {
  return new Promise((resolve) => {
    pages.close()
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
