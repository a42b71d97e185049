import { offlinePayment, rememberMerchant } from '#core/charging/index.ts'
import { ProviderFailure, type Merchant, type PaymentProvider } from '#core/charging/providers.ts'
import type { CoreContext, Payments } from '#core/context.ts'
import type { Settings } from '#core/settings/index.ts'
import {
  checkApiV3Key,
  KeyProblem,
  readKeys,
  type MerchantKeys,
  type WechatPaySettings,
} from './wechatpay/keys.ts'
import { merchantOf, settingsOf } from './wechatpay/merchant.ts'
import { wechatPay } from './wechatpay/index.ts'

interface Parts {
  readonly ctx: Pick<CoreContext, 'ports' | 'store'>
  readonly settings: Pick<Settings, 'values' | 'secret' | 'onChange'>
}

interface Ready {
  readonly provider: PaymentProvider
  /** why it cannot be used, by now; null: it can */
  readonly problem: (now: number) => string | null
}

const FINE = () => null

/** Who takes money: made anew, with its key files read, at the start and whenever the settings say something else. */
export function createPayments(parts: Parts): Payments {
  const { ctx, settings } = parts
  let ready = prepare(parts)
  const problem = () => ready.problem(ctx.ports.clock.now())
  const reason = problem()
  if (reason !== null) ctx.ports.log.error('WeChat Pay is not ready', { reason })
  remember(parts, ready.provider)
  const stop = settings.onChange((paths) => {
    if (!paths.some((path) => path.startsWith('lan.payment'))) return
    ready = prepare(parts)
    remember(parts, ready.provider)
  })
  return {
    provider: () => ready.provider,
    providerOf: (merchant) => openEarlier(parts, merchant),
    problem,
    close: stop,
  }
}

/** With other key files since the last payment was begun it is reached by these. */
function remember({ ctx: { ports, store } }: Parts, { merchant }: PaymentProvider): void {
  if (!merchant) return
  store.site
    .write(() => rememberMerchant({ db: store.site }, merchant, ports.clock.now()))
    .catch((error: unknown) => {
      ports.log.warn('the merchant of WeChat Pay is not remembered', { error: String(error) })
    })
}

/** Asks and closes as a merchant of before, with the key files it had; nothing is begun with it any more. */
function openEarlier({ ctx }: Parts, merchant: Merchant): PaymentProvider {
  const { http, clock, random } = ctx.ports
  try {
    const known = settingsOf(merchant)
    return wechatPay({ http, clock, random, ...known, keys: readKeys(known), appId: () => null })
  } catch (error) {
    if (!(error instanceof KeyProblem)) throw error
    return closed(merchant, error.message)
  }
}

function prepare(parts: Parts): Ready {
  const { payment } = parts.settings.values().lan
  if (payment?.kind !== 'wechatpay') return { provider: offlinePayment, problem: FINE }
  try {
    return open(parts, payment)
  } catch (error) {
    if (!(error instanceof KeyProblem)) throw error
    return { provider: closed(merchantOf(payment), error.message), problem: () => error.message }
  }
}

function open({ ctx, settings }: Parts, payment: WechatPaySettings): Ready {
  checkApiV3Key(secretOf(settings))
  const { http, clock, random } = ctx.ports
  const keys = readKeys(payment)
  const provider = wechatPay({
    http,
    clock,
    random,
    ...payment,
    keys,
    appId: () => {
      const { wechat } = settings.values().lan
      return wechat?.kind === 'wechat' ? wechat.user?.appId || null : null
    },
  })
  return { provider, problem: (now) => ended(keys, now) }
}

/** Payments are still asked about with it, but what WeChat Pay says now is signed by another one. */
const ended = ({ platformValid }: MerchantKeys, now: number): string | null =>
  platformValid !== null && platformValid.until < now
    ? 'lan.payment.platformKeyFile: the certificate of WeChat Pay has ended'
    : null

/** Nobody can pay, and what waits goes on waiting: it may have been paid. */
function closed(merchant: Merchant, reason: string): PaymentProvider {
  const refuse = () => Promise.reject(new ProviderFailure('notConfigured', reason))
  return { kind: 'wechatpay', merchant, begin: refuse, query: refuse, close: refuse }
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
