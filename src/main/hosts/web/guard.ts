import type { IncomingMessage } from 'node:http'

/** The only names under which this host may be asked: a name that DNS points here is not one (rebinding). */
export interface Guard {
  /** null when the request may go on, else why not */
  refuse(request: IncomingMessage, kind: 'http' | 'socket'): string | null
}

export function createGuard(port: number): Guard {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  const origins = new Set([...hosts].map((host) => `http://${host}`))
  return {
    refuse(request, kind) {
      const { host, origin } = request.headers
      if (host === undefined || !hosts.has(host)) return 'This host answers only under its own address.'
      // A page elsewhere cannot leave its Origin out of a WebSocket; scripts send none with plain requests.
      if (origin === undefined) return kind === 'socket' ? 'A WebSocket needs an Origin.' : null
      if (!origins.has(origin)) return 'Calls from other pages are refused.'
      return null
    },
  }
}
