import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callApi } from '../../fixtures/doors.ts'
import { runHost, startHost, type Ended } from '../../fixtures/host-process.ts'

let folder: string
let data: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sitedesk-headless-'))
  data = join(folder, 'data')
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))

function config(content: unknown): string {
  const path = join(folder, 'site.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o600 })
  return path
}

function expectOneLine({ code, stdout, stderr }: Ended, exitCode: number, named: string): void {
  expect(stderr).toContain(named)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(stderr).not.toMatch(/^\s+at /m)
  expect(stdout).toBe('')
  expect(code).toBe(exitCode)
}

const PIN = '482913'
/** Ten ways to ask for what cannot be: each ends with 2, names what is wrong and leaves the folder alone. */
const BROKEN: readonly [named: string, args: (file: (content: unknown) => string) => string[]][] = [
  ['--dmeo', () => ['--dmeo']],
  ['--port', () => ['--port', 'eighty']],
  ['--demo and --config', (file) => ['--demo', '--config', file({})]],
  ['nowhere.json', () => ['--config', join(tmpdir(), 'nowhere.json')]],
  ['line 2, column 3', (file) => ['--config', file('{\n  zone: 8}')]],
  ['the file: expected object', (file) => ['--config', file('[1, 2]')]],
  [
    'upstreams.imr.basUrl: unknown key',
    (file) => ['--config', file({ upstreams: { imr: { basUrl: 'x' } } })],
  ],
  ['upstreams: expected object', (file) => ['--config', file({ upstreams: 'none' })]],
  [
    'operators.0.pin',
    (file) => ['--config', file({ operators: [{ name: 'a', pin: PIN.slice(4), roles: ['admin'] }] })],
  ],
  ['lan.wechat.kind: simulator', (file) => ['--config', file({ lan: { wechat: { kind: 'simulator' } } })]],
]

describe('a start that cannot be', () => {
  it.each(BROKEN)('is refused with exit 2 and one line: %s', async (named, args) => {
    mkdirSync(data)
    writeFileSync(join(data, 'mine.txt'), 'stays')
    expectOneLine(await runHost([...args(config), '--data-dir', data, '--no-open']), 2, named)
    expect(readdirSync(data)).toEqual(['mine.txt'])
  })

  it('makes no data folder', async () => {
    await runHost(['--data-dir', data, '--no-open', '--config', config({ zone: 8 })])
    expect(existsSync(data)).toBe(false)
  })
})

describe('a start', () => {
  it('prints the ready line alone, answers, and stops cleanly on SIGTERM', async () => {
    const host = startHost(['--data-dir', data, '--port', '0', '--no-open'])
    const ready = await host.ready
    expect(ready).toEqual({
      event: 'ready',
      console: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      token: expect.stringMatching(/^[\w-]{43}$/),
      lan: null,
      pid: host.child.pid,
    })
    const web = {
      url: ready.console,
      token: ready.token,
      openingUrl: () => '',
      close: () => Promise.resolve(),
    }
    expect(await callApi(web, 'system.hello', {})).toMatchObject({ status: 200, body: { firstRun: true } })
    const before = performance.now()
    host.child.kill('SIGTERM')
    const ended = await host.ended
    expect(performance.now() - before).toBeLessThan(5000)
    expect(ended).toMatchObject({ code: 0, signal: null, stderr: '' })
    expect(ended.stdout.split('\n')).toEqual([expect.stringContaining('"ready"'), ''])
  })

  it.skipIf(process.platform === 'win32')(
    'writes for its own user only, in a folder of others too',
    async () => {
      mkdirSync(data, { mode: 0o755 })
      const host = startHost(['--data-dir', data, '--port', '0', '--no-open'])
      await host.ready
      const open = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter(
        (path) => (statSync(join(data, path)).mode & 0o077) !== 0,
      )
      host.child.kill('SIGTERM')
      await host.ended
      expect(open).toEqual([])
    },
  )

  it('on a folder in use is refused with exit 1 and the pid of the first', async () => {
    const first = startHost(['--data-dir', data, '--port', '0', '--no-open'])
    const { pid } = await first.ready
    expectOneLine(await runHost(['--data-dir', data, '--port', '0', '--no-open']), 1, `process ${pid}`)
    first.child.kill('SIGINT')
    expect((await first.ended).code).toBe(0)
  })

  it('after a kill -9 takes the folder as if nothing had been', async () => {
    const first = startHost(['--data-dir', data, '--port', '0', '--no-open'])
    await first.ready
    first.child.kill('SIGKILL')
    await first.ended
    const second = startHost(['--data-dir', data, '--port', '0', '--no-open'])
    expect((await second.ready).pid).toBe(second.child.pid)
    second.child.kill('SIGTERM')
    expect((await second.ended).code).toBe(0)
  })

  it('on a port in use says so with exit 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    const ended = await runHost(['--data-dir', data, '--port', String(port), '--no-open'])
    expectOneLine(ended, 1, `port ${port} is in use`)
    other.close()
  })

  it('on a damaged store names the file and the cure, with exit 1', async () => {
    mkdirSync(data)
    writeFileSync(join(data, 'site.db'), 'this is no database. '.repeat(500))
    expectOneLine(await runHost(['--data-dir', data, '--port', '0', '--no-open']), 1, 'site.db is damaged')
  })
})

describe('the demo', () => {
  it('is signed in as demo and leaves nothing behind', async () => {
    const temp = join(folder, 'temp')
    mkdirSync(temp)
    const host = startHost(['--demo', '--port', '0', '--no-open'], { TMPDIR: temp, TEMP: temp, TMP: temp })
    const ready = await host.ready
    expect(readdirSync(temp).filter((name) => name.startsWith('sitedesk-demo-'))).toHaveLength(1)
    const web = {
      url: ready.console,
      token: ready.token,
      openingUrl: () => '',
      close: () => Promise.resolve(),
    }
    const signedIn = await callApi(web, 'operators.signIn', { name: 'demo', pin: '135790' })
    expect(signedIn).toMatchObject({ status: 200, body: { name: 'demo' } })
    const session = { 'X-Sitedesk-Session': String(signedIn.body['session']) }
    expect(await callApi(web, 'system.automation', {}, session)).toEqual({
      status: 200,
      body: { enabled: true, url: ready.console, token: ready.token, reason: null },
    })
    host.child.kill('SIGTERM')
    expect((await host.ended).code).toBe(0)
    expect(readdirSync(temp).filter((name) => name.startsWith('sitedesk-demo-'))).toEqual([])
  })
})
