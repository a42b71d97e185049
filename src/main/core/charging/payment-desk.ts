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
  readonly #provider: () => PaymentProvider
  readonly #askedAt = new Map<string, number>()
  /** one thing after the other with the payments of an order, or with a purchase */
  readonly #turns = new Map<string, Promise<unknown>>()
  #stop: (() => void) | null = null
  #round: Promise<void> | null = null

  constructor(
    ctx: CoreContext,
    parts: { books: Books; sessions: Sessions; provider: () => PaymentProvider },
  ) {
    this.#ctx = ctx
    this.#books = parts.books
    this.#sessions = parts.sessions
    this.#provider = parts.provider
  }

  /** UE-14. Coins are held before the provider is asked; they go back when it refuses (U-25). */
  payOrder(parts: PayParts, now: number): Promise<BegunPayment> {
    return this.#inTurn(parts.orderId, async () => {
      const { replaces } = checkPayment(this.#books, parts)
      if (replaces) await this.#answered(() => this.#close(replaces), UNSERVED.order)
      return this.#payOrder(parts, now)
    })
  }

  async #payOrder(parts: PayParts, now: number): Promise<BegunPayment> {
    const { db } = this.#books
    const begun = await db.write(() => beginPayment(this.#books, parts, now))
    this.#changed()
    if (begun.settled) return NOTHING_TO_ASK
    const { payment, reference, fresh } = begun
    const asked = {
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
      return work(!(await this.#endedThere(referenceOf(pending), ask, goOn)))
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
      return work(!(await this.#endedThere(payId, ask, goOn)))
    })
  }

  /** Whether the provider says that nobody will pay it any more: it is closed, or what became of it is in the books. */
  async #endedThere(reference: string, ask: () => Promise<boolean>, goOn: boolean): Promise<boolean> {
    try {
      if ((await this.#provider().close(reference)) || (await ask())) return true
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
    const { payId, priceFen } = await db.write(() => beginCharge(this.#books, wanted, now))
    this.#changed()
    const asked = {
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

  async #begin({ user, unserved, ...asked }: ToBegin, undo: () => Promise<void>): Promise<BegunPayment> {
    try {
      const openId = this.#sessions.openIdOf('user', user)
      return await this.#answered(() => this.#provider().begin({ ...asked, openId }), unserved)
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
      if (pending && this.#mayAsk(referenceOf(pending))) await this.#quietly(() => this.#ask(pending))
    })
  }

  /** The same for a purchase of coins (UE-17). */
  refreshCharge(payId: string): Promise<void> {
    return this.#inTurn(payId, async () => {
      const charge = chargeOf(this.#books, payId)
      if (charge.state === 0 && this.#mayAsk(payId)) await this.#quietly(() => this.#askCharge(charge))
    })
  }

  /** Phones that poll do not become a flood at the provider's. */
  #mayAsk(reference: string): boolean {
    return this.#provider().kind !== 'offline' && this.#now() - (this.#askedAt.get(reference) ?? 0) >= SECOND
  }

  /** A phone may be paying at the provider now; what waits for staff, or is overdue, is not. */
  underway(): boolean {
    if (this.#turns.size > 0) return true
    if (this.#provider().kind === 'offline') return false
    const from = this.#now() - this.#books.rules().pendingFor
    const young = ({ createTime }: { createTime: string }) => timeOf(this.#books, createTime) > from
    return waitingAttempts(this.#books).some(young) || this.#waitingCharges().some(young)
  }

  /** Its provider may still take money for one of these, however old: a file without it would never ask. */
  unended(): boolean {
    if (this.#turns.size > 0) return true
    return this.asksProvider() && (this.#books.db.statement<{ n: number }>(UNENDED).get()?.n ?? 0) > 0
  }

  /** false: staff take the money of phones too */
  asksProvider(): boolean {
    return this.#provider().kind !== 'offline'
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
      if (age >= this.#books.rules().pendingFor) await this.#quietly(() => this.#close(payment))
      else if (this.#due(referenceOf(payment), age)) await this.#quietly(() => this.#ask(payment))
    })
  }

  #lookAtCharge({ payId }: StoredCharge): Promise<void> {
    return this.#inTurn(payId, async () => {
      const charge = chargeOf(this.#books, payId)
      if (charge.state !== 0) return
      const age = this.#now() - timeOf(this.#books, charge.createTime)
      const { pendingFor } = this.#books.rules()
      const waits = this.#provider().kind === 'offline' ? OFFLINE_CHARGE_WAITS : pendingFor
      if (age >= waits) await this.#quietly(() => this.#giveUpCharge(charge))
      else if (this.#due(payId, age)) await this.#quietly(() => this.#askCharge(charge))
    })
  }

  /** What staff ended while the provider was silent: money that came there as well has to be given back. */
  async #endThere(payment: StoredPayment): Promise<void> {
    const reference = referenceOf(payment)
    if (!this.#due(reference, ageOf(this.#books, payment, this.#now()))) return
    await this.#quietly(async () => {
      const paid = await this.#paidThere(reference)
      if (paid === 'pending') return
      if (paid !== null) await this.settle(payment.id, paid)
      await this.#books.db.write(() => markOpenThere(this.#books, payment.id, false))
    })
  }

  async #endChargeThere(charge: StoredCharge): Promise<void> {
    const { payId } = charge
    if (!this.#due(payId, this.#now() - timeOf(this.#books, charge.createTime))) return
    await this.#quietly(async () => {
      const paid = await this.#paidThere(payId)
      if (paid === 'pending') return
      await this.#books.db.write(() => {
        if (paid !== null && !settleCharge(this.#books, payId, paid.transactionId, paid.paidAt))
          this.#raise({ orderId: payId, cash: priceOf(this.#books, charge) }, paid)
        markChargeOpenThere(this.#books, payId, false)
      })
      this.#changed()
    })
  }

  /** Closes it; null: nobody paid it, or ever will. */
  async #paidThere(reference: string): Promise<Paid | 'pending' | null> {
    this.#askedAt.set(reference, this.#now())
    if (await this.#provider().close(reference)) return null
    const { state, transactionId, paidAt } = await this.#provider().query(reference)
    if (state === 'pending') return 'pending'
    if (state === 'failed') return null
    return { transactionId: transactionId ?? reference, paidAt: paidAt ?? this.#now() }
  }

  #due(reference: string, age: number): boolean {
    if (this.#provider().kind === 'offline') return false
    const wait = Math.min(ASK_SELDOM, Math.max(ASK_EVERY, age / 4))
    return this.#now() - (this.#askedAt.get(reference) ?? 0) >= wait
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
    const { state, transactionId, paidAt } = await this.#provider().query(reference)
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

  async #askCharge({ payId }: StoredCharge): Promise<void> {
    this.#askedAt.set(payId, this.#ctx.ports.clock.now())
    const { state, transactionId, paidAt } = await this.#provider().query(payId)
    if (state === 'pending') return
    await this.#books.db.write(() => {
      if (state === 'failed') failCharge(this.#books, payId)
      else settleCharge(this.#books, payId, transactionId ?? payId, paidAt ?? this.#now())
    })
    this.#askedAt.delete(payId)
    this.#changed()
  }

  /** Nobody may pay it after its coins went back: first it is closed at the provider's. */
  async #close(payment: StoredPayment): Promise<void> {
    if (!(await this.#provider().close(referenceOf(payment)))) return this.#ask(payment)
    await this.#books.db.write(() => failAttempt(this.#books, payment))
    this.#askedAt.delete(referenceOf(payment))
    this.#changed()
  }

  async #giveUpCharge(charge: StoredCharge): Promise<void> {
    if (!(await this.#provider().close(charge.payId))) return this.#askCharge(charge)
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
  #raise({ orderId, cash }: { orderId: string; cash: number }, { transactionId, paidAt }: Paid): void {
    const id = this.#ctx.ports.random.uuid()
    const reason = `付款于 ${textOf(this.#books, paidAt)}，已结清或已取消`
    raiseRefund(this.#books, { id, orderId, transactionId, amountFen: cash, reason }, this.#now())
  }

  #now(): number {
    return this.#ctx.ports.clock.now()
  }

  #changed(): void {
    for (const area of ['orders', 'coins'] as const) this.#ctx.events.emit({ type: 'changed', area })
  }
}
