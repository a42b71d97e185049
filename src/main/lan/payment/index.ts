import { offlinePayment } from '#core/charging/index.ts'
import { ProviderFailure, type PaymentProvider } from '#core/charging/providers.ts'
import type { CoreContext, Payments } from '#core/context.ts'
import type { Settings } from '#core/settings/index.ts'
import { checkApiV3Key, KeyProblem, readKeys, type WechatPaySettings } from './wechatpay/keys.ts'
import { wechatPay } from './wechatpay/index.ts'

interface Parts {
  readonly ctx: Pick<CoreContext, 'ports'>
  readonly settings: Pick<Settings, 'values' | 'secret' | 'onChange'>
}

interface Ready {
  readonly provider: PaymentProvider
  readonly problem: string | null
}

/** Who takes money: made anew, with its key files read, at the start and whenever the settings say something else. */
export function createPayments(parts: Parts): Payments {
  const { ctx, settings } = parts
  let ready = prepare(parts)
  if (ready.problem !== null) ctx.ports.log.error('WeChat Pay is not ready', { reason: ready.problem })
  const stop = settings.onChange((paths) => {
    if (paths.some((path) => path.startsWith('lan.payment'))) ready = prepare(parts)
  })
  return { provider: () => ready.provider, problem: () => ready.problem, close: stop }
}

function prepare(parts: Parts): Ready {
  const { payment } = parts.settings.values().lan
  if (payment?.kind !== 'wechatpay') return { provider: offlinePayment, problem: null }
  try {
    return { provider: open(parts, payment), problem: null }
  } catch (error) {
    if (!(error instanceof KeyProblem)) throw error
    return { provider: closed(error.message), problem: error.message }
  }
}

function open({ ctx, settings }: Parts, payment: WechatPaySettings): PaymentProvider {
  const { mchId, serialNo, baseUrl, notifyUrl } = payment
  checkApiV3Key(secretOf(settings))
  const { http, clock, random } = ctx.ports
  return wechatPay({
    http,
    clock,
    random,
    mchId,
    serialNo,
    baseUrl,
    notifyUrl,
    keys: readKeys(payment),
    appId: () => {
      const { wechat } = settings.values().lan
      return wechat?.kind === 'wechat' ? wechat.user?.appId || null : null
    },
  })
}

/** Nobody can pay, and what waits goes on waiting: it may have been paid. */
function closed(reason: string): PaymentProvider {
  const refuse = () => Promise.reject(new ProviderFailure('notConfigured', reason))
  return { kind: 'wechatpay', begin: refuse, query: refuse, close: refuse }
}

/** A secret that cannot be opened here is as good as none. */
function secretOf(settings: Parts['settings']): string | null {
  try {
    return settings.secret('lan.payment.apiV3Key')
  } catch {
    return null
  }
}

/** What a config file asks for, judged before anything is started; null: it can be had. */
export function paymentProblem(payment: WechatPaySettings): string | null {
  try {
    checkApiV3Key(payment.apiV3Key)
    readKeys(payment)
    return null
  } catch (error) {
    if (error instanceof KeyProblem) return error.message
    throw error
  }
}
