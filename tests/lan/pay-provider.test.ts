import { generateKeyPairSync, verify } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ProviderFailure, type PaymentProvider } from '#core/charging/providers.ts'
import { HttpFailure, type Http } from '#core/ports.ts'
import { createHttp } from '#main/adapters/http.ts'
import { paymentProblem } from '#main/lan/index.ts'
import { wechatPay } from '#main/lan/payment/wechatpay/index.ts'
import { readKeys } from '#main/lan/payment/wechatpay/keys.ts'
import { readNotification } from '#main/lan/payment/wechatpay/notification.ts'
import { doubtOf, openResource } from '#main/lan/payment/wechatpay/sign.ts'
import { API_V3_KEY, APP_ID, MERCHANT, WechatPayServer, type PayFault } from '../fixtures/wechat-pay.ts'

/** 2026-03-02 10:00 at the site */
const NOW = Date.UTC(2026, 2, 2, 2)
/** of `{"a":1}` */
const VECTOR = 'kA98lInr3DhhObq42AYBiFNRq6NXebE='
let now = NOW
let server: WechatPayServer
beforeAll(async () => {
  server = await WechatPayServer.start(() => now)
})
afterAll(() => server.close())
afterEach(() => {
  now = NOW
  server.fault = null
  server.skewMs = 0
})

let count = 0
const nonces = () => Uint8Array.from({ length: 16 }, () => ++count & 0xff)
const parts = (http: Http = createHttp()) => ({
  http,
  clock: { now: () => now },
  random: { bytes: nonces },
  ...server.settings,
  keys: readKeys(server.settings),
  appId: () => APP_ID,
})
const provider = (http?: Http): PaymentProvider => wechatPay(parts(http))
const fresh = () => `91234${String(++count).padStart(9, '0')}-1`
const asked = (reference: string) => ({
  reference,
  amountFen: 1250,
  description: '充电 91234',
  openId: 'openid-of-somebody',
})
const kindOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof ProviderFailure ? error.kind : String(error)
}

describe('a payment by WeChat Pay', () => {
  it('is ordered with a signature that holds, and gives the phone what it needs to pay', async () => {
    const reference = fresh()
    const begun = await provider().begin(asked(reference))
    expect(server.orders.get(reference)).toMatchObject({ total: 1250, openId: 'openid-of-somebody' })
    expect(begun).toMatchObject({
      prepayId: `wx-prepay-${reference}`,
      package: `prepay_id=wx-prepay-${reference}`,
    })
    const { timeStamp = '', nonceStr = '', signType, paySign = '' } = begun.extra
    expect([timeStamp, signType]).toEqual([String(NOW / 1000), 'RSA'])
    const text = Buffer.from(`${APP_ID}\n${timeStamp}\n${nonceStr}\n${begun.package}\n`)
    expect(verify('RSA-SHA256', text, server.merchantPublic, Buffer.from(paySign, 'base64'))).toBe(true)
  })

  it('is the same payment when it is begun again', async () => {
    const reference = fresh()
    const first = await provider().begin(asked(reference))
    expect((await provider().begin(asked(reference))).prepayId).toBe(first.prepayId)
    expect([...server.orders.keys()].filter((key) => key === reference)).toHaveLength(1)
  })

  it('is pending, then paid, with its transaction and its time', async () => {
    const reference = fresh()
    await provider().begin(asked(reference))
    expect(await provider().query(reference)).toMatchObject({ state: 'pending' })
    const transactionId = server.pay(reference, NOW - 5000)
    expect(await provider().query(reference)).toEqual({ state: 'success', transactionId, paidAt: NOW - 5000 })
  })

  it('is closed while nobody paid it, and told apart from one that was paid', async () => {
    const [unpaid, paid] = [fresh(), fresh()]
    await provider().begin(asked(unpaid))
    await provider().begin(asked(paid))
    server.pay(paid)
    expect(await provider().close(unpaid)).toBe(true)
    expect(await provider().close(unpaid)).toBe(true)
    expect(await provider().query(unpaid)).toMatchObject({ state: 'failed' })
    expect(await provider().close(paid)).toBe(false)
  })

  it('may still be on its way where the platform does not know it, and can be closed', async () => {
    const reference = fresh()
    expect(await provider().query(reference)).toMatchObject({ state: 'pending' })
    expect(await provider().close(reference)).toBe(true)
  })

  it('cuts a description between two characters', async () => {
    const reference = fresh()
    await provider().begin({ ...asked(reference), description: '充电'.repeat(60) })
    const { description = '' } = server.orders.get(reference) ?? {}
    expect(Buffer.byteLength(description)).toBe(126)
    expect(description).toMatch(/^(充电)+$/)
  })
})

describe('an answer that cannot be believed', () => {
  it.each<PayFault>(['tampered', 'unsigned', 'otherKey', 'stale', 'otherPayment'])(
    'says nothing of a payment: %s',
    async (fault) => {
      const reference = fresh()
      await provider().begin(asked(reference))
      server.pay(reference)
      server.fault = fault
      expect(await kindOf(provider().query(reference))).toBe('unreachable')
    },
  )

  it.each<PayFault>(['tampered', 'unsigned', 'otherKey', 'stale'])(
    'closes nothing, though it says so: %s',
    async (fault) => {
      const reference = fresh()
      server.fault = fault
      expect(await kindOf(provider().close(reference))).toBe('unreachable')
    },
  )

  it.each<PayFault>(['answerLost', 'requestLost', 'serverError', 'busy'])(
    'leaves it open whether a payment was begun: %s',
    async (fault) => {
      server.fault = fault
      expect(await kindOf(provider().begin(asked(fresh())))).toBe('unreachable')
    },
  )

  it('leaves it open when the time is over', async () => {
    const late: Http = { send: () => Promise.reject(new HttpFailure('timeout', true, 'late')) }
    expect(await kindOf(provider(late).query('P12345678'))).toBe('unreachable')
    expect(await kindOf(provider(late).begin(asked('P12345678')))).toBe('unreachable')
  })
})

describe('two clocks', () => {
  it.each([-299, 299])('may differ by %i s', async (seconds) => {
    server.skewMs = seconds * 1000
    expect((await provider().begin(asked(fresh()))).prepayId).not.toBeNull()
  })

  it.each([-301, 302])('that differ by %i s are told as what they are', async (seconds) => {
    server.skewMs = seconds * 1000
    const error = await provider()
      .begin(asked(fresh()))
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ kind: 'notConfigured' })
    expect(String(error)).toContain('SIGN_ERROR')
  })
})

describe('what is refused', () => {
  it('names what the platform says', async () => {
    const reference = fresh()
    await provider().begin(asked(reference))
    const error = await provider()
      .begin({ ...asked(reference), amountFen: 1 })
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ kind: 'refused' })
    expect(String(error)).toContain('OUT_TRADE_NO_USED')
  })

  it('needs a mini-program and somebody who logged in', async () => {
    const without = wechatPay({ ...parts(), appId: () => null })
    expect(await kindOf(without.begin(asked(fresh())))).toBe('notConfigured')
    expect(await kindOf(provider().begin({ ...asked(fresh()), openId: null }))).toBe('refused')
  })
})

describe('a notification', () => {
  const merchant = () => ({ mchId: MERCHANT.mchId, apiV3Key: API_V3_KEY, keys: readKeys(server.settings) })
  const paid = async () => {
    const reference = fresh()
    await provider().begin(asked(reference))
    return { reference, transactionId: server.pay(reference) }
  }

  it('is verified, opened and read', async () => {
    const { reference, transactionId } = await paid()
    const read = readNotification(merchant(), server.notification(reference), now)
    expect(read).toEqual({ reference, state: 'success', transactionId, paidAt: NOW })
  })

  it('is nothing when it was changed, is old, or was sealed with another key', async () => {
    const { reference } = await paid()
    const good = server.notification(reference)
    const changed = { ...good, body: good.body.replace('invented', 'inventer') }
    expect(readNotification(merchant(), changed, now)).toBeNull()
    expect(readNotification(merchant(), good, now + 301_000)).toBeNull()
    const other = server.notification(reference, 'another-key-of-thirty-two-chars!')
    expect(readNotification(merchant(), other, now)).toBeNull()
    expect(readNotification({ ...merchant(), mchId: '1900000002' }, good, now)).toBeNull()
  })

  it('opens only with its whole text, its nonce and what it belongs to', () => {
    // computed with Python's cryptography: AESGCM(key).encrypt(nonce, b'{"a":1}', b'transaction')
    const sealed = {
      ciphertext: VECTOR,
      nonce: 'nonce-of-12b',
      associated_data: 'transaction',
    }
    expect(openResource(API_V3_KEY, sealed)).toBe('{"a":1}')
    expect(openResource(API_V3_KEY, { ...sealed, associated_data: 'refund' })).toBeNull()
    expect(openResource(API_V3_KEY, { ...sealed, nonce: 'nonce-of-12c' })).toBeNull()
    expect(openResource(API_V3_KEY, { ...sealed, ciphertext: `A${VECTOR.slice(1)}` })).toBeNull()
    expect(openResource('short', sealed)).toBeNull()
    expect(openResource(API_V3_KEY, { ...sealed, ciphertext: 'AAAA' })).toBeNull()
  })
})

describe('key files', () => {
  const problem = (changes: Record<string, string>) =>
    paymentProblem({ ...server.settings, ...changes }) ?? ''
  const file = (name: string, text: string) => {
    const path = join(server.directory, name)
    writeFileSync(path, text)
    return path
  }

  it('are taken as they are', () => {
    expect(paymentProblem(server.settings)).toBeNull()
    expect(paymentProblem({ ...server.settings, apiV3Key: API_V3_KEY })).toBeNull()
  })

  it('may be a certificate, whose number an answer has to carry', () => {
    const platformKeyFile = join(import.meta.dirname, '../fixtures/wechat-pay-platform.pem')
    const { platform, platformSerial } = readKeys({ ...server.settings, platformKeyFile })
    expect(platformSerial).toBe('1A2B3C4D5E6F')
    const good = server.notification([...server.orders.keys()][0] ?? '')
    expect(doubtOf({ key: platform, serial: platformSerial }, good, now)).toBe('otherKey')
  })

  it('name what is wrong, and never what stands in them', () => {
    expect(problem({ privateKeyFile: join(server.directory, 'gone.pem') })).toMatch(
      /privateKeyFile: .*gone\.pem cannot be read \(ENOENT\)/,
    )
    const nonsense = file('nonsense.pem', 'VERY-SECRET-TEXT')
    expect(problem({ privateKeyFile: nonsense })).toMatch(
      /privateKeyFile: .*nonsense\.pem is not a PEM private key/,
    )
    expect(problem({ platformKeyFile: nonsense })).toMatch(/platformKeyFile: .*is not a PEM public key/)
    expect(problem({ privateKeyFile: nonsense })).not.toContain('SECRET')
    expect(problem({ platformKeyFile: server.privateKeyFile })).toContain('is a private key')
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
    const weak = file('weak.pem', String(small.export({ type: 'pkcs8', format: 'pem' })))
    expect(problem({ privateKeyFile: weak })).toContain('no RSA key of at least 2048 bits')
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    const other = file('curve.pem', String(curve.export({ type: 'pkcs8', format: 'pem' })))
    expect(problem({ privateKeyFile: other })).toContain('no RSA key')
    expect(problem({ platformKeyFile: file('broken.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n') })).toContain(
      'no certificate that can be read',
    )
    expect(problem({ apiV3Key: 'short' })).toContain('apiV3Key: the API v3 key has 32 characters')
  })
})
