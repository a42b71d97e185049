import type { CoreEvent } from '#shared/contract/events.ts'
import { PAGE_SOCKET } from '#shared/bridge.ts'
import { bridgeTransport } from './bridge.ts'
import { socketTransport } from './socket.ts'

/** `connecting`: never connected yet · `lost`: was connected and tries again. */
export type ConnectionState = 'connecting' | 'open' | 'lost'

/** How calls leave the page. Rejects with SitedeskError only; every call ends, at the latest by its timeout. */
export interface Transport {
  readonly host: 'desktop' | 'browser'
  call(operation: string, input: unknown, timeoutMs?: number): Promise<unknown>
  onEvent(listener: (event: CoreEvent) => void): () => void
  state(): ConnectionState
  onState(listener: () => void): () => void
}

export const CALL_TIMEOUT_MS = 30_000

/** Chosen once, at start: the desktop's bridge where there is one, else the browser host that served the page. */
export function chooseTransport(): Transport {
  const bridge = window.sitedesk
  if (bridge) return bridgeTransport(bridge)
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  return socketTransport(`${scheme}//${location.host}${PAGE_SOCKET}`)
}
