import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDesktop, spawnDesktop, type Desktop } from '../fixtures/desktop.ts'

describe('the console in its window', () => {
  let desktop: Desktop
  beforeAll(async () => {
    desktop = await openDesktop()
  })
  afterAll(() => desktop.close())

  it('opens through the built main, preload and page, with its first heading', async () => {
    const heading = desktop.page.getByRole('heading').first()
    await heading.waitFor()
    expect((await heading.textContent())?.trim()).not.toBe('')
    expect(await desktop.page.title()).not.toBe('')
  })

  it('calls the core through the bridge', async () => {
    const hello = await desktop.page.evaluate(() => window.sitedesk?.call('system.hello', {}))
    expect(hello).toMatchObject({ ok: true, result: { firstRun: true, operator: null } })
    const refused = await desktop.page.evaluate(() => window.sitedesk?.call('meters.list', {}))
    expect(refused).toMatchObject({ ok: false, error: { code: 'SESSION_REQUIRED' } })
  })

  it('hears what changes once somebody is signed in', async () => {
    const heard = await desktop.page.evaluate(async () => {
      const bridge = window.sitedesk
      if (!bridge) return null
      const event = new Promise((resolve) => {
        const stop = bridge.onEvent((e) => {
          if (e.type !== 'changed' || e.area !== 'audit') return
          stop()
          resolve(e)
        })
      })
      await bridge.call('operators.createFirst', { name: 'Ada', pin: '482913' })
      await bridge.call('operators.create', { name: 'Bo', pin: '135791', roles: ['viewer'] })
      return event
    })
    expect(heard).toMatchObject({ type: 'changed', area: 'audit' })
  })

  it('has nothing of Node in the page', async () => {
    const types = await desktop.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'electron', '__dirname'].map(
        (name) => typeof Reflect.get(window, name),
      ),
    )
    expect(new Set(types)).toEqual(new Set(['undefined']))
    const surface = await desktop.page.evaluate(() => Object.keys(window.sitedesk ?? {}).toSorted())
    expect(surface).toEqual(['call', 'host', 'onEvent', 'print', 'printers'])
  })

  it('runs no script that stands in the page', async () => {
    const seen = await desktop.page.evaluate(async () => {
      const refused = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        })
      })
      const script = document.createElement('script')
      script.textContent = 'window.inline = true'
      document.body.append(script)
      return { refused: await refused, inline: Reflect.get(window, 'inline') as unknown }
    })
    expect(seen).toEqual({ refused: 'script-src-elem', inline: undefined })
  })

  it('opens no second window and goes nowhere else', async () => {
    const before = desktop.page.url()
    await desktop.page.evaluate(() => {
      window.open('https://attacker.example/')
      location.href = 'https://attacker.example/'
    })
    const hello = await desktop.page.evaluate(() => window.sitedesk?.call('system.hello', {}))
    expect(hello).toMatchObject({ ok: true })
    expect(desktop.page.url()).toBe(before)
    expect(await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

  it('goes on after the machine slept', async () => {
    const heard = await desktop.app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
    expect(heard).toBe(true)
    const hello = await desktop.page.evaluate(() => window.sitedesk?.call('system.hello', {}))
    expect(hello).toMatchObject({ ok: true })
    const log = join(desktop.directory, 'logs', 'sitedesk.log')
    expect(existsSync(log) ? readFileSync(log, 'utf8') : '').not.toContain('resuming after sleep failed')
  })

  it('answers scripts while its settings say so, and tells where', async () => {
    const call = (operation: string, input: object) =>
      desktop.page.evaluate(([name, what]) => window.sitedesk?.call(name, what), [operation, input] as const)
    const set = (enabled: boolean) =>
      call('settings.update', { changes: { 'automation.enabled': enabled, 'automation.port': 0 } })
    await set(true)
    const told = await call('system.automation', {})
    expect(told).toMatchObject({ ok: true, result: { enabled: true, reason: null } })
    const { url, token } = (told?.ok ? told.result : {}) as { url: string; token: string }
    const ask = () =>
      fetch(`${url}/api/system/hello`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } })
    expect(await (await ask()).json()).toMatchObject({ firstRun: false, names: ['Ada', 'Bo'] })
    await set(false)
    await expect(ask()).rejects.toThrow('fetch failed')
  })

  it('asks a person after its page crashed again and again', async () => {
    const seen = await desktop.app.evaluate(async ({ BrowserWindow, dialog }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (!contents) return null
      const reloads: string[] = []
      const [show, reload] = [dialog.showMessageBox, contents.reload]
      contents.reload = () => void reloads.push('reload')
      const asked = new Promise<string>((resolve) => {
        Reflect.set(dialog, 'showMessageBox', (_window: unknown, box: { message: string }) => {
          resolve(box.message)
          return Promise.resolve({ response: 0 })
        })
      })
      for (let i = 0; i < 4; i++) contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
      const message = await asked
      await new Promise(setImmediate)
      Reflect.set(dialog, 'showMessageBox', show)
      contents.reload = reload
      return { message, reloads: reloads.length, windows: BrowserWindow.getAllWindows().length }
    })
    expect(seen).toMatchObject({ reloads: 4, windows: 1 })
    expect(seen?.message).toContain('The page crashed')
  })

  it('keeps its window prepared for a hostile page', async () => {
    const held = await desktop.app.evaluate(({ app, BrowserWindow }) => ({
      single: app.hasSingleInstanceLock(),
      userData: app.getPath('userData'),
      url: BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
    }))
    expect(held.single).toBe(true)
    expect(held.userData).toBe(join(desktop.directory, 'window'))
    expect(held.url).toMatch(/^app:\/\/sitedesk\/index\.html(#.*)?$/)
  })
})

describe('the window', () => {
  it('remembers its size, closes everything, and leaves the folder free', async () => {
    const first = await openDesktop()
    await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1280, 800))
    const state = join(first.directory, 'window.json')
    const code = new Promise((resolve) => first.app.process().once('exit', resolve))
    await first.app.close()
    expect(await code).toBe(0)
    expect(JSON.parse(readFileSync(state, 'utf8'))).toMatchObject({ width: 1280, height: 800 })
    expect(existsSync(join(first.directory, 'desk.pid'))).toBe(false)
    rmSync(first.directory, { recursive: true, force: true, maxRetries: 3 })
  })
})

describe('SIGTERM', () => {
  it('ends the desktop cleanly within 5 s', async () => {
    const { app, page, directory } = await openDesktop()
    await page.getByRole('heading').first().waitFor()
    const child = app.process()
    const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)))
    const before = performance.now()
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(performance.now() - before).toBeLessThan(5000)
    expect(existsSync(join(directory, 'desk.pid'))).toBe(false)
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
  })
})

describe('a start of the desktop that cannot be', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sitedesk-refused-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each([
    [['--dmeo'], 2, 'unknown flag --dmeo'],
    [['--port', 'x'], 2, '--port'],
    [['--demo', '--config', 'x.json'], 2, '--demo and --config'],
  ])('%j ends with one line', async (args, code, named) => {
    const ended = await spawnDesktop([...args, '--data-dir', join(folder, 'data')]).ended
    expect(ended.stderr).toContain(`sitedesk: ${named}`)
    expect(ended.stderr).not.toMatch(/^\s+at /m)
    expect(ended.code).toBe(code)
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it('names the wrong key of a config file and makes no data folder', async () => {
    const file = join(folder, 'site.json')
    writeFileSync(file, '{"upstreams": "imr"}', { mode: 0o600 })
    const ended = await spawnDesktop(['--config', file, '--data-dir', join(folder, 'data')]).ended
    expect(ended.stderr).toContain('upstreams: expected object')
    expect(ended.code).toBe(2)
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it('on a folder in use names the pid of the first', async () => {
    const first = await openDesktop()
    const pid = readFileSync(join(first.directory, 'desk.pid'), 'utf8').trim()
    const ended = await spawnDesktop(['--data-dir', first.directory]).ended
    expect(ended.stderr).toContain(`process ${pid}`)
    expect(ended.code).toBe(1)
    await first.close()
  })
})
