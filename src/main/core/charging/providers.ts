import type { Fen } from '#shared/money.ts'

/** What becomes of a payment at the provider's (U-26, U-27). */
export interface PaymentResult {
  readonly state: 'pending' | 'success' | 'failed'
  /** the provider's transaction id, on success (D-20) */
  readonly transactionId: string | null
  /** epoch ms, on success */
  readonly paidAt: number | null
}

export interface BegunPayment {
  readonly prepayId: string | null
  /** `package` of the answer; empty where staff take the money */
  readonly package: string
  /** additive fields for wx.requestPayment: timeStamp, nonceStr, signType, paySign */
  readonly extra: Readonly<Record<string, string>>
}

/** Thrown by a provider that cannot be asked or does not answer; nothing is known then. */
export class ProviderFailure extends Error {
  readonly kind: 'notConfigured' | 'unreachable' | 'refused'

  constructor(kind: 'notConfigured' | 'unreachable' | 'refused', message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ProviderFailure'
    this.kind = kind
  }
}

/** Whose account money comes to at a provider. */
export interface Merchant {
  readonly mchId: string
  /** how the provider is reached as this merchant, for its own adapter; holds no secret */
  readonly settings: string
}

/** Who takes money. `offline`: staff at the console. Times out by itself. */
export interface PaymentProvider {
  readonly kind: 'offline' | 'wechatpay'
  /** null: staff */
  readonly merchant: Merchant | null
  /** `reference` is ours and unique for one attempt; the same again gives the same payment. */
  begin(payment: {
    readonly reference: string
    readonly amountFen: Fen
    readonly description: string
    readonly openId: string | null
  }): Promise<BegunPayment>
  query(reference: string): Promise<PaymentResult>
  /** Nobody can pay it any more; false when it was paid meanwhile. */
  close(reference: string): Promise<boolean>
}

/** Who a mini-program user is (U-01, U-03). Times out by itself. */
export interface WxAuthProvider {
  readonly kind: 'none' | 'wechat' | 'simulator'
  /** ProviderFailure `refused`: WeChat does not know the code */
  login(side: 'user' | 'manager', jsCode: string): Promise<{ openId: string; sessionKey: string }>
  /** the app id that a decrypted watermark must carry; null: not checked */
  appId(side: 'user' | 'manager'): string | null
}
