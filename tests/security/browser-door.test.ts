import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Core } from '#core/core.ts'
import { CODE_LIFE_MS, createConsoleSessions } from '#main/hosts/web/console-session.ts'
import { startWebHost } from '#main/hosts/web/server.ts'
import { CLOSE } from '#shared/bridge.ts'
import { MOST_CALL_BYTES } from '#shared/uploads.ts'
import { ADMIN, cookieFor, openSocket, openTestCore, type TestCore } from '../fixtures/doors.ts'
import { handshake, raw, silentSocket } from '../fixtures/raw-http.ts'

let test: TestCore
let base: string
let port: string
let cookie: string
let own: Record<string, string>
beforeAll(async () => {
  test = await openTestCore()
  base = test.web.url
  port = new URL(base).port
  cookie = await cookieFor(test.web.openingUrl())
  own = { Host: `127.0.0.1:${port}`, Cookie: cookie, Authorization: `Bearer ${test.web.token}` }
})
afterAll(() => test.close())

const ROUTES = [
  { path: '/' },
  { path: '/open?code=x' },
  { path: '/assets/index.js' },
  { path: '/api/openapi.json' },
  { path: '/api/system/hello', method: 'POST', body: '{}' },
  { path: '/open', method: 'POST', body: 'token=x' },
]
const FOREIGN_HOSTS = () => [
  'attacker.example',
  `attacker.example:${port}`,
  '127.0.0.1',
  'localhost',
  '127.0.0.1:1',
  `127.0.0.1.attacker.example:${port}`,
  `[::1]:${port}`,
  `LOCALHOST.:${port}`,
]
const FOREIGN_ORIGINS = () => [
  'http://attacker.example',
  'null',
  `https://127.0.0.1:${port}`,
  'http://127.0.0.1:1',
  `http://127.0.0.1:${port}.attacker.example`,
  'http://localhost',
]

describe('who may ask the browser host', () => {
  it('listens on loopback only', () => {
    expect(new URL(base).hostname).toBe('127.0.0.1')
  })

  it.each(ROUTES)('$path is refused under a foreign Host (DNS rebinding)', async (route) => {
    for (const Host of FOREIGN_HOSTS()) {
      const answer = await raw(base, { ...route, headers: { ...own, Host } })
      expect([Host, answer.status]).toEqual([Host, 403])
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'ORIGIN_REFUSED' })
    }
  })

  it.each(ROUTES)('$path is refused to a page of another origin', async (route) => {
    for (const Origin of FOREIGN_ORIGINS()) {
      const answer = await raw(base, { ...route, headers: { ...own, Origin } })
      expect([Origin, answer.status]).toEqual([Origin, 403])
    }
  })

  it('answers under its own two names, with its own Origin or none', async () => {
    for (const name of ['127.0.0.1', 'localhost'])
      for (const origin of [{}, { Origin: `http://${name}:${port}` }] as Record<string, string>[]) {
        const headers = { ...own, ...origin, Host: `${name}:${port}` }
        const answer = await raw(base, { path: '/api/system/hello', method: 'POST', headers })
        expect(answer.status).toBe(200)
      }
  })

  it('lets no other page read an answer', async () => {
    const answer = await raw(base, { path: '/api/system/hello', method: 'POST', headers: own })
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect((await raw(base, { method: 'OPTIONS', headers: own })).status).toBe(405)
  })
})

describe('the WebSocket of the page', () => {
  it('opens for the page itself and nobody else', async () => {
    const good = { Host: `127.0.0.1:${port}`, Origin: base, Cookie: cookie }
    expect(await handshake(base, good)).toBe(101)
    expect(await handshake(base, good, '/other')).toBe(404)
    expect(await handshake(base, { Host: good.Host, Cookie: cookie })).toBe(403)
    for (const Origin of FOREIGN_ORIGINS()) expect(await handshake(base, { ...good, Origin })).toBe(403)
    for (const Host of FOREIGN_HOSTS()) expect(await handshake(base, { ...good, Host })).toBe(403)
  })

  it('tells a page without a cookie of this run that it is unknown, and answers nothing', async () => {
    const { Authorization = '' } = own
    for (const stranger of [{}, { Cookie: `${cookie}x` }, { Authorization }] as Record<string, string>[]) {
      const socket = await openSocket(test.web, { Origin: base, ...stranger })
      const heard: unknown[] = []
      socket.on('message', (data) => heard.push(data))
      const closed = once(socket, 'close')
      socket.send(JSON.stringify({ id: 1, operation: 'system.hello' }))
      expect((await closed)[0]).toBe(CLOSE.cookieUnknown)
      expect(heard).toEqual([])
    }
  })

  it('keeps its place for pages, however many strangers do not leave', async () => {
    const stay = { Host: `127.0.0.1:${port}`, Origin: base }
    const strangers = await Promise.all(Array.from({ length: 64 }, () => silentSocket(base, stay)))
    expect(strangers).not.toContain(null)
    expect(await silentSocket(base, stay)).toBeNull()
    const socket = await openSocket(test.web, { Cookie: cookie, Origin: base })
    expect(socket.readyState).toBe(socket.OPEN)
    socket.terminate()
    for (const stranger of strangers) stranger?.destroy()
  })

  it.each([
    ['no JSON', 'hello', CLOSE.badFrame],
    ['no call', '{"id":1}', CLOSE.badFrame],
    ['an id that is no number', '{"id":"1","operation":"system.hello"}', CLOSE.badFrame],
    ['null', 'null', CLOSE.badFrame],
    ['binary', Buffer.from('{"id":1,"operation":"system.hello"}'), CLOSE.badFrame],
    ['a frame that is too large', JSON.stringify({ id: 1, operation: 'x'.repeat(MOST_CALL_BYTES) }), 1009],
  ])('closes on %s', async (_name, frame, code) => {
    const socket = await openSocket(test.web, { Cookie: cookie, Origin: base })
    const closed = once(socket, 'close')
    socket.send(frame)
    expect((await closed)[0]).toBe(code)
  })

  it('closes on a page that calls without end', async () => {
    const core: Core = {
      call: () => new Promise(() => undefined),
      subscribe: () => () => undefined,
      lan: {
        begin: () => Promise.resolve(),
        state: () => ({ state: 'off', url: null }),
        onChange: () => () => undefined,
      },
      bell: {
        summary: () => ({ waiting: 0, critical: 0, acknowledged: 0, snoozed: 0 }),
        waiting: () => null,
        onChange: () => () => undefined,
        onNotice: () => () => undefined,
      },
      startBackground: () => undefined,
      resumeAfterSleep: () => Promise.resolve(),
      close: () => Promise.resolve(),
    }
    const host = await startWebHost({ core, log: test.ports.log, page: '/', port: 0, now: () => 0 })
    const socket = await openSocket(host, { Cookie: await cookieFor(host.openingUrl()), Origin: host.url })
    const closed = once(socket, 'close')
    for (let id = 1; id <= 300; id++) socket.send(JSON.stringify({ id, operation: 'system.hello' }))
    expect((await closed)[0]).toBe(CLOSE.tooBusy)
    await host.close()
  })
})

describe('the code that opens the console', () => {
  it('works once and gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const url = test.web.openingUrl()
    const first = await fetch(url, { redirect: 'manual' })
    expect(first.status).toBe(303)
    expect(first.headers.get('location')).toBe('/')
    expect(first.headers.get('set-cookie')).toMatch(
      /^sitedesk_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    )
    const second = await fetch(url, { redirect: 'manual' })
    expect(second.status).toBe(410)
    expect(second.headers.get('set-cookie')).toBeNull()
  })

  it('expires', () => {
    let now = 0
    const sessions = createConsoleSessions(1, () => now)
    const [used, late] = [sessions.issueCode(), sessions.issueCode()]
    now = CODE_LIFE_MS
    expect(sessions.redeem(used)).not.toBeNull()
    now = CODE_LIFE_MS + 1
    expect(sessions.redeem(late)).toBeNull()
    expect(CODE_LIFE_MS).toBe(30_000)
  })

  it('is never the token, and the token is taken from no address', async () => {
    const { token } = test.web
    expect(test.web.openingUrl()).not.toContain(token)
    for (const path of [`/?token=${token}`, `/open?code=${token}`, `/open?token=${token}`]) {
      const answer = await raw(base, { path, headers: { Host: own['Host'] ?? '' } })
      expect(answer.headers['set-cookie']).toBeUndefined()
      expect(answer.status).toBeGreaterThanOrEqual(401)
    }
    const api = await raw(base, {
      path: `/api/system/hello?token=${token}`,
      method: 'POST',
      headers: { Host: own['Host'] ?? '' },
    })
    expect(api.status).toBe(401)
  })

  it('can be had with the token, by a script and by someone who pastes it', async () => {
    const { token } = test.web
    const asked = await fetch(`${base}/open`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
    })
    const { url } = (await asked.json()) as { url: string }
    expect(await cookieFor(url)).toContain('sitedesk_')
    const paste = (given: string) =>
      fetch(`${base}/open`, {
        method: 'POST',
        body: new URLSearchParams({ token: given }),
        redirect: 'manual',
      })
    expect((await paste(` ${token} `)).headers.get('set-cookie')).toContain('HttpOnly')
    expect((await paste('guess')).headers.get('set-cookie')).toBeNull()
  })

  it('is what a browser without a cookie is told about, not the page', async () => {
    const answer = await raw(base, { headers: { Host: own['Host'] ?? '' } })
    expect(answer.status).toBe(401)
    expect(answer.body).toContain('token')
    expect(answer.body).not.toContain('<script')
    expect(answer.body).not.toContain(test.web.token)
  })
})

describe('files and headers', () => {
  it('serves nothing outside the built page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sitedesk-page-'))
    const core = test.core
    const host = await startWebHost({
      core,
      log: test.ports.log,
      page: join(folder, 'page'),
      port: 0,
      now: () => 0,
    })
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/assets/../../package.json',
      '/assets/%5c..%5cpackage.json',
      '//etc/passwd',
      '/.stamp',
      '/assets/.hidden.js',
      '/assets/x.js%00.html',
      '/\\..\\package.json',
    ]) {
      const answer = await raw(host.url, { path, headers: { Host: new URL(host.url).host } })
      expect([path, answer.status]).toEqual([path, 404])
    }
    await host.close()
    rmSync(folder, { recursive: true })
  })

  it.each(ROUTES)('$path carries the security headers', async (route) => {
    const { headers } = await raw(base, { ...route, headers: own })
    expect(headers['content-security-policy']).toMatch(/default-src '(self|none)'/)
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': expect.stringMatching(/^(no-referrer|same-origin)$/),
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
    })
  })

  it('has no routes but these', async () => {
    const source = readFileSync(new URL('../../src/main/hosts/web/server.ts', import.meta.url), 'utf8')
    const named = [...source.matchAll(/pathname(?: ===|\.startsWith\() ?'([^']+)'/g)].map((m) => m[1])
    expect(named).toEqual(['/api/', '/open', '/', '/index.html'])
    for (const path of ['/admin', '/debug', '/token', '/ws', '/api', '/console'])
      expect((await raw(base, { path, headers: own })).status).toBe(404)
  })

  it('answers a target that is no address', async () => {
    for (const path of ['//', '/%', '/?'.padEnd(9000, 'x')]) {
      const { status } = await raw(base, { path, headers: { Host: own['Host'] ?? '' } })
      expect(status).toBeLessThan(500)
    }
    expect(await handshake(base, { Host: own['Host'] ?? '', Origin: base, Cookie: cookie }, '//')).toBe(404)
  })
})

describe('sessions of operators', () => {
  it('of a script are of no use to a page, and the other way round', async () => {
    const signIn = await raw(base, {
      path: '/api/operators/signIn',
      method: 'POST',
      headers: own,
      body: JSON.stringify(ADMIN),
    })
    const { session } = JSON.parse(signIn.body) as { session: string }
    const list = (headers: Record<string, string>) =>
      raw(base, { path: '/api/operators/list', method: 'POST', headers: { ...own, ...headers } })
    expect((await list({ 'X-Sitedesk-Session': session })).status).toBe(200)
    expect((await list({})).status).toBe(401)
    expect((await list({ 'X-Sitedesk-Session': `${session}x` })).status).toBe(401)
    expect(
      (
        await raw(base, {
          path: '/',
          headers: { Host: own['Host'] ?? '', Cookie: `${cookie.split('=')[0]}=${session}` },
        })
      ).status,
    ).toBe(401)
  })
})
