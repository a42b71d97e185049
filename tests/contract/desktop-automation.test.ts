import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDesktopAutomation, type DesktopAutomation } from '#main/hosts/electron/automation.ts'
import { ADMIN, callApi, DOORS, openTestCore, VIEWER, type Client, type TestCore } from '../fixtures/doors.ts'
import { unzip } from '../fixtures/unzip.ts'

const desktop = DOORS.find((door) => door.name === 'desktop')
let said: string[]
let automation: DesktopAutomation
let test: TestCore
let window: Client

async function open(port: number | null = null, profile = {}): Promise<void> {
  said = []
  automation = createDesktopAutomation({ port, say: (line) => said.push(line) })
  test = await openTestCore({ automation, profile })
  automation.serve({
    core: test.core,
    log: test.ports.log,
    page: '/',
    now: () => test.ports.clock.monotonic(),
  })
  if (!desktop) throw new Error('there is no desktop door')
  window = await desktop.connect(test)
  await window.call('operators.signIn', ADMIN)
}
const set = (enabled: boolean, port = 0) =>
  window.call('settings.update', { changes: { 'automation.enabled': enabled, 'automation.port': port } })
const state = () => window.call('system.automation', {})
/** As a script would find it: the address and the token that the screen shows. */
async function api() {
  const { url, token } = await state()
  return { url: url ?? '', token: token ?? '', openingUrl: () => '', close: () => Promise.resolve() }
}
const hello = async () => (await callApi(await api(), 'system.hello', {})).status

afterEach(async () => {
  window.close()
  await automation.close()
  await test.close()
})

describe('the automation API of the desktop', () => {
  beforeEach(() => open())

  it('is off until somebody switches it on', async () => {
    expect(await state()).toEqual({ enabled: false, url: null, token: null, reason: 'off' })
  })

  it('answers at the address and with the token that an administrator sees', async () => {
    await set(true)
    expect(await state()).toMatchObject({ enabled: true, reason: null })
    const web = await api()
    expect(web.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const { status, body } = await callApi(web, 'operators.signIn', ADMIN)
    expect(status).toBe(200)
    const session = { 'X-Sitedesk-Session': String(body['session']) }
    expect(await callApi(web, 'meters.list', {}, session)).toMatchObject({ status: 200, body: { total: 0 } })
    const wrong = await callApi({ ...web, token: `${web.token}x` }, 'system.hello', {})
    expect(wrong).toMatchObject({ status: 401, body: { code: 'TOKEN_REQUIRED' } })
  })

  it('is gone once it is switched off, and takes another token when it comes back', async () => {
    await set(true)
    const before = await api()
    await set(false)
    expect(await state()).toEqual({ enabled: false, url: null, token: null, reason: 'off' })
    await expect(callApi(before, 'system.hello', {})).rejects.toThrow('fetch failed')
    await set(true)
    expect(await hello()).toBe(200)
    expect((await api()).token).not.toBe(before.token)
  })

  it('ends as the last of many quick changes asked', async () => {
    await Promise.all([set(true), set(false), set(true), set(false), set(true)])
    expect(await hello()).toBe(200)
    await Promise.all([set(true), set(false)])
    expect(await state()).toMatchObject({ enabled: false, url: null })
  })

  it('stays as it is while other settings change', async () => {
    await set(true)
    const before = await api()
    await window.call('settings.update', { changes: { siteName: '北区', 'automation.enabled': true } })
    expect(await api()).toMatchObject({ url: before.url, token: before.token })
  })

  it('tells every screen when it changed', async () => {
    await set(true)
    const event = await window.next((e) => e.type === 'changed' && e.area === 'system')
    expect(event).toEqual({ type: 'changed', area: 'system' })
  })

  it('shows its token to administrators alone, and to no log and no bundle', async () => {
    await set(true)
    const { token } = await api()
    const { zip } = await window.call('system.diagnostics', {})
    for (const text of unzip(Buffer.from(zip, 'base64')).values()) expect(text).not.toContain(token)
    await window.call('operators.signOut', {})
    await window.call('operators.signIn', VIEWER)
    await expect(state()).rejects.toMatchObject({ code: 'ROLE_REQUIRED' })
  })

  it('refuses a port that cannot be', async () => {
    await expect(set(true, 70_000)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    expect(await state()).toMatchObject({ reason: 'off' })
  })
})

describe('a port that is taken', () => {
  let other: Server
  let taken: number
  beforeEach(async () => {
    other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    taken = (other.address() as AddressInfo).port
  })
  afterEach(() => other.close())

  it('is told, stops nothing, and another one works', async () => {
    await open()
    await set(true, taken)
    expect(await state()).toEqual({ enabled: true, url: null, token: null, reason: 'portInUse' })
    expect(said).toEqual([`the automation API is off: port ${taken} is in use by another program`])
    expect(await window.call('meters.list', {})).toMatchObject({ total: 0 })
    await set(true, 0)
    expect(await hello()).toBe(200)
  })

  it('can be had again once the other program is gone', async () => {
    await open()
    await set(true, taken)
    await new Promise((resolve) => other.close(resolve))
    await set(false, taken)
    await set(true, taken)
    expect(await hello()).toBe(200)
  })
})

describe('a desktop that was switched on before', () => {
  it('answers from the start, on the port of the command line', async () => {
    await open(0, { automation: { enabled: true, port: 1 } })
    expect(await hello()).toBe(200)
    expect(new URL((await api()).url).port).not.toBe('1')
    await expect(set(false)).rejects.toMatchObject({ code: 'FIXED_BY_FILE' })
  })
})
