import type { Books } from './books.ts'
import { offlinePayment } from './offline.ts'
import { ProviderFailure, type Merchant, type PaymentProvider } from './providers.ts'

/** Who a payment was begun with: it is asked about and closed there, and nowhere else. */
export interface Payee {
  readonly provider: PaymentProvider['kind']
  /** null: staff, or a row from before it was kept */
  readonly mchId: string | null
}

export const STAFF: Payee = { provider: 'offline', mchId: null }

export const payeeOf = ({ kind, merchant }: PaymentProvider): Payee => ({
  provider: kind,
  mchId: merchant?.mchId ?? null,
})

export const samePayee = (a: Payee, b: Payee): boolean =>
  a.provider === b.provider && (a.mchId === b.mchId || a.mchId === null || b.mchId === null)

/** How a merchant is reached outlives the settings that named it. Only inside `site.write`. */
export function rememberMerchant(
  { db }: Pick<Books, 'db'>,
  { mchId, settings }: Merchant,
  now: number,
): void {
  db.statement(
    `INSERT INTO payment_merchant (mchId, settings, usedAt) VALUES (?, ?, ?)
     ON CONFLICT (mchId) DO UPDATE SET settings = excluded.settings, usedAt = excluded.usedAt`,
  ).run(mchId, settings, now)
}

export interface ProviderParts {
  /** who takes money now; the settings may change it */
  readonly provider: () => PaymentProvider
  /** a merchant that the settings do not name any more; absent: none can be asked */
  readonly providerOf?: (merchant: Merchant) => PaymentProvider
}

/** Who is asked about a payment: whom it was begun with, whatever the settings say since. */
export class Payees {
  readonly #books: Books
  readonly #parts: ProviderParts

  constructor(books: Books, parts: ProviderParts) {
    this.#books = books
    this.#parts = parts
  }

  now(): PaymentProvider {
    return this.#parts.provider()
  }

  isNow(payee: Payee): boolean {
    return samePayee(payee, payeeOf(this.now()))
  }

  /** One that cannot be reached any more fails with ProviderFailure: nothing is known then. */
  of(payee: Payee): PaymentProvider {
    if (payee.provider === 'offline') return offlinePayment
    if (this.isNow(payee)) return this.now()
    const merchant = this.#remembered(payee.mchId)
    return (merchant && this.#parts.providerOf?.(merchant)) ?? unknownMerchant(payee.mchId)
  }

  #remembered(mchId: string | null): Merchant | undefined {
    return this.#books.db
      .statement<Merchant>(
        `SELECT mchId, settings FROM payment_merchant WHERE mchId = ? OR ? IS NULL ORDER BY usedAt DESC LIMIT 1`,
      )
      .get(mchId, mchId)
  }
}

export function unknownMerchant(mchId: string | null): PaymentProvider {
  const refuse = () =>
    Promise.reject(new ProviderFailure('notConfigured', `merchant ${mchId ?? ''} is not set up any more`))
  return { kind: 'wechatpay', merchant: null, begin: refuse, query: refuse, close: refuse }
}
