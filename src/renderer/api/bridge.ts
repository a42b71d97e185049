import type { SitedeskBridge } from '#shared/bridge.ts'
import { settle, timedOut } from './pending.ts'
import { CALL_TIMEOUT_MS, type Transport } from './transport.ts'

/** Calls through the desktop's preload; the window and its host live and die together, so it is always open. */
export function bridgeTransport(bridge: SitedeskBridge): Transport {
  return {
    host: 'desktop',
    state: () => 'open',
    onState: () => () => undefined,
    onEvent: (listener) => bridge.onEvent(listener),
    async call(operation, input, timeoutMs = CALL_TIMEOUT_MS) {
      let timer: ReturnType<typeof setTimeout> | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(timedOut(operation, timeoutMs)), timeoutMs)
      })
      try {
        return settle(await Promise.race([bridge.call(operation, input), late]))
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
