import { DAY, MINUTE, SECOND } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import { textOf, timeOf, type Books } from './books.ts'
import {
  beginCharge,
  chargeOf,
  chargesOpenThere,
  failCharge,
  markChargeOpenThere,
  priceOf,
  settleCharge,
  type StoredCharge,
} from './coins.ts'
import {
  ageOf,
  attemptOf,
  beginPayment,
  checkPayment,
  failAttempt,
  markOpenThere,
  openThere,
  pendingOf,
  raiseRefund,
  referenceOf,
  settleAttempt,
  waitingAttempts,
  type Paid,
  type PayParts,
  type StoredPayment,
} from './payments.ts'
import { Payees, payeeOf, rememberMerchant, type Payee, type ProviderParts } from './payees.ts'
import { ProviderFailure, type BegunPayment, type PaymentProvider } from './providers.ts'
import { CODE, Refusal, type Code } from './refusal.ts'
import type { Sessions } from './sessions.ts'
import { UNENDED } from './unended.ts'

const NOTHING_TO_ASK: BegunPayment = { prepayId: null, package: '', extra: {} }
/** The provider is asked again after this, then ever more seldom, a minute apart at most. */
const ASK_EVERY = 5 * SECOND
const ASK_SELDOM = MINUTE
/** Coins that staff are to be paid for wait a day: nothing is held for them. */
const OFFLINE_CHARGE_WAITS = DAY

interface ToBegin {
  readonly provider: PaymentProvider
  readonly reference: string
  readonly amountFen: number
  readonly description: string
  readonly user: string
  /** what it is answered with where the provider does not serve */
  readonly unserved: Code
}

class NotAnswered extends Refusal {
  readonly kind: ProviderFailure['kind']

  constructor(kind: ProviderFailure['kind'], code: Code) {
    super(code, kind === 'unreachable' ? '支付服务暂时无法连接' : '支付服务未受理')
    this.kind = kind
  }
}

/**
 * What a provider that does not serve is answered with: 999 is documented for purchases of coins only (UE-16); an
 * order cannot be paid by it now, which like an unpaid order (U-21) has no code but 5 (H-17).
 */
const UNSERVED = { order: CODE.notAllowed, coins: CODE.unknown } as const

/** What staff do with an order or a purchase; `open`: it may still be paid at its provider. */
type StaffWork<R> = (open: boolean) => Promise<R>

/**
 * Payments as they go on outside the books: what a provider is asked, and what becomes of its answer. A desk on a LAN
 * has no address to be notified at, so results are asked for.
 */
export class PaymentDesk {
  readonly #ctx: CoreContext
  readonly #books: Books
  readonly #sessions: Sessions
  readonly #payees: Payees
  readonly #askedAt = new Map<string, number>()
  /** one thing after the other with the payments of an order, or with a purchase */
  readonly #turns = new Map<string, Promise<unknown>>()
  #stop: (() => void) | null = null
  #round: Promise<void> | null = null

  constructor(ctx: CoreContext, parts: ProviderParts & { books: Books; sessions: Sessions }) {
    this.#ctx = ctx
    this.#books = parts.books
    this.#sessions = parts.sessions
    this.#payees = new Payees(parts.books, parts)
  }

  /** UE-14. Coins are held before the provider is asked; they go back when it refuses (U-25). */
  payOrder(parts: PayParts, now: number): Promise<BegunPayment> {
    return this.#inTurn(parts.orderId, async () => {
      // one and the same from here on, whatever becomes of the settings meanwhile
      const provider = this.#payees.now()
      const { replaces } = checkPayment(this.#books, parts, payeeOf(provider))
      if (replaces) await this.#answered(() => this.#end(replaces), UNSERVED.order)
      return this.#payOrder(provider, parts, now)
    })
  }

  async #payOrder(provider: PaymentProvider, parts: PayParts, now: number): Promise<BegunPayment> {
    const { db } = this.#books
    const begun = await db.write(() => {
      this.#remember(provider, now)
      return beginPayment(this.#books, parts, now, payeeOf(provider))
    })
    this.#changed()
    if (begun.settled) return NOTHING_TO_ASK
    const { payment, reference, fresh } = begun
    const asked = {
      provider,
      reference,
      amountFen: payment.cash,
      description: `充电 ${payment.orderId}`,
      user: parts.user,
      unserved: UNSERVED.order,
    }
    const answer = await this.#begin(asked, async () => {
      if (fresh) await db.write(() => failAttempt(this.#books, payment))
    })
    const keep = db.statement('UPDATE order_pay_info SET prepayId = ? WHERE id = ?')
    if (answer.prepayId !== null) await db.write(() => keep.run(answer.prepayId, payment.id))
    return answer
  }

  /**
   * Staff take the money of an order or give it up. First nobody can pay any more what was begun for it; its coins
   * stay held. Where it was paid meanwhile, that payment settles the order before `work` looks at it. Throws
   * ProviderFailure where nobody can know, with nothing changed; with `goOn` staff do it all the same.
   */
  byStaff<R>(orderId: string, goOn: boolean, work: StaffWork<R>): Promise<R> {
    return this.#inTurn(orderId, async () => {
      const pending = pendingOf(this.#books, orderId)
      if (!pending) return work(false)
      const ask = async () => {
        await this.#ask(pending)
        return pendingOf(this.#books, orderId) === undefined
      }
      return work(!(await this.#endedThere(pending, referenceOf(pending), { ask, goOn })))
    })
  }

  /** The same for a purchase of coins that staff are paid for. */
  chargeByStaff<R>(payId: string, goOn: boolean, work: StaffWork<R>): Promise<R> {
    return this.#inTurn(payId, async () => {
      const charge = chargeOf(this.#books, payId)
      if (charge.state !== 0) return work(false)
      const ask = async () => {
        await this.#askCharge(charge)
        return chargeOf(this.#books, payId).state !== 0
      }
      return work(!(await this.#endedThere(charge, payId, { ask, goOn })))
    })
  }

  /** Whether the provider says that nobody will pay it any more: it is closed, or what became of it is in the books. */
  async #endedThere(
    payee: Payee,
    reference: string,
    { ask, goOn }: { ask: () => Promise<boolean>; goOn: boolean },
  ): Promise<boolean> {
    try {
      if ((await this.#payees.of(payee).close(reference)) || (await ask())) return true
      throw new ProviderFailure('unreachable', 'paid and not paid, says the provider')
    } catch (error) {
      if (!(error instanceof ProviderFailure) || !goOn) throw error
      this.#ctx.ports.log.warn('staff end a payment that its provider may still take', {
        reference,
        reason: error.message,
      })
      return false
    }
  }

  async #inTurn<R>(orderId: string, work: () => Promise<R>): Promise<R> {
    const before = this.#turns.get(orderId)
    const mine = (async () => {
      await before?.catch(() => undefined)
      return work()
    })()
    this.#turns.set(orderId, mine)
    try {
      return await mine
    } finally {
      if (this.#turns.get(orderId) === mine) this.#turns.delete(orderId)
    }
  }

  /** UE-16: a purchase of coins. */
  async buyCoins(
    wanted: { user: string; coins: number },
    now: number,
  ): Promise<BegunPayment & { payId: string }> {
    const { db } = this.#books
    const provider = this.#payees.now()
    const { payId, priceFen } = await db.write(() => {
      this.#remember(provider, now)
      return beginCharge(this.#books, wanted, now, payeeOf(provider))
    })
    this.#changed()
    const asked = {
      provider,
      reference: payId,
      amountFen: priceFen,
      description: `电币 ${wanted.coins}`,
      user: wanted.user,
      unserved: UNSERVED.coins,
    }
    const fail = async () => {
      await db.write(() => failCharge(this.#books, payId))
    }
    const answer = await this.#inTurn(payId, () => this.#begin(asked, fail))
    const keep = db.statement('UPDATE pmoney_charge_pay SET prepayId = ? WHERE payId = ?')
    if (answer.prepayId !== null) await db.write(() => keep.run(answer.prepayId, payId))
    return { ...answer, payId }
  }

  /** No payment without how its merchant is reached. Only inside `site.write`. */
  #remember({ merchant }: PaymentProvider, now: number): void {
    if (merchant) rememberMerchant(this.#books, merchant, now)
  }

  async #begin(
    { provider, user, unserved, ...asked }: ToBegin,
    undo: () => Promise<void>,
  ): Promise<BegunPayment> {
    try {
      const openId = this.#sessions.openIdOf('user', user)
      return await this.#answered(() => provider.begin({ ...asked, openId }), unserved)
    } catch (error) {
      // nothing is known where it did not answer: the attempt stays, is asked about, and ends with its time
      if (error instanceof NotAnswered && error.kind !== 'unreachable') await undo()
      throw error
    }
  }

  /** What a provider does not do is said in the words of the service. */
  async #answered<R>(ask: () => Promise<R>, unserved: Code): Promise<R> {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error
      this.#ctx.ports.log.warn('the payment provider refused', { kind: error.kind, reason: error.message })
      throw new NotAnswered(error.kind, unserved)
    }
  }

  /** Asks the provider about a pending attempt of this order now, where that tells more than the books (UE-15). */
  refreshOrder(orderId: string): Promise<void> {
    return this.#inTurn(orderId, async () => {
      const pending = pendingOf(this.#books, orderId)
      if (pending && this.#mayAsk(pending, referenceOf(pending)))
        await this.#quietly(() => this.#ask(pending))
    })
  }

  /** The same for a purchase of coins (UE-17). */
  refreshCharge(payId: string): Promise<void> {
    return this.#inTurn(payId, async () => {
      const charge = chargeOf(this.#books, payId)
      if (charge.state === 0 && this.#mayAsk(charge, payId))
        await this.#quietly(() => this.#askCharge(charge))
    })
  }

  /** Phones that poll do not become a flood at the provider's. */
  #mayAsk({ provider }: Payee, reference: string): boolean {
    return provider !== 'offline' && this.#now() - (this.#askedAt.get(reference) ?? 0) >= SECOND
  }

  /** A phone may be paying at the provider now; what waits for staff, or is overdue, is not. */
  underway(): boolean {
    if (this.#turns.size > 0) return true
    const from = this.#now() - this.#books.rules().pendingFor
    const young = ({ provider, createTime }: Payee & { createTime: string }) =>
      provider !== 'offline' && timeOf(this.#books, createTime) > from
    return waitingAttempts(this.#books).some(young) || this.#waitingCharges().some(young)
  }

  /** Its provider may still take money for one of these, however old: a file without it would never ask. */
  unended(): boolean {
    if (this.#turns.size > 0) return true
    return (this.#books.db.statement<{ n: number }>(UNENDED).get()?.n ?? 0) > 0
  }

  /** Asks about what is pending, and ends what is overdue, from time to time. */
  start(): void {
    this.#stop ??= this.#ctx.ports.clock.every(ASK_EVERY, () => {
      this.#round ??= this.round().finally(() => {
        this.#round = null
      })
    })
  }

  async close(): Promise<void> {
    this.#stop?.()
    this.#stop = null
    await this.#round
  }

  /** One look at everything that waits; one that fails holds no other up. */
  async round(): Promise<void> {
    for (const payment of waitingAttempts(this.#books)) await this.#lookAt(payment)
    for (const charge of this.#waitingCharges()) await this.#lookAtCharge(charge)
    for (const payment of openThere(this.#books)) await this.#endThere(payment)
    for (const charge of chargesOpenThere(this.#books)) await this.#endChargeThere(charge)
  }

  #lookAt({ id, orderId }: StoredPayment): Promise<void> {
    return this.#inTurn(orderId, async () => {
      const payment = attemptOf(this.#books, id)
      if (payment?.state !== 0) return
      const age = ageOf(this.#books, payment, this.#now())
      const over = age >= this.#books.rules().pendingFor
      if (over && this.#mayEnd(payment, referenceOf(payment), age))
        await this.#quietly(() => this.#close(payment))
      else if (!over && this.#due(payment, referenceOf(payment), age))
        await this.#quietly(() => this.#ask(payment))
    })
  }

  #lookAtCharge({ payId }: StoredCharge): Promise<void> {
    return this.#inTurn(payId, async () => {
      const charge = chargeOf(this.#books, payId)
      if (charge.state !== 0) return
      const age = this.#now() - timeOf(this.#books, charge.createTime)
      const { pendingFor } = this.#books.rules()
      const over = age >= (charge.provider === 'offline' ? OFFLINE_CHARGE_WAITS : pendingFor)
      if (over && this.#mayEnd(charge, payId, age)) await this.#quietly(() => this.#giveUpCharge(charge))
      else if (!over && this.#due(charge, payId, age)) await this.#quietly(() => this.#askCharge(charge))
    })
  }

  /** What staff ended while the provider was silent: money that came there as well has to be given back. */
  async #endThere(payment: StoredPayment): Promise<void> {
    const reference = referenceOf(payment)
    if (!this.#due(payment, reference, ageOf(this.#books, payment, this.#now()))) return
    await this.#quietly(async () => {
      const paid = await this.#paidThere(payment, reference)
      if (paid === 'pending') return
      if (paid !== null) await this.settle(payment.id, paid)
      await this.#books.db.write(() => markOpenThere(this.#books, payment.id, false))
    })
  }

  async #endChargeThere(charge: StoredCharge): Promise<void> {
    const { payId } = charge
    if (!this.#due(charge, payId, this.#now() - timeOf(this.#books, charge.createTime))) return
    await this.#quietly(async () => {
      const paid = await this.#paidThere(charge, payId)
      if (paid === 'pending') return
      await this.#books.db.write(() => {
        if (paid !== null && !settleCharge(this.#books, payId, paid.transactionId, paid.paidAt))
          this.#raise({ ...charge, orderId: payId, cash: priceOf(this.#books, charge) }, paid)
        markChargeOpenThere(this.#books, payId, false)
      })
      this.#changed()
    })
  }

  /** Closes it; null: nobody paid it, or ever will. */
  async #paidThere(payee: Payee, reference: string): Promise<Paid | 'pending' | null> {
    this.#askedAt.set(reference, this.#now())
    const provider = this.#payees.of(payee)
    if (await provider.close(reference)) return null
    const { state, transactionId, paidAt } = await provider.query(reference)
    if (state === 'pending') return 'pending'
    if (state === 'failed') return null
    return { transactionId: transactionId ?? reference, paidAt: paidAt ?? this.#now() }
  }

  #due({ provider }: Payee, reference: string, age: number): boolean {
    if (provider === 'offline') return false
    const wait = Math.min(ASK_SELDOM, Math.max(ASK_EVERY, age / 4))
    return this.#now() - (this.#askedAt.get(reference) ?? 0) >= wait
  }

  /** A merchant of before may never be reached again: it is not tried at every look. */
  #mayEnd(payee: Payee, reference: string, age: number): boolean {
    return payee.provider === 'offline' || this.#payees.isNow(payee) || this.#due(payee, reference, age)
  }

  async #quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#ctx.ports.log.warn('a payment could not be asked about', { error: String(error) })
    }
  }

  #waitingCharges(): StoredCharge[] {
    const sql = 'SELECT * FROM pmoney_charge_pay WHERE state = 0 ORDER BY id LIMIT 200'
    return this.#books.db.statement<StoredCharge>(sql).all()
  }

  async #ask(payment: StoredPayment): Promise<void> {
    const reference = referenceOf(payment)
    this.#askedAt.set(reference, this.#ctx.ports.clock.now())
    const { state, transactionId, paidAt } = await this.#payees.of(payment).query(reference)
    if (state === 'pending') return
    if (state === 'failed') await this.#books.db.write(() => failAttempt(this.#books, payment))
    else
      await this.settle(payment.id, {
        transactionId: transactionId ?? reference,
        paidAt: paidAt ?? this.#now(),
      })
    this.#askedAt.delete(reference)
    this.#changed()
  }

  async #askCharge(charge: StoredCharge): Promise<void> {
    const { payId } = charge
    this.#askedAt.set(payId, this.#ctx.ports.clock.now())
    const { state, transactionId, paidAt } = await this.#payees.of(charge).query(payId)
    if (state === 'pending') return
    await this.#books.db.write(() => {
      if (state === 'failed') failCharge(this.#books, payId)
      else settleCharge(this.#books, payId, transactionId ?? payId, paidAt ?? this.#now())
    })
    this.#askedAt.delete(payId)
    this.#changed()
  }

  /** Before another attempt takes its place: it is over here too, or nobody knows. */
  async #end(payment: StoredPayment): Promise<void> {
    await this.#close(payment)
    if (attemptOf(this.#books, payment.id)?.state === 0)
      throw new ProviderFailure('unreachable', 'paid and not paid, says the provider')
  }

  /** Nobody may pay it after its coins went back: first it is closed at the provider's. */
  async #close(payment: StoredPayment): Promise<void> {
    this.#askedAt.set(referenceOf(payment), this.#now())
    if (!(await this.#payees.of(payment).close(referenceOf(payment)))) return this.#ask(payment)
    await this.#books.db.write(() => failAttempt(this.#books, payment))
    this.#askedAt.delete(referenceOf(payment))
    this.#changed()
  }

  async #giveUpCharge(charge: StoredCharge): Promise<void> {
    this.#askedAt.set(charge.payId, this.#now())
    if (!(await this.#payees.of(charge).close(charge.payId))) return this.#askCharge(charge)
    await this.#books.db.write(() => failCharge(this.#books, charge.payId))
    this.#askedAt.delete(charge.payId)
    this.#changed()
  }

  /** Money came for this attempt: settles it, or raises a refund task. */
  async settle(id: number, paid: Paid): Promise<void> {
    await this.#books.db.write(() => {
      const payment = attemptOf(this.#books, id)
      if (payment && settleAttempt(this.#books, payment, paid) === 'refund') this.#raise(payment, paid)
    })
    this.#changed()
  }

  /** Only inside `site.write`. */
  #raise(owed: Payee & { orderId: string; cash: number }, { transactionId, paidAt }: Paid): void {
    const { orderId, cash, mchId } = owed
    const id = this.#ctx.ports.random.uuid()
    // it goes back from the account it came to
    const merchant = mchId === null || this.#payees.isNow(owed) ? '' : `，商户 ${mchId}`
    const reason = `付款于 ${textOf(this.#books, paidAt)}，已结清或已取消${merchant}`
    raiseRefund(this.#books, { id, orderId, transactionId, amountFen: cash, reason }, this.#now())
  }

  #now(): number {
    return this.#ctx.ports.clock.now()
  }

  #changed(): void {
    for (const area of ['orders', 'coins'] as const) this.#ctx.events.emit({ type: 'changed', area })
  }
}
