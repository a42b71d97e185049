import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEMO_CREDENTIALS } from '#main/demo/charging/credentials.ts'
import { sign } from '#main/lan/request/signature.ts'
import { callApi } from '../fixtures/doors.ts'
import { runHost, startHost, type HostProcess, type Ready } from '../fixtures/host-process.ts'

let folder: string
let host: HostProcess | null = null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sitedesk-lan-host-'))
})
afterEach(async () => {
  host?.child.kill('SIGTERM')
  await host?.ended
  host = null
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
})

async function start(args: readonly string[]): Promise<Ready> {
  host = startHost([...args, '--port', '0', '--no-open'])
  return host.ready
}
const config = (lan: object) => {
  const path = join(folder, 'site.json')
  const operators = [{ name: 'Ada', pin: '482913', roles: ['admin'] }]
  writeFileSync(path, JSON.stringify({ operators, lan }), { mode: 0o600 })
  return ['--config', path, '--data-dir', join(folder, 'data')]
}

async function call(url: string, jam: string, keys: object, parameters: object = {}) {
  const timestamp = Math.floor(Date.now() / 1000)
  const fields = new Map(Object.entries({ ...keys, timestamp, ...parameters }))
  const signature = sign({ fields, lexemes: () => new Map() }, jam)
  const body = JSON.stringify({ ...Object.fromEntries(fields), signature })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body })
  return (await response.json()) as { code: number; data: unknown[] }
}

describe('the LAN service behind the browser host', () => {
  it('listens in the demo before the ready line is out, and stops with the host', async () => {
    const { lan } = await start(['--demo'])
    expect(lan).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const url = `${lan}/oapi/bluepower_user/1_0/getProfessionList`
    const answer = await call(url, DEMO_CREDENTIALS.jam, DEMO_CREDENTIALS.user)
    expect(answer).toMatchObject({ code: 0 })
    expect(answer.data).toHaveLength(6)
    host?.child.kill('SIGTERM')
    expect(await host?.ended).toMatchObject({ code: 0 })
    await expect(fetch(url, { method: 'POST' })).rejects.toThrow('fetch failed')
  })

  it('is off by default', async () => {
    expect((await start(['--data-dir', join(folder, 'data')])).lan).toBeNull()
  })

  it('follows the config file, and its own credentials only', async () => {
    const user = { appId: 'u', appKey: 'uk' }
    const lan = { enabled: true, host: '127.0.0.1', port: 0, user, httpJam: 'jam' }
    const ready = await start(config(lan))
    const url = `${ready.lan}/oapi/bluepower_user/1_0/getSystemTime`
    expect((await call(url, 'jam', user)).code).toBe(0)
    expect((await call(url, 'other', user)).code).toBe(2)
    const login = `${ready.lan}/oapi/bluepower_user/1_0/userLogin`
    expect(await call(login, 'jam', user, { jsCode: 'code' })).toMatchObject({ code: 999, data: [] })
  })

  it('says that a taken port is the trouble, and starts all the same', async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const { port } = holder.address() as AddressInfo
    const ready = await start(config({ enabled: true, host: '127.0.0.1', port }))
    expect(ready.lan).toBeNull()
    const web = {
      url: ready.console,
      token: ready.token,
      openingUrl: () => '',
      close: () => Promise.resolve(),
    }
    const signedIn = await callApi(web, 'operators.signIn', { name: 'Ada', pin: '482913' })
    const session = (signedIn.body as { session: string }).session
    const status = await callApi(web, 'system.status', {}, { 'X-Sitedesk-Session': session })
    expect(status.body).toMatchObject({
      lan: { state: 'failed', url: null },
      problems: expect.arrayContaining([{ code: 'LAN_NOT_LISTENING', data: { host: '127.0.0.1', port } }]),
    })
    await new Promise((resolve) => holder.close(resolve))
  })
})

describe('a payment that cannot be had', () => {
  it('is refused with exit 2 and the path of what is wrong', async () => {
    const payment = {
      kind: 'wechatpay',
      mchId: '1900000001',
      serialNo: 'FF',
      privateKeyFile: join(folder, 'gone.pem'),
      platformKeyFile: join(folder, 'gone.pem'),
    }
    const { code, stderr, stdout } = await runHost([...config({ payment }), '--no-open'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('lan.payment.privateKeyFile')
    expect(stderr).toContain('gone.pem cannot be read (ENOENT)')
  })
})
