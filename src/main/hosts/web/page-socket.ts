import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket, WebSocketServer } from 'ws'
import type { Caller } from '#core/context.ts'
import type { Core } from '#core/core.ts'
import { MOST_CALL_BYTES } from '#shared/uploads.ts'
import { CLOSE, type CallFrame, type PageFrame } from '#shared/bridge.ts'
import { answer } from '../answer.ts'
import { jsonOf } from '../../json.ts'

/** Nothing is read of a stranger. */
const MAX_STRANGER_BYTES = 1024
/** Calls of one page under way at once. */
const MAX_CALLS = 256
/** Bytes that wait for a page which does not read; it is let go and asks again when it comes back. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024
const MAX_PAGES = 64
/** A stranger that does not answer the close frame is cut off after this. */
const STRANGER_LEAVES_WITHIN_MS = 1000

export interface PageSockets {
  /** the request has passed the guard; `screen` null: its cookie is unknown, and it is told so and no more */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, screen: string | null): Promise<void>
  close(): void
}

/** The page's door in the browser host: `{id, operation, input}` → `{id, ok, …}`, pushes `{event}`. */
export function createPageSockets(core: Core): PageSockets {
  const pages = new Set<WebSocket>()
  /** counted apart: they cannot take the place of a page */
  const strangers = new Set<WebSocket>()
  let servers: ReturnType<typeof loadServers> | undefined
  let closed = false
  return {
    async accept(request, socket, head, screen) {
      servers ??= loadServers()
      const accepting = (await servers)[screen === null ? 'strangers' : 'pages']
      const those = screen === null ? strangers : pages
      if (closed || those.size >= MAX_PAGES) {
        socket.destroy()
        return
      }
      accepting.handleUpgrade(request, socket, head, (page) => {
        those.add(page)
        page.on('close', () => those.delete(page))
        if (screen === null) refuse(page)
        else serve(core, { door: 'browser', screen }, page)
      })
    },
    close() {
      closed = true
      for (const page of pages) page.close(CLOSE.stopping)
      for (const page of [...pages, ...strangers]) page.terminate()
    },
  }
}

/** Loaded with the first page, so that the ready line does not wait for it. */
async function loadServers(): Promise<Record<'pages' | 'strangers', WebSocketServer>> {
  const { WebSocketServer } = await import('ws')
  const taking = (maxPayload: number) =>
    new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false })
  return { pages: taking(MOST_CALL_BYTES), strangers: taking(MAX_STRANGER_BYTES) }
}

function refuse(page: WebSocket): void {
  const late = setTimeout(() => page.terminate(), STRANGER_LEAVES_WITHIN_MS)
  page.on('close', () => clearTimeout(late))
  page.on('error', () => page.terminate())
  page.close(CLOSE.cookieUnknown)
}

function serve(core: Core, caller: Caller, page: WebSocket): void {
  let calls = 0
  const push = (frame: string | Buffer) => {
    if (page.readyState !== page.OPEN) return
    if (page.bufferedAmount > MAX_WAITING_BYTES) page.terminate()
    else page.send(frame, { binary: false })
  }
  const stop = core.subscribe(caller, (event) => push(JSON.stringify({ event } satisfies PageFrame)))
  page.on('close', stop)
  page.on('error', () => page.terminate())
  const call = async ({ id, operation, input }: CallFrame) => {
    calls++
    const result = await answer(core, caller, operation, input)
    calls--
    push(await jsonOf({ id, ...result } satisfies PageFrame))
  }
  page.on('message', (data: Buffer, binary) => {
    const frame = binary ? null : parseFrame(data.toString('utf8'))
    if (!frame) page.close(CLOSE.badFrame)
    else if (calls >= MAX_CALLS) page.close(CLOSE.tooBusy)
    else void call(frame)
  })
}

export function parseFrame(text: string): CallFrame | null {
  try {
    const raw = JSON.parse(text) as Partial<CallFrame> | null
    if (typeof raw !== 'object' || raw === null) return null
    const { id, operation, input } = raw
    if (!Number.isSafeInteger(id) || id === undefined || typeof operation !== 'string') return null
    return { id, operation, input }
  } catch {
    return null
  }
}
