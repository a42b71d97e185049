import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProviderFailure, type WxAuthProvider } from '#core/charging/providers.ts'
import { HttpFailure, type Http, type HttpRequest } from '#core/ports.ts'
import { createHttp } from '#main/adapters/http.ts'
import { createWxAuth } from '#main/lan/wechat/index.ts'
import { decryptPhone } from '#main/lan/wechat/decrypt.ts'
import { simulatedCode, simulatedPhone, simulatedWechat } from '#main/lan/wechat/simulator.ts'

const SESSION_KEY = Buffer.alloc(16, 7).toString('base64')
const APP = { appId: 'wx-invented', secret: 'an-invented-secret' }

let server: Server
let answer: { status: number; text: string }
const asked: string[] = []
beforeEach(async () => {
  asked.length = 0
  answer = { status: 200, text: JSON.stringify({ openid: 'o-1', session_key: SESSION_KEY }) }
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    // WeChat says text/plain
    response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(answer.text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const baseUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
interface Given {
  readonly wechat?: object
  readonly secret?: string | null
  readonly demo?: boolean
  readonly http?: Http
}
function auth({
  wechat,
  secret = APP.secret,
  demo = false,
  http = createHttp(),
}: Given = {}): WxAuthProvider {
  const settings = {
    values: () => ({
      lan: { wechat: wechat ?? { kind: 'wechat', baseUrl: baseUrl(), user: { appId: APP.appId } } },
    }),
    secret: () => secret,
  } as never
  return createWxAuth({ ctx: { ports: { http }, options: { demo } } as never, settings })()
}
const kindOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof ProviderFailure ? error.kind : String(error)
}

describe('jscode2session', () => {
  it('is asked with the app of the side, and gives who it is', async () => {
    expect(await auth().login('user', 'a code/&')).toEqual({ openId: 'o-1', sessionKey: SESSION_KEY })
    const url = new URL(asked[0] ?? '', baseUrl())
    expect(url.pathname).toBe('/sns/jscode2session')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      appid: APP.appId,
      secret: APP.secret,
      js_code: 'a code/&',
      grant_type: 'authorization_code',
    })
    expect(auth().appId('user')).toBe(APP.appId)
  })

  it.each([
    [40029, 'refused'],
    [40163, 'refused'],
    [40226, 'refused'],
    [-1, 'unreachable'],
    [45011, 'unreachable'],
    [40013, 'notConfigured'],
    [40125, 'notConfigured'],
  ])('says %i: %s', async (errcode, kind) => {
    answer.text = JSON.stringify({ errcode, errmsg: 'x' })
    expect(await kindOf(auth().login('user', 'code'))).toBe(kind)
  })

  it.each([
    ['a page', 200, '<html></html>'],
    ['a wrong key', 200, JSON.stringify({ openid: 'o-1', session_key: 'c2hvcnQ=' })],
    ['nobody', 200, JSON.stringify({ session_key: SESSION_KEY })],
    ['another type', 200, JSON.stringify({ openid: 7, session_key: SESSION_KEY })],
    ['a broken gateway', 502, JSON.stringify({ openid: 'o-1', session_key: SESSION_KEY })],
  ])('is not believed when it answers with %s', async (_what, status, text) => {
    answer = { status, text }
    expect(await kindOf(auth().login('user', 'code'))).toBe('unreachable')
  })

  it('is bounded in time, and no failure names the secret', async () => {
    const sent: HttpRequest[] = []
    const late: Http = {
      send(request) {
        sent.push(request)
        return Promise.reject(new HttpFailure('timeout', true, `no answer of ${request.url}`))
      },
    }
    const error = await auth({ http: late })
      .login('user', 'code')
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ kind: 'unreachable' })
    expect(String(error) + JSON.stringify(error)).not.toContain(APP.secret)
    expect(sent[0]).toMatchObject({ connectTimeoutMs: 4000, totalTimeoutMs: 8000 })
  })

  it('needs the secret of the side', async () => {
    expect(await kindOf(auth({ secret: null }).login('user', 'code'))).toBe('notConfigured')
    expect(await kindOf(auth().login('manager', 'code'))).toBe('notConfigured')
    expect(asked).toEqual([])
  })
})

describe('nobody and the simulator', () => {
  it('refuses every log-in where nothing is set', async () => {
    expect(await kindOf(auth({ wechat: { kind: 'none' } }).login('user', 'code'))).toBe('notConfigured')
  })

  it('simulates in the demo only', async () => {
    const simulator = { kind: 'simulator' }
    expect(auth({ wechat: simulator, demo: true }).kind).toBe('simulator')
    expect(auth({ wechat: simulator }).kind).toBe('none')
  })

  it('gives one person one openId, and a phone number that only that log-in opens', async () => {
    const [first, again] = [simulatedCode('13800001038'), simulatedCode('13800001038')]
    const one = await simulatedWechat.login('user', first)
    const two = await simulatedWechat.login('user', again)
    expect(two.openId).toBe(one.openId)
    expect((await simulatedWechat.login('manager', first)).openId).not.toBe(one.openId)
    const { encryptData, iv } = simulatedPhone('user', { jsCode: first, phone: '13800001038', now: 0 })
    const open = (sessionKey: string, appId: string | null) =>
      decryptPhone({ encrypted: encryptData, iv, sessionKey }, appId)
    expect(open(one.sessionKey, simulatedWechat.appId('user'))).toBe('13800001038')
    expect(open(two.sessionKey, null)).toBeNull()
    expect(open(one.sessionKey, simulatedWechat.appId('manager'))).toBeNull()
  })

  it('knows no code that it did not make', async () => {
    expect(await kindOf(simulatedWechat.login('user', 'anything'))).toBe('refused')
  })
})
