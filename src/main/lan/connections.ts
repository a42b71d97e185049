import type { Server, ServerResponse } from 'node:http'
import { finished, type Duplex } from 'node:stream'
import type { Socket } from 'node:net'
import { plainAddress } from './request/addresses.ts'

/** What a stranger can hold open, and for how long, ms (H-26). */
export interface ConnectionLimits {
  /** a whole request has to be here by then: slow clients are cut off */
  readonly requestMs: number
  /** how often it is looked for those that are late */
  readonly checkEveryMs: number
  readonly idleMs: number
  /** how long somebody who is cut off may read why, before the connection is destroyed */
  readonly lingerMs: number
  /** a long answer has to be read by then */
  readonly sendMs: number
  readonly connections: number
  /** of one address: a network behind one router has one */
  readonly perAddress: number
}

export const USUAL_LIMITS: ConnectionLimits = {
  requestMs: 10_000,
  checkEveryMs: 1000,
  idleMs: 15_000,
  lingerMs: 1000,
  sendMs: 60_000,
  connections: 512,
  perAddress: 64,
}

/** So many connections in all and of one address; further ones are closed at once. */
export function limitConnections(server: Server, { connections, perAddress }: ConnectionLimits): void {
  server.maxConnections = connections
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress ?? '')
    const before = open.get(address) ?? 0
    if (before >= perAddress) {
      socket.destroy()
      return
    }
    open.set(address, before + 1)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left === 0) open.delete(address)
      else open.set(address, left)
    })
  })
}

/**
 * The last words on a connection that cannot go on. It is destroyed soon after, whatever the other side does; not at
 * once, because what it still sends would then wipe out the answer on its side.
 */
export function lastWords(
  socket: Duplex,
  said: string,
  { lingerMs }: Pick<ConnectionLimits, 'lingerMs'>,
): void {
  if (socket.writableEnded) return
  if (!socket.writable) return void socket.destroy()
  socket.end(said)
  setTimeout(() => socket.destroy(), lingerMs).unref()
}

/** Calls `over` once the answer was handed to the network or cannot be any more: who reads too slowly is cut off. */
export function sentWithin(ms: number, response: ServerResponse, over: () => void): void {
  const late = setTimeout(() => response.destroy(), ms).unref()
  finished(response, () => {
    clearTimeout(late)
    over()
  })
}
