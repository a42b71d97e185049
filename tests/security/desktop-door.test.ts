import { EventEmitter } from 'node:events'
import type { App, Session } from 'electron'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openIpcDoor, type IpcDoor } from '#main/hosts/electron/ipc.ts'
import { denyNavigation, denyPermissions } from '#main/hosts/electron/lock-down.ts'
import { answerPage, isPage, PAGE_URL } from '#main/hosts/electron/page.ts'
import { IPC_CALL, IPC_EVENT, IPC_PRINT, IPC_PRINTERS } from '#shared/bridge.ts'
import { IpcDouble, ipcEvent, openTestCore, type TestCore } from '../fixtures/doors.ts'

const exposed = new Map<string, object>()
const renderer = Object.assign(new EventEmitter(), { invoke: vi.fn(() => Promise.resolve({ ok: true })) })
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: object) => void exposed.set(name, api) },
  ipcRenderer: renderer,
}))

const FOREIGN_PAGES = [
  'https://attacker.example/',
  'app://sitedesk/other.html',
  'app://sitedesk/index.html?x=1',
  'app://sitedesk.attacker.example/index.html',
  'app://attacker/index.html',
  'file:///index.html',
  'about:blank',
  'data:text/html,app://sitedesk/index.html',
  'http://localhost:5173/index.html',
  'not an address',
  '',
]

describe('the IPC door', () => {
  let test: TestCore
  let ipc: IpcDouble
  let door: IpcDoor
  const screen = { id: 7, isDestroyed: () => false, send: vi.fn() }
  beforeAll(async () => {
    test = await openTestCore()
  })
  afterAll(() => test.close())
  beforeEach(() => {
    ipc = new IpcDouble()
    door = openIpcDoor(ipc, test.core, PAGE_URL)
  })

  it('is one channel for calls and two for paper', () => {
    expect(new Set(ipc.channels())).toEqual(new Set([IPC_CALL, IPC_PRINT, IPC_PRINTERS]))
    door.close()
    expect(ipc.channels()).toEqual([])
  })

  it.each(FOREIGN_PAGES)('prints nothing for a frame that shows %j, and names it no printer', async (url) => {
    const print = vi.fn<() => void>()
    const paper = {
      print,
      printToPDF: vi.fn<() => Promise<Buffer>>(),
      getPrintersAsync: () => Promise.resolve([]),
    }
    door.close()
    door = openIpcDoor(ipc, test.core, PAGE_URL, () => paper)
    door.admit(screen)
    const request = { to: 'pdf', page: { width: 58, height: 100 } }
    expect(await ipc.invoke(IPC_PRINT, ipcEvent(7, { url }), request)).toEqual({
      ok: false,
      reason: 'failed',
    })
    expect(await ipc.invoke(IPC_PRINTERS, ipcEvent(7, { url }))).toEqual([])
    expect([print, paper.printToPDF].flatMap((one) => one.mock.calls)).toEqual([])
  })

  it('answers the page in a window that was let in', async () => {
    door.admit(screen)
    const answer = await ipc.invoke(IPC_CALL, ipcEvent(7), 'system.hello', {})
    expect(answer).toMatchObject({ ok: true, result: { firstRun: false } })
  })

  it.each(FOREIGN_PAGES)('refuses a frame that shows %j', async (url) => {
    door.admit(screen)
    const answer = await ipc.invoke(IPC_CALL, ipcEvent(7, { url }), 'system.hello', {})
    expect(answer).toMatchObject({ ok: false, error: { code: 'ORIGIN_REFUSED' } })
  })

  it('refuses a frame inside the page, a frame that is gone and a window that was not let in', async () => {
    const leave = door.admit(screen)
    const refused = { ok: false, error: { code: 'ORIGIN_REFUSED' } }
    const nested = ipcEvent(7, { parent: { url: PAGE_URL } })
    expect(await ipc.invoke(IPC_CALL, nested, 'system.hello', {})).toMatchObject(refused)
    const gone = { ...ipcEvent(7), senderFrame: null }
    expect(await ipc.invoke(IPC_CALL, gone, 'system.hello', {})).toMatchObject(refused)
    expect(await ipc.invoke(IPC_CALL, ipcEvent(8), 'system.hello', {})).toMatchObject(refused)
    leave()
    expect(await ipc.invoke(IPC_CALL, ipcEvent(7), 'system.hello', {})).toMatchObject(refused)
  })

  it('refuses a call that names no operation', async () => {
    door.admit(screen)
    for (const operation of [undefined, 1, {}, 'x'.repeat(200)])
      expect(await ipc.invoke(IPC_CALL, ipcEvent(7), operation, {})).toMatchObject({
        ok: false,
        error: { code: 'INVALID_INPUT' },
      })
  })
})

describe('the page of the desktop', () => {
  it('is one address, whatever its route', () => {
    expect(isPage(`${PAGE_URL}#/meters?source=imr`)).toBe(true)
    for (const url of FOREIGN_PAGES) expect([url, isPage(url)]).toEqual([url, false])
  })

  it('is served with the content policy, and nothing beside it', async () => {
    for (const path of [
      'app://sitedesk/../package.json',
      'app://other/index.html',
      'app://sitedesk/nothing.js',
    ]) {
      const response = await answerPage('/nowhere', new Request(path))
      expect(response.status).toBe(404)
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
    }
  })
})

describe('what the page can reach', () => {
  it('is calls, events, paper and a word', async () => {
    await import('../../src/preload/index.ts')
    expect([...exposed.keys()]).toEqual(['sitedesk'])
    const bridge = exposed.get('sitedesk') as Record<string, unknown>
    expect(Object.entries(bridge).map(([key, value]) => [key, typeof value])).toEqual([
      ['host', 'string'],
      ['call', 'function'],
      ['onEvent', 'function'],
      ['print', 'function'],
      ['printers', 'function'],
    ])
  })

  it('calls one channel and hears another, without the event that carries Electron', async () => {
    await import('../../src/preload/index.ts')
    const bridge = exposed.get('sitedesk') as Required<Window>['sitedesk']
    await bridge.call('system.hello', {})
    expect(renderer.invoke.mock.calls).toEqual([[IPC_CALL, 'system.hello', {}]])
    const heard: unknown[][] = []
    const stop = bridge.onEvent((...args) => void heard.push(args))
    renderer.emit(IPC_EVENT, { sender: 'electron' }, { type: 'session', state: 'locked' })
    stop()
    renderer.emit(IPC_EVENT, {}, { type: 'session', state: 'ended' })
    expect(heard).toEqual([[{ type: 'session', state: 'locked' }]])
  })
})

type Listener = (event: { url?: string; preventDefault(): void }) => void

describe('windows', () => {
  it('go nowhere else, open nothing and embed nothing', () => {
    const app = new EventEmitter()
    denyNavigation(app as App, PAGE_URL)
    const contents = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: vi.fn<(handler: () => unknown) => void>(),
    })
    app.emit('web-contents-created', {}, contents)
    expect(contents.setWindowOpenHandler.mock.calls[0]?.[0]()).toEqual({ action: 'deny' })
    const prevented = (name: string, url: string) => {
      const preventDefault = vi.fn()
      for (const listener of contents.listeners(name) as Listener[]) listener({ url, preventDefault })
      return preventDefault.mock.calls.length > 0
    }
    for (const url of FOREIGN_PAGES) expect([url, prevented('will-navigate', url)]).toEqual([url, true])
    expect(prevented('will-navigate', `${PAGE_URL}#/sync`)).toBe(false)
    expect(prevented('will-redirect', PAGE_URL)).toBe(true)
    expect(prevented('will-attach-webview', '')).toBe(true)
  })

  it('are granted nothing but writing to the clipboard', () => {
    const handlers: Record<string, (...args: never[]) => unknown> = {}
    denyPermissions({
      setPermissionRequestHandler: (f: never) => void (handlers['request'] = f),
      setPermissionCheckHandler: (f: never) => void (handlers['check'] = f),
      setDevicePermissionHandler: (f: never) => void (handlers['device'] = f),
    } as unknown as Session)
    const asked = (permission: string) => {
      let granted: unknown
      handlers['request']?.(...([null, permission, (yes: boolean) => void (granted = yes)] as never[]))
      return [granted, handlers['check']?.(...([null, permission] as never[]))]
    }
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'usb',
      'fileSystem',
    ])
      expect([permission, ...asked(permission)]).toEqual([permission, false, false])
    expect(asked('clipboard-sanitized-write')).toEqual([true, true])
    expect(handlers['device']?.()).toBe(false)
  })
})
