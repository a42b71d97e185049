import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EffectiveSettings } from '#core/settings/index.ts'
import { createHttp } from '#main/adapters/http.ts'
import { createPayments } from '#main/lan/index.ts'
import { createProviderTest } from '#main/lan/providers/index.ts'
import type { Input } from '#shared/contract/index.ts'
import { openConsole } from '../fixtures/console.ts'
import { API_V3_KEY, APP_ID, WechatPayServer, type PayFault } from '../fixtures/wechat-pay.ts'

const CERTIFICATE = join(import.meta.dirname, '../fixtures/wechat-pay-platform.pem')
const NOW = Date.UTC(2027, 2, 2, 2)
let now = NOW
let pay: WechatPayServer
let wechat: Server
let answer: object = {}
const asked: URLSearchParams[] = []

beforeAll(async () => {
  pay = await WechatPayServer.start(() => now)
  wechat = createServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://x').searchParams)
    response.end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => wechat.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await pay.close()
  await new Promise((resolve) => wechat.close(resolve))
})
afterEach(() => {
  now = NOW
  pay.fault = null
  asked.length = 0
})

const wechatUrl = () => `http://127.0.0.1:${(wechat.address() as AddressInfo).port}`
const user = { appId: APP_ID, secret: 'invented-secret' }

/** The words of the test: step, state and code. */
async function found(input: Omit<Input<'lan.testProvider'>, 'ask'>, ask = true) {
  const test = createProviderTest({
    ctx: {
      ports: { http: createHttp(), clock: { now: () => now }, random: { bytes: (n) => new Uint8Array(n) } },
    },
    settings: { values: () => ({ lan: {} }) as EffectiveSettings, secret: () => null },
  })
  const { ok, steps } = await test(null, { ...input, ask })
  return {
    ok,
    steps,
    says: Object.fromEntries(steps.map(({ step, state, code }) => [step, `${state} ${code}`])),
  }
}

const tested = (change: object = {}, ask = true) => {
  const { kind: _kind, ...stored } = pay.settings
  const payment = { ...stored, apiV3Key: API_V3_KEY, ...change }
  return found({ provider: 'payment', payment, wechat: { user } }, ask)
}

describe('a test of WeChat Pay', () => {
  it('is all right when merchant, keys and WeChat Pay agree, and orders nothing', async () => {
    const { ok, says } = await tested()
    expect(says).toEqual({
      merchant: 'good merchantSet',
      payer: 'good payerSet',
      privateKey: 'good privateKeyRead',
      platformKey: 'good publicKeyRead',
      apiV3Key: 'good apiV3Set',
      answer: 'good answered',
    })
    expect(ok).toBe(true)
    expect(pay.orders.size).toBe(0)
  })

  it.each<[PayFault, string]>([
    ['unsigned', 'unsigned'],
    ['otherKey', 'wrongSignature'],
    ['tampered', 'wrongSignature'],
    ['stale', 'stale'],
    ['serverError', 'busy'],
    ['busy', 'busy'],
    ['requestLost', 'reset'],
  ])('says why an answer is not believed: %s', async (fault, code) => {
    pay.fault = fault
    const { ok, says } = await tested()
    expect([ok, says['answer']]).toEqual([false, `bad ${code}`])
  })

  it('says that WeChat Pay does not know merchant and serial as ours', async () => {
    const { says, steps } = await tested({ serialNo: 'AAAA' })
    expect(says['answer']).toBe('bad notBelieved')
    expect(steps.at(-1)?.data).toMatchObject({ code: 'SIGN_ERROR' })
  })

  it('says that nobody answers at the address', async () => {
    const { says } = await tested({ baseUrl: 'http://127.0.0.1:9' })
    expect(says['answer']).toBe('bad refused')
  })

  it('tells the end of a platform certificate before, close to and after it', async () => {
    const at = async (time: number) => {
      now = time
      const { says, ok } = await tested({ platformKeyFile: CERTIFICATE }, false)
      return [says['platformKey'], ok]
    }
    expect(await at(Date.UTC(2026, 10, 1))).toEqual(['bad certificateNotYet', false])
    expect(await at(NOW)).toEqual(['good certificateRead', true])
    expect(await at(Date.UTC(2126, 9, 10))).toEqual(['attention certificateEndsSoon', true])
    expect(await at(Date.UTC(2126, 10, 1))).toEqual(['bad certificateEnded', false])
  })

  it('names what is wrong with a file or a key, and asks nobody then', async () => {
    const written = (name: string, text: string) => {
      const path = join(pay.directory, name)
      writeFileSync(path, text)
      return path
    }
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    const pem = (key: typeof weak) => key.export({ type: 'pkcs8', format: 'pem' }).toString()
    const before = pay.requests.length
    const of = async (change: object, step: string) => (await tested(change)).says[step]
    expect(await of({ privateKeyFile: '/nowhere/key.pem' }, 'privateKey')).toBe('bad fileMissing')
    expect(await of({ privateKeyFile: pay.directory }, 'privateKey')).toBe('bad fileUnreadable')
    expect(await of({ privateKeyFile: CERTIFICATE }, 'privateKey')).toBe('bad certificateInstead')
    expect(await of({ privateKeyFile: written('text.pem', 'hello') }, 'privateKey')).toBe('bad notPrivateKey')
    expect(await of({ privateKeyFile: written('weak.pem', pem(weak)) }, 'privateKey')).toBe('bad weakKey')
    expect(await of({ privateKeyFile: written('curve.pem', pem(curve)) }, 'privateKey')).toBe('bad weakKey')
    expect(await of({ platformKeyFile: pay.privateKeyFile }, 'platformKey')).toBe('bad privateKeyInstead')
    expect(await of({ platformKeyFile: written('text.pem', 'x') }, 'platformKey')).toBe('bad notPlatformKey')
    const own = pay.merchantPublic.export({ type: 'spki', format: 'pem' }).toString()
    expect(await of({ platformKeyFile: written('own.pem', own) }, 'platformKey')).toBe('bad ownKeyInstead')
    expect(await of({ mchId: '' }, 'merchant')).toBe('bad mchIdMissing')
    expect(pay.requests).toHaveLength(before)
    expect(await of({ apiV3Key: 'short' }, 'apiV3Key')).toBe('bad apiV3Length')
    expect(await of({ apiV3Key: '' }, 'apiV3Key')).toBe('good apiV3Missing')
    expect(await of({ serialNo: '7A:5B' }, 'merchant')).toBe('bad serialForm')
  })
})

describe('WeChat Pay as it is set', () => {
  it('is a problem of the desk from the day on which the platform certificate ends', () => {
    const lan = { payment: { ...pay.settings, platformKeyFile: CERTIFICATE } }
    const log = { error: () => undefined }
    const site = { write: () => Promise.resolve() }
    const payments = createPayments({
      ctx: { ports: { http: createHttp(), clock: { now: () => now }, log }, store: { site } } as never,
      settings: {
        values: () => ({ lan }) as EffectiveSettings,
        secret: () => null,
        onChange: () => () => undefined,
      },
    })
    expect(payments.problem()).toBeNull()
    now = Date.UTC(2126, 10, 1)
    expect(payments.problem()).toContain('has ended')
    payments.close()
  })
})

describe('a test of WeChat', () => {
  const wx = (errcode: number) => {
    answer = { errcode, errmsg: 'as the test wants' }
    return found({ provider: 'wechat', wechat: { baseUrl: wechatUrl(), user } })
  }

  it.each([
    [40029, 'good appAccepted'],
    [40013, 'bad appIdWrong'],
    [40125, 'bad secretWrong'],
    [40164, 'bad addressNotAllowed'],
    [-1, 'bad busy'],
    [50001, 'bad wechatRefused'],
  ])('reads the answer %i', async (errcode, says) => {
    const { says: said, ok } = await wx(errcode)
    expect(said).toEqual({ user: says, manager: 'attention appMissing' })
    expect(ok).toBe(says.startsWith('good'))
    expect(asked.map((query) => [query.get('appid'), query.get('secret')])).toEqual([[APP_ID, user.secret]])
  })

  it('needs one side at least, and a secret that is one', async () => {
    const of = async (given: Input<'lan.testProvider'>['wechat']) =>
      (await found({ provider: 'wechat', wechat: given })).says
    expect(await of({})).toEqual({ user: 'bad appMissing', manager: 'bad appMissing' })
    expect(await of({ user: { appId: 'a' } })).toMatchObject({ user: 'bad secretMissing' })
    expect(await of({ user: { appId: 'a', secret: 'b c' } })).toMatchObject({ user: 'bad secretSpaces' })
    expect(asked).toEqual([])
  })

  it('uses what is stored where nothing is given', async () => {
    const console = await openConsole()
    await console.call('operators.createFirst', { name: 'Ada', pin: '482913' })
    await console.call('settings.update', {
      changes: { 'lan.wechat': { kind: 'wechat', baseUrl: wechatUrl(), user } },
    })
    answer = { errcode: 40029 }
    const result = await console.call('lan.testProvider', { provider: 'wechat', ask: true })
    expect(result.steps[0]).toEqual({ step: 'user', state: 'good', code: 'appAccepted' })
    expect(asked[0]?.get('secret')).toBe(user.secret)
    await console.close()
  })
})
