import { WebSocket as ReconnectingSocket } from 'partysocket'
import { CLOSE, type CallFrame, type PageFrame } from '#shared/bridge.ts'
import type { CoreEvent } from '#shared/contract/events.ts'
import { connectionLost, PendingCalls } from './pending.ts'
import { createSignal } from './signal.ts'
import { CALL_TIMEOUT_MS, type ConnectionState, type Transport } from './transport.ts'

/** What the socket must offer; partysocket's reconnecting WebSocket does, tests bring their own. */
export interface SocketLike {
  send(text: string): void
  addEventListener(type: 'open', listener: () => void): void
  addEventListener(type: 'close', listener: (event: { code: number }) => void): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
}

const openSocket = (url: string): SocketLike =>
  new ReconnectingSocket(url, [], {
    minReconnectionDelay: 300,
    maxReconnectionDelay: 5000,
    connectionTimeout: 4000,
    // a call that could not be sent is refused, never sent later behind the operator's back
    maxEnqueuedMessages: 0,
  })

/** Calls over one WebSocket: `{id, operation, input}` → `{id, ok, result|error}`, pushes `{event}`. */
export function socketTransport(
  url: string,
  open: (url: string) => SocketLike = openSocket,
  reload: () => void = () => location.reload(),
): Transport {
  const events = createSignal<CoreEvent>()
  const states = createSignal<void>()
  const pending = new PendingCalls()
  /** calls made before the first connection stood */
  const early = new Map<number, string>()
  let state: ConnectionState = 'connecting'
  const socket = open(url)
  let leaving = false
  const leave = () => {
    if (!leaving) reload()
    leaving = true
  }
  const become = (next: ConnectionState) => {
    if (state === next) return
    state = next
    states.emit()
  }
  socket.addEventListener('open', () => {
    for (const frame of early.values()) socket.send(frame)
    early.clear()
    become('open')
  })
  socket.addEventListener('close', ({ code }) => {
    // the host was restarted: only it can say how to open the console again
    if (code === CLOSE.cookieUnknown) leave()
    if (state !== 'open') return
    become('lost')
    pending.rejectAll()
  })
  socket.addEventListener('message', ({ data }) => {
    const frame = parseFrame(data)
    if (frame === null) return
    if ('event' in frame) events.emit(frame.event)
    else pending.answer(frame.id, frame)
  })
  return {
    host: 'browser',
    state: () => state,
    onState: states.on,
    onEvent: events.on,
    call(operation, input, timeoutMs = CALL_TIMEOUT_MS) {
      if (state === 'lost') return Promise.reject(connectionLost())
      const { id, promise } = pending.open(operation, timeoutMs)
      const frame = JSON.stringify({ id, operation, input } satisfies CallFrame)
      if (state === 'connecting') early.set(id, frame)
      else socket.send(frame)
      return promise.finally(() => early.delete(id))
    },
  }
}

/** The host is the only one who speaks here: a frame is taken as the shape both sides share. */
function parseFrame(data: unknown): PageFrame | null {
  if (typeof data !== 'string') return null
  const frame: unknown = JSON.parse(data)
  if (typeof frame !== 'object' || frame === null) return null
  return 'event' in frame || 'id' in frame ? (frame as PageFrame) : null
}
