import type { Checked } from '#shared/contract/index.ts'
import type { ProviderStep } from '#shared/contract/lan.ts'
import { ProviderFailure } from '#core/charging/providers.ts'
import { redactor } from '#core/redact.ts'
import { DAY } from '#shared/time.ts'
import { WechatPayClient, WechatPayFailure } from '../payment/wechatpay/client.ts'
import {
  checkApiV3Key,
  KeyProblem,
  readOwnKey,
  readPlatformKey,
  type MerchantKeys,
  type WechatPaySettings,
} from '../payment/wechatpay/keys.ts'
import type { ProviderTestParts } from './index.ts'
import { attention, bad, good, storedSecret } from './steps.ts'

type Input = Checked<'lan.testProvider'>
type Values = Partial<Record<Exclude<keyof WechatPaySettings, 'kind'>, string | undefined>>
type Own = MerchantKeys['own']
type Platform = Omit<MerchantKeys, 'own'>

/** A certificate that ends sooner is worth a warning now: a new one has to be fetched and put here. */
const SOON = 30 * DAY
/** Nobody ordered this: WeChat Pay, once it believes who asks, says that there is no such payment. */
const NO_PAYMENT = 'SITEDESKTEST'

/** The merchant's settings: what stands in the files first, then what WeChat Pay says to them. */
export async function testPayment(parts: ProviderTestParts, input: Input): Promise<ProviderStep[]> {
  const values = valuesOf(parts, input)
  const now = parts.ctx.ports.clock.now()
  const own = ownKey(values)
  const platform = platformKey(values, own.key, now)
  const steps = [merchantStep(values), payerStep(parts, input), own.step, platform.step, apiV3Step(values)]
  const { mchId = '', serialNo = '' } = values
  if (!input.ask || own.key === null || platform.keys === null || mchId === '' || serialNo === '')
    return steps
  const { http, clock, random } = parts.ctx.ports
  const keys = { own: own.key, ...platform.keys }
  const client = new WechatPayClient({ http, clock, random, mchId, serialNo, keys, baseUrl: values.baseUrl })
  return [...steps, await answerStep(client, mchId)]
}

function valuesOf({ settings }: ProviderTestParts, { payment: given = {} }: Input): Values {
  const { payment } = settings.values().lan
  const stored: Values = payment?.kind === 'wechatpay' ? payment : {}
  const apiV3Key = storedSecret(settings, 'lan.payment.apiV3Key') ?? undefined
  const all: Values = { ...stored, apiV3Key, ...given }
  if (all.apiV3Key !== undefined) redactor.learn(all.apiV3Key)
  return all
}

function merchantStep({ mchId = '', serialNo = '' }: Values): ProviderStep {
  if (mchId === '') return bad('merchant', 'mchIdMissing')
  if (serialNo === '') return bad('merchant', 'serialMissing')
  if (!/^\d+$/.test(mchId)) return bad('merchant', 'mchIdForm')
  return /^[0-9A-Fa-f]+$/.test(serialNo) ? good('merchant', 'merchantSet') : bad('merchant', 'serialForm')
}

/** Whose payments they are: WeChat Pay wants the mini-program in which people pay. */
function payerStep({ settings }: ProviderTestParts, { wechat: given }: Input): ProviderStep {
  const { wechat } = settings.values().lan
  const stored = wechat?.kind === 'wechat' ? wechat.user?.appId : undefined
  const appId = given?.user?.appId ?? stored ?? ''
  return appId === '' ? bad('payer', 'payerMissing') : good('payer', 'payerSet', { appId })
}

function ownKey({ privateKeyFile = '' }: Values): { key: Own | null; step: ProviderStep } {
  if (privateKeyFile === '') return { key: null, step: bad('privateKey', 'fileNotSet') }
  try {
    const key = readOwnKey(privateKeyFile)
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
    return { key, step: good('privateKey', 'privateKeyRead', { bits }) }
  } catch (error) {
    return { key: null, step: faultStep('privateKey', error) }
  }
}

function platformKey(
  { platformKeyFile = '' }: Values,
  own: Own | null,
  now: number,
): { keys: Platform | null; step: ProviderStep } {
  if (platformKeyFile === '') return { keys: null, step: bad('platformKey', 'fileNotSet') }
  try {
    const keys = readPlatformKey(platformKeyFile, own)
    return { keys, step: validityStep(keys, now) }
  } catch (error) {
    return { keys: null, step: faultStep('platformKey', error) }
  }
}

function validityStep({ platformValid, platformSerial }: Platform, now: number): ProviderStep {
  if (platformValid === null) return good('platformKey', 'publicKeyRead')
  const { from, until } = platformValid
  const data = { from, until, serial: platformSerial, days: Math.floor((until - now) / DAY) }
  if (until < now) return bad('platformKey', 'certificateEnded', data)
  if (from > now) return bad('platformKey', 'certificateNotYet', data)
  return until - now < SOON
    ? attention('platformKey', 'certificateEndsSoon', data)
    : good('platformKey', 'certificateRead', data)
}

function faultStep(step: ProviderStep['step'], error: unknown): ProviderStep {
  if (error instanceof KeyProblem) return bad(step, error.fault, { ...error.data })
  throw error
}

/** Results are asked for; the key is needed only where notifications are passed on. */
function apiV3Step({ apiV3Key }: Values): ProviderStep {
  if (apiV3Key === undefined || apiV3Key === '') return good('apiV3Key', 'apiV3Missing')
  try {
    checkApiV3Key(apiV3Key)
    return good('apiV3Key', 'apiV3Set')
  } catch (error) {
    return faultStep('apiV3Key', error)
  }
}

async function answerStep(client: WechatPayClient, mchId: string): Promise<ProviderStep> {
  const path = `/v3/pay/transactions/out-trade-no/${NO_PAYMENT}?mchid=${encodeURIComponent(mchId)}`
  try {
    const { status, code, message } = await client.send('GET', path)
    if (status === 404 || status === 200) return good('answer', 'answered')
    return bad('answer', 'payRefused', { status, code, message })
  } catch (error) {
    if (error instanceof WechatPayFailure) return bad('answer', error.code, { ...error.data })
    if (error instanceof ProviderFailure) return bad('answer', 'payRefused', { message: error.message })
    throw error
  }
}
