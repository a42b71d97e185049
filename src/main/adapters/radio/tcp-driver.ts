import { connect, type Socket } from 'node:net'
import type { Clock, Log } from '#core/ports.ts'
import { DriverFailure, type Driver, type OpenDriver } from './driver.ts'
import { H4Socket } from './h4-socket.ts'
import { createHciStack } from './hci-stack.ts'
import type { RadioLimits } from './limits.ts'
import type { Noble } from './noble-types.ts'
import { reasonOf, wordsOf } from './reasons.ts'
import { tame } from './tame.ts'

/** A remote end that has just lost its host may need a moment before it takes the next. */
const AGAIN_AFTER_MS = 200

export interface TcpDriverOptions {
  readonly url: string
  readonly clock: Clock
  readonly log: Log
  readonly limits: RadioLimits
}

/** `tcp://HOST:PORT`: a controller elsewhere, through noble's own HCI stack. */
export function tcpDriver({ url, clock, log, limits }: TcpDriverOptions): OpenDriver {
  let make: ((socket: object) => Noble) | null = null
  const open = () => openSocket(url, clock, limits.tcpMs)
  return async () => {
    try {
      make ??= createHciStack()
    } catch (error) {
      throw new DriverFailure(reasonOf(error), wordsOf(error), { cause: error })
    }
    const socket = await open().catch(async () => {
      await clock.sleep(AGAIN_AFTER_MS)
      return open()
    })
    return carried(socket, make, log)
  }
}

function carried(socket: H4Socket, make: (socket: object) => Noble, log: Log): Driver {
  let gone: string | null = null
  let tell: ((detail: string) => void) | null = null
  const driver = tame(make(socket), log)
  const ended = (detail: string) => {
    gone ??= detail
    tell?.(gone)
    tell = null
  }
  socket.once('gone', ended)
  if (!socket.isDevUp()) ended('the connection ended')
  return {
    ...driver,
    onGone(listener) {
      if (gone === null) tell = listener
      else listener(gone)
    },
    dispose() {
      tell = null
      driver.dispose()
    },
  }
}

/** Connected, and the controller has answered a reset. */
async function openSocket(url: string, clock: Clock, ms: number): Promise<H4Socket> {
  const { hostname, port } = new URL(url)
  // an IPv6 address stands in brackets in a URL only
  const tcp = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) })
  const done = new AbortController()
  try {
    return await new Promise<H4Socket>((resolve, reject) => {
      const socket = new H4Socket(tcp)
      socket.once('gone', (detail: string) => reject(new DriverFailure('remoteGone', detail)))
      tcp.once('connect', () => socket.reset(() => resolve(socket)))
      void clock.sleep(ms, done.signal).then(
        () => reject(lateOf(tcp, ms)),
        () => undefined,
      )
    })
  } catch (error) {
    tcp.destroy()
    throw error
  } finally {
    done.abort()
  }
}

const lateOf = (tcp: Socket, ms: number): DriverFailure =>
  tcp.connecting
    ? new DriverFailure('remoteGone', `nobody took the connection within ${ms} ms`)
    : new DriverFailure('notAnswering', `connected, but no answer to HCI Reset within ${ms} ms`)
