import { ProviderFailure, type PaymentProvider } from '#core/charging/providers.ts'
import { z } from '#shared/z.ts'
import { WechatPayClient, type Answer, type ClientParts } from './client.ts'
import { merchantOf, type KeyFiles } from './merchant.ts'
import { payerSign } from './sign.ts'
import { resultOf, STILL_PENDING } from './transaction.ts'

export interface WechatPayParts extends ClientParts, KeyFiles {
  /** the mini-program in which people pay */
  readonly appId: () => string | null
  /** where WeChat Pay is to send notifications; it insists on an address, and nobody needs to be there */
  readonly notifyUrl?: string | undefined
}

/** Results are asked for: a desk on a LAN has no address to be notified at. */
const NOBODY_LISTENS = 'https://127.0.0.1/wechatpay'
/** bytes of a description at most */
const MOST_DESCRIPTION = 127

const ordered = z.object({ prepay_id: z.string().min(1) })

/** WeChat Pay v3, JSAPI. */
export function wechatPay(parts: WechatPayParts): PaymentProvider {
  const { mchId, keys, clock, notifyUrl = NOBODY_LISTENS } = parts
  const client = new WechatPayClient(parts)
  const place = (reference: string) => `/v3/pay/transactions/out-trade-no/${encodeURIComponent(reference)}`
  return {
    kind: 'wechatpay',
    merchant: merchantOf(parts),
    async begin({ reference, amountFen, description, openId }) {
      const appId = parts.appId()
      if (appId === null) throw new ProviderFailure('notConfigured', 'lan.wechat.user.appId is not set')
      if (openId === null) throw new ProviderFailure('refused', 'WeChat does not know this user yet')
      const answer = await client.send('POST', '/v3/pay/transactions/jsapi', {
        appid: appId,
        mchid: mchId,
        description: cut(description),
        out_trade_no: reference,
        notify_url: notifyUrl,
        amount: { total: amountFen, currency: 'CNY' },
        payer: { openid: openId },
      })
      if (answer.status !== 200) throw refused(answer)
      const prepayId = checked(ordered, answer.json).prepay_id
      const signed = payerSign(keys.own, { appId, at: clock.now(), nonce: client.nonce(), prepayId })
      return { prepayId, ...signed }
    },
    async query(reference) {
      const answer = await client.send('GET', `${place(reference)}?mchid=${encodeURIComponent(mchId)}`)
      // what was never received there may still be on its way: its own time ends it
      if (answer.status === 404) return STILL_PENDING
      if (answer.status !== 200) throw refused(answer)
      const found = resultOf(answer.json, { mchId, reference })
      if (found === null) throw new ProviderFailure('unreachable', 'WeChat Pay answered about something else')
      const { state, transactionId, paidAt } = found
      return { state, transactionId, paidAt }
    },
    async close(reference) {
      const answer = await client.send('POST', `${place(reference)}/close`, { mchid: mchId })
      if (answer.status === 204 || GONE.includes(answer.code)) return true
      if (answer.code === 'ORDERPAID' || answer.code === 'ORDER_PAID') return false
      throw refused(answer)
    },
  }
}

/** Closed before, or never there: nobody can pay it. */
const GONE = ['ORDER_CLOSED', 'ORDERCLOSED', 'ORDER_NOT_EXIST', 'ORDERNOTEXIST']

const refused = ({ status, code, message }: Answer) =>
  new ProviderFailure('refused', `WeChat Pay: status ${status} ${code} ${message}`)

function checked<T>(schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  throw new ProviderFailure('unreachable', 'WeChat Pay answered what is no answer to this')
}

function cut(text: string): string {
  let kept = text
  while (Buffer.byteLength(kept) > MOST_DESCRIPTION) kept = Array.from(kept).slice(0, -1).join('')
  return kept
}
