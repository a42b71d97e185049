// @vitest-environment node
import { WebSocket as ReconnectingSocket } from 'partysocket'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startWebHost, type WebHost } from '../../../src/main/hosts/web/server.ts'
import { socketTransport } from '../../../src/renderer/api/socket.ts'
import { cookieFor, openTestCore, type TestCore } from '../../fixtures/doors.ts'

let test: TestCore
let web: WebHost
const start = async (port: number) => {
  const now = () => test.ports.clock.monotonic()
  web = await startWebHost({ core: test.core, log: test.ports.log, page: '/', port, now })
}
beforeAll(async () => {
  test = await openTestCore()
  await start(0)
})
afterAll(async () => {
  await web.close()
  await test.close()
})

/** The page's own reconnecting socket, with the headers that a browser would add by itself. */
function browserSocket(headers: Record<string, string>) {
  class BrowserSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers })
    }
  }
  return (url: string) =>
    new ReconnectingSocket(url, [], {
      WebSocket: BrowserSocket,
      minReconnectionDelay: 10,
      maxReconnectionDelay: 20,
      maxEnqueuedMessages: 0,
    })
}

it('reloads the page after a restart of the host, which then says how to get in', async () => {
  const cookie = await cookieFor(web.openingUrl())
  const { url } = web
  let socket: ReconnectingSocket | undefined
  const reloads: string[] = []
  const reloaded = new Promise<void>((resolve) => {
    const reload = () => {
      reloads.push(url)
      resolve()
    }
    const open = (to: string) => (socket = browserSocket({ Cookie: cookie, Origin: url })(to))
    const transport = socketTransport(`${url.replace('http', 'ws')}/ws`, open, reload)
    const restart = async () => {
      await transport.call('system.hello', {})
      expect(reloads).toEqual([])
      await web.close()
      await start(Number(new URL(url).port))
    }
    void restart()
  })
  await reloaded
  const page = await fetch(url, { headers: { Cookie: cookie } })
  expect(page.status).toBe(401)
  expect(await page.text()).toContain('<form method="post" action="/open">')
  // the reload takes a moment: further refusals must not begin it anew
  await new Promise((resolve) => socket?.addEventListener('close', resolve))
  expect(reloads).toHaveLength(1)
  socket?.close()
})
