import { afterEach, describe, expect, it } from 'vitest'
import type { Call } from '#core/context.ts'
import { createSettings, type Settings } from '#core/settings/index.ts'
import { createUpstreams, type ImrClient, type Upstreams } from '#core/upstream/index.ts'
import type { KeyWrap } from '#core/ports.ts'
import type { SiteProfile } from '#shared/contract/profile.ts'
import { openTestStore, testContext, type TestStore } from '../fixtures/store.ts'
import { vendorError, VendorServer, type Answer, type VendorOptions } from '../fixtures/vendor-server.ts'
import { CountingHttp, LOGIN, many, meterRow, METERS } from './harness.ts'

const memoryKey: KeyWrap = {
  kind: 'keyFile',
  wrap: (key) => Promise.resolve(key),
  unwrap: (blob) => Promise.resolve(blob),
}

const callAs = (role: 'admin' | 'supervisor'): Call => ({
  caller: { door: 'inproc' },
  operator: { operatorId: 'o1', name: 'lin', roles: [role] },
  note: () => undefined,
  commit: (work) => Promise.resolve(work()),
})
const admin = callAs('admin')

interface Site {
  readonly test: TestStore
  readonly settings: Settings
  readonly upstreams: Upstreams
  readonly events: string[]
  run<T>(promise: Promise<T>): Promise<T>
  check(
    imr?: Record<string, unknown>,
    call?: Call,
  ): Promise<{ codes: string[]; ok: boolean; suggestion: unknown }>
  set(changes: Record<string, unknown>): Promise<void>
}

const open: { close(): void | Promise<void> }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).toReversed()) await thing.close()
})

async function vendor(options: VendorOptions = {}) {
  const server = await VendorServer.start(options)
  open.push(server)
  return server
}

async function site(profile: SiteProfile = {}): Promise<Site> {
  const test = await openTestStore()
  const http = new CountingHttp()
  const ctx = testContext(test, { ports: { http, keyWraps: [memoryKey] }, options: { profile } })
  const events: string[] = []
  ctx.events.on((event) => void events.push(event.type === 'changed' ? event.area : event.type))
  const settings = await createSettings(ctx)
  const upstreams = createUpstreams(ctx, { settings })
  open.push(test, upstreams)
  const run = <T>(promise: Promise<T>) => test.clock.until(promise, () => http.inFlight > 0)
  return {
    test,
    settings,
    upstreams,
    events,
    run,
    async check(imr, call = admin) {
      const input = { source: 'imr' as const, ...(imr ? { imr } : {}) }
      const { steps, ok, suggestion } = await run(
        Promise.resolve(upstreams.handlers['settings.testConnection'](call, input)),
      )
      return { codes: steps.map((s) => `${s.step} ${s.ok ? '+' : '-'} ${s.code}`), ok, suggestion }
    },
    async set(changes) {
      await run(Promise.resolve(settings.handlers['settings.update'](admin, { changes })))
    },
  }
}

function imrIn(upstreams: Upstreams): ImrClient {
  const imr = upstreams.imr()
  if (!imr) throw new Error('not configured')
  return imr
}

const imrOf = (server: VendorServer, more: object = {}) => ({
  baseUrl: server.url,
  account: server.account,
  password: server.password,
  minIntervalMs: 2200,
  ...more,
})

describe('the connection test (I-01, I-08, C-03)', () => {
  it('everything right: five steps, and how many meters there are', async () => {
    const server = await vendor()
    server.tables.set(METERS, many(12, meterRow))
    const { check } = await site()
    expect(await check(imrOf(server))).toEqual({
      ok: true,
      codes: [
        'address + addressOk',
        'connect + connected',
        'http + answered',
        'login + loggedIn',
        'list + listed',
      ],
      suggestion: null,
    })
    expect(server.of(METERS)[0]?.fields).toMatchObject({ pageNo: 1, pageSize: 1 })
  })

  it.each([
    ['json', 'form'],
    ['form', 'json'],
  ] as const)(
    'a vendor that wants %s where %s is set: found in one more try, and offered',
    async (right, set) => {
      const server = await vendor({ encoding: right })
      const { check } = await site()
      expect(await check(imrOf(server, { bodyEncoding: set }))).toMatchObject({
        ok: true,
        suggestion: { path: 'upstreams.imr.bodyEncoding', value: right },
      })
      expect(server.of(LOGIN)).toHaveLength(2)
    },
  )

  it('a field is missing in both encodings: two tries, then told', async () => {
    const server = await vendor()
    server.script(LOGIN, vendorError(1008), vendorError(1008))
    const { check } = await site()
    const found = await check(imrOf(server))
    expect([found.codes.at(-1), found.suggestion]).toEqual(['login - missingField', null])
    expect(server.received).toHaveLength(2)
  })

  it.each([
    [{ password: 'wrong' }, 'login - wrongPassword'],
    [{ account: 'nobody' }, 'login - noAccount'],
  ])('%j: one try, and never a second', async (wrong, code) => {
    const server = await vendor()
    const { check } = await site()
    expect((await check(imrOf(server, wrong))).codes.at(-1)).toBe(code)
    expect(server.received).toHaveLength(1)
  })

  const answers: [Answer, string][] = [
    [{ body: '<html>portal</html>' }, 'http - html'],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'http - redirect'],
    [{ status: 404, body: 'x' }, 'http - notFound'],
    [{ status: 500, body: 'x' }, 'http - http'],
    [{ body: 'x' }, 'http - malformed'],
    [{ body: { code: 200 }, cutAt: 2 }, 'http - reset'],
    [{ body: { code: 200, data: {} } }, 'login - noToken'],
    [vendorError(4711), 'login - unknownCode'],
  ]
  it.each(answers)('log-in answered with %j: %s', async (answer, code) => {
    const server = await vendor()
    server.script(LOGIN, answer)
    const { check } = await site()
    const found = await check(imrOf(server))
    expect([found.ok, found.codes.at(-1)]).toEqual([false, code])
    expect(server.received).toHaveLength(1)
  })

  it('what is missing, unreachable or not allowed', async () => {
    const server = await vendor()
    const { check } = await site()
    expect((await check()).codes).toEqual(['address - addressMissing'])
    expect((await check({ baseUrl: server.url })).codes).toEqual([
      'address + addressOk',
      'login - accountMissing',
    ])
    expect((await check({ baseUrl: server.url, account: 'a' })).codes.at(-1)).toBe('login - passwordMissing')
    expect((await check(imrOf(server, { baseUrl: 'http://127.0.0.1:1' }))).codes.at(-1)).toBe(
      'connect - refused',
    )
    expect((await check(imrOf(server, { baseUrl: server.url.replace('http', 'https') }))).codes.at(-1)).toBe(
      'connect - tls',
    )
    server.script(METERS, vendorError(1009))
    expect((await check(imrOf(server))).codes.at(-1)).toBe('list - denied')
  })

  it('clear text to a foreign host is a warning, an unknown host an error', async () => {
    const server = await vendor()
    const { check } = await site()
    expect((await check(imrOf(server, { baseUrl: 'http://imr.example.invalid' }))).codes).toEqual([
      'address + addressInsecure',
      'connect - dns',
    ])
  })

  it('takes what is stored, but sends a stored password to another host only for an administrator', async () => {
    const server = await vendor()
    const other = await vendor()
    const { check } = await site({ upstreams: { imr: imrOf(server) } })
    expect((await check()).ok).toBe(true)
    expect((await check({}, callAs('supervisor'))).ok).toBe(true)
    const refused = await check({ baseUrl: other.url }, callAs('supervisor'))
    expect(refused.codes.at(-1)).toBe('login - passwordMissing')
    expect(other.received).toHaveLength(0)
    expect((await check({ baseUrl: other.url })).ok).toBe(true)
  })
})

describe('the upstreams of a site', () => {
  const page = { page: 1, pageSize: 10 }

  it('none before it is configured, live after, and a new one when the settings change', async () => {
    const server = await vendor()
    const { upstreams, run, set, events } = await site()
    expect([upstreams.imr(), upstreams.status('imr').state]).toEqual([null, 'unconfigured'])
    await set({
      'upstreams.imr.baseUrl': server.url,
      'upstreams.imr.account': server.account,
      'upstreams.imr.password': 'old password',
    })
    expect(upstreams.status('imr').state).toBe('idle')
    const first = imrIn(upstreams)
    await expect(run(first.meterList(page))).rejects.toMatchObject({
      fault: 'wrongPassword',
    })
    expect(upstreams.status('imr')).toMatchObject({ state: 'stopped', lastError: { code: 'wrongPassword' } })
    // stopped until the settings change (F-04)
    await expect(run(first.meterList(page))).rejects.toMatchObject({ fault: 'stopped' })
    await set({ 'upstreams.imr.password': server.password })
    await run(imrIn(upstreams).meterList(page))
    expect(upstreams.status('imr')).toMatchObject({ state: 'live', lastError: null })
    expect(server.of(LOGIN)).toHaveLength(2)
    expect(events).toContain('system')
    // a setting of something else leaves the connection alone
    await set({ siteName: 'North' })
    await run(imrIn(upstreams).meterList(page))
    expect(server.of(LOGIN)).toHaveLength(2)
    expect(upstreams.status('water').state).toBe('unconfigured')
  })

  it('a stopped account goes on after a connection test that finds the stored values right', async () => {
    const server = await vendor()
    server.script(LOGIN, vendorError(1005))
    const { upstreams, run, check } = await site({ upstreams: { imr: imrOf(server) } })
    await expect(run(imrIn(upstreams).login())).rejects.toMatchObject({
      fault: 'wrongPassword',
    })
    expect((await check()).ok).toBe(true)
    await run(imrIn(upstreams).meterList(page))
    expect(upstreams.status('imr').state).toBe('live')
  })

  it('asks for windows up to two minutes ago by the earlier clock (F-25)', async () => {
    const server = await vendor()
    const { upstreams, run, test } = await site({ upstreams: { imr: imrOf(server) } })
    expect(upstreams.windowEnd('imr')).toBe(test.clock.now() - 120_000)
    const hourBehind = new Date(test.clock.now() - 3_600_000).toUTCString()
    server.script(METERS, { body: { code: 200, data: [] }, headers: { date: hourBehind } })
    await run(imrIn(upstreams).meterList(page))
    expect(Math.abs(test.clock.now() - 3_720_000 - upstreams.windowEnd('imr'))).toBeLessThan(2000)
    expect(Math.abs((upstreams.status('imr').clockSkewMs ?? 0) + 3_600_000)).toBeLessThan(2000)
  })

  it('keeps its place when the token dies at page 3 of 5 (F-01)', async () => {
    const server = await vendor()
    server.tables.set(METERS, many(50, meterRow))
    const { upstreams, run, test } = await site({ upstreams: { imr: imrOf(server) } })
    const imr = imrIn(upstreams)
    await run(imr.login())
    await test.clock.advance(600_000)
    const stored: string[] = []
    const end = await run(
      upstreams.readPages({
        firstPage: 1,
        pageSize: 10,
        rowsBefore: 0,
        fetch: (request) => {
          if (request.page === 3) server.expireTokens()
          return imr.meterList(request)
        },
        store: async (found) => void stored.push(...found.rows.map((row) => row.tableNo)),
      }),
    )
    expect(end).toMatchObject({ outcome: 'complete', rows: 50 })
    expect(server.of(METERS).map((r) => r.fields['pageNo'])).toEqual([1, 2, 3, 3, 4, 5, 6])
    expect(server.of(LOGIN)).toHaveLength(2)
    expect(new Set(stored).size).toBe(50)
  })
})
