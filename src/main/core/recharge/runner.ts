import { sql } from 'kysely'
import { SitedeskError } from '#shared/errors.ts'
import type { CoreContext } from '../context.ts'
import { UpstreamError, type RechargeAnswer, type Upstreams } from '../upstream/index.ts'
import { amountOf, spanOf } from './evidence.ts'
import type { Effect, Facts, MachineEvent, Step } from './machine.ts'
import type { RoomsPort } from './ports.ts'
import { IN_FLIGHT, memoryOf, OPEN_STATES, stateOf, type StoredIntent } from './rows.ts'
import type { RecoveryPolicy } from './schedule.ts'
import { intentStore, type IntentStore } from './store.ts'

/** An answer that could not be stored is kept and stored later; until then nothing follows from it. */
const STORE_AGAIN_MS = 5000
/** How long a sale waits for the list of records before it stands without it (C-27: "when available"). */
const AMOUNT_WAIT_MS = 8000
/** Somebody may still stand at the counter. */
const URGENT_FOR_MS = 120_000

export interface Runner {
  readonly store: IntentStore
  /** stores a step, then begins its effects; null: the event says nothing now */
  step(id: string, event: MachineEvent, operator?: string | null): Promise<Step | null>
  /** begins the effects of a step that somebody else stored */
  follow(id: string, step: Step): void
  /** sends a stored DRAFT */
  begin(id: string): void
  /** asks now; resolves when what was learnt is stored */
  askNow(id: string): Promise<void>
  /** resolves when an amount check that is going on is stored */
  amountKnown(id: string): Promise<void>
  /** resolves when the sale is neither on its way nor accepted only */
  settled(id: string): Promise<void>
  /** cuts what is on its way (F-28); each cut request counts as unanswered */
  interrupt(): Promise<void>
  /** asks about everything that has no end and no answer to wait for */
  askAll(): void
  /** stops; what is on its way gets its end stored */
  close(): Promise<void>
}

export interface RunnerParts {
  readonly upstreams: Upstreams
  readonly rooms: RoomsPort
  readonly policy: () => RecoveryPolicy
}

/** Refused for speed; its plan to ask may have been cut by a sleep. */
const WAITED_OUT = sql<boolean>`(state = 'SENT' AND json_extract(memory, '$.waiting'))`

/** Does outside what the machine decided, each time after the step is on the disk. */
export class IntentRunner implements Runner {
  readonly store: IntentStore
  readonly #ctx: CoreContext
  readonly #parts: RunnerParts
  /** cuts every request on its way */
  #cut = new AbortController()
  readonly #closing = new AbortController()
  /** waiting questions by intent: the newest plan counts */
  readonly #plans = new Map<string, AbortController>()
  /** questions on their way */
  readonly #asking = new Map<string, Promise<void>>()
  readonly #checking = new Map<string, Promise<void>>()
  readonly #work = new Set<Promise<unknown>>()
  readonly #waiters = new Map<string, (() => void)[]>()
  /** monotonic ms of the last no of an intent, as this program measured it */
  readonly #zeroAt = new Map<string, number>()

  constructor(ctx: CoreContext, parts: RunnerParts) {
    this.#ctx = ctx
    this.#parts = parts
    this.store = intentStore(ctx, parts.policy)
  }

  async step(id: string, event: MachineEvent, operator: string | null = null): Promise<Step | null> {
    const step = await this.#ctx.store.site.write(() => this.store.step(id, event, operator))
    if (step) this.follow(id, step)
    return step
  }

  follow(id: string, step: Step): void {
    this.#plans.get(id)?.abort()
    this.#plans.delete(id)
    for (const effect of step.effects) this.#begin(id, effect)
    this.#ctx.events.emit({ type: 'changed', area: 'recharge', ids: [id] })
    if (!IN_FLIGHT.has(step.state)) this.#release(id)
    if (!isOpen(step.state)) this.#zeroAt.delete(id)
  }

  begin(id: string): void {
    this.#track(this.#leave(id))
  }

  askNow(id: string): Promise<void> {
    const asked = this.#asking.get(id) ?? this.#ask(id).finally(() => this.#asking.delete(id))
    this.#asking.set(id, asked)
    this.#track(asked)
    return asked
  }

  amountKnown(id: string): Promise<void> {
    return this.#checking.get(id) ?? Promise.resolve()
  }

  settled(id: string): Promise<void> {
    const row = this.store.find(id)
    if (!row || !IN_FLIGHT.has(row.state) || this.#closing.signal.aborted) return Promise.resolve()
    return new Promise((resolve) => this.#waiters.set(id, [...(this.#waiters.get(id) ?? []), resolve]))
  }

  async interrupt(): Promise<void> {
    const cut = this.#cut
    this.#cut = new AbortController()
    cut.abort(cancelled())
    for (const plan of this.#plans.values()) plan.abort()
    this.#plans.clear()
    await Promise.all(this.#work)
  }

  askAll(): void {
    const { site } = this.#ctx.store
    const rows = site.all(
      site.query
        .selectFrom('recharge_intent')
        .select('id')
        .where((e) => e.or([e('state', 'in', ['UNKNOWN', 'ACCEPTED']), WAITED_OUT]))
        .orderBy('created_at'),
    )
    for (const { id } of rows) this.#track(this.askNow(id))
  }

  async close(): Promise<void> {
    this.#closing.abort(cancelled())
    await this.interrupt()
    while (this.#work.size > 0) await Promise.all(this.#work)
    for (const id of this.#waiters.keys()) this.#release(id)
  }

  #begin(id: string, effect: Effect): void {
    switch (effect.do) {
      case 'send':
        return this.#track(this.#send(id))
      case 'ask':
        return this.#plan(id, effect.at)
      case 'checkAmount':
        return this.#check(id)
      default:
        return this.#track(this.#refreshBalance(id))
    }
  }

  /** DRAFT → SENT is on the disk before a byte leaves; where it cannot be stored nothing leaves (F-36). */
  async #leave(id: string): Promise<void> {
    try {
      await this.step(id, { type: 'send' })
    } catch (error) {
      this.#log('a recharge was not sent: that it was about to leave could not be stored', id, error)
      await this.#surely(id, { type: 'notStored' })
    }
  }

  async #send(id: string): Promise<void> {
    const row = this.store.find(id)
    if (!row || this.#closing.signal.aborted) return
    const answer = await this.#answerOf(row)
    await this.#surely(id, { type: 'answered', answer: answer.kind, facts: factsOf(answer) })
  }

  async #answerOf(row: StoredIntent): Promise<RechargeAnswer> {
    const campus = this.#parts.upstreams.campus()
    if (!campus) return { kind: 'notSent', error: notConfigured() }
    const request = { roomId: row.room_id, outTradeNo: row.out_trade_no, amountFen: row.amount_fen }
    try {
      return await campus.recharge(request, { urgent: true, signal: this.#cut.signal })
    } catch (error) {
      // a client that fails has proved nothing
      return { kind: 'unknown', error: error instanceof Error ? error : new Error(String(error)) }
    }
  }

  /** Stores what is known, however long the disk refuses; the program's end leaves it to the next start. */
  async #surely(id: string, event: MachineEvent): Promise<void> {
    for (;;) {
      try {
        await this.step(id, event)
        return
      } catch (error) {
        this.#log('what became of a recharge could not be stored yet', id, error)
        const again = this.#ctx.ports.clock.sleep(STORE_AGAIN_MS, this.#closing.signal)
        const goOn = await again.then(
          () => true,
          () => false,
        )
        if (!goOn) return
      }
    }
  }

  #plan(id: string, at: number): void {
    if (this.#closing.signal.aborted) return
    const plan = new AbortController()
    this.#plans.set(id, plan)
    const { clock } = this.#ctx.ports
    const waitMs = Math.max(0, at - clock.now())
    if (waitMs === 0) return this.#track(this.askNow(id))
    clock.sleep(waitMs, plan.signal).then(
      () => this.#track(this.askNow(id)),
      () => undefined,
    )
  }

  async #ask(id: string): Promise<void> {
    const row = this.store.find(id)
    if (!row || row.state === 'DRAFT' || this.#closing.signal.aborted) return
    const event = await this.#question(row)
    if (event) await this.#surely(id, event)
  }

  async #question(row: StoredIntent): Promise<MachineEvent | null> {
    const { signal } = this.#cut
    const { clock } = this.#ctx.ports
    const { sends } = memoryOf(row)
    const campus = this.#parts.upstreams.campus()
    if (!campus) return { type: 'askFailed', facts: { code: 'NOT_CONFIGURED' } }
    try {
      const urgent = clock.now() - row.created_at < URGENT_FOR_MS
      const found = await campus.hasRefundOrder(row.out_trade_no, { urgent, signal })
      const before = this.#zeroAt.get(row.id)
      if (!found) this.#zeroAt.set(row.id, clock.monotonic())
      return {
        type: 'exists',
        found,
        sends,
        sinceZeroMs: before === undefined ? null : clock.monotonic() - before,
      }
    } catch (error) {
      // the next start, or what follows the sleep, asks again
      if (signal.aborted)
        return stateOf(row) === 'UNKNOWN' ? null : { type: 'askFailed', facts: factsOfError(error) }
      return { type: 'askFailed', facts: factsOfError(error) }
    }
  }

  #check(id: string): void {
    if (this.#checking.has(id)) return
    const checked = this.#checkAmount(id).finally(() => this.#checking.delete(id))
    this.#checking.set(id, checked)
    this.#track(checked)
  }

  async #checkAmount(id: string): Promise<void> {
    const row = this.store.find(id)
    if (!row || this.#closing.signal.aborted) return
    await this.#surely(id, await this.#amount(row))
  }

  async #amount(row: StoredIntent): Promise<MachineEvent> {
    const { clock } = this.#ctx.ports
    const campus = this.#parts.upstreams.campus()
    if (!campus) return { type: 'amount', result: 'unavailable' }
    const enough = new AbortController()
    const over = new AbortController()
    clock.sleep(AMOUNT_WAIT_MS, over.signal).then(
      () => enough.abort(cancelled()),
      () => undefined,
    )
    try {
      const signal = AbortSignal.any([enough.signal, this.#cut.signal])
      return await amountOf(campus, row, spanOf(row, clock.now(), this.skewMs()), { urgent: true, signal })
    } catch (error) {
      return { type: 'amount', result: 'unavailable', facts: factsOfError(error) }
    } finally {
      over.abort()
    }
  }

  /** cut by sleep and by the end of the program */
  get signal(): AbortSignal {
    return this.#cut.signal
  }

  /** the platform's clock minus ours, as far as known */
  skewMs(): number {
    return this.#parts.upstreams.status('campus').clockSkewMs ?? 0
  }

  /** A stale balance takes nothing back from a sale (F-32). */
  async #refreshBalance(id: string): Promise<void> {
    const row = this.store.find(id)
    if (!row) return
    const { site } = this.#ctx.store
    try {
      const before = this.#ctx.ports.clock.now()
      await this.#parts.rooms.refresh(row.room_id, { urgent: true, signal: this.#cut.signal })
      const balance = this.#parts.rooms.balanceOf(row.room_id)
      if (!balance || balance.at < before) return
      await site.write(() => {
        const set = 'UPDATE recharge_intent SET balance_after_fen = ? WHERE id = ?'
        site.statement(set).run(balance.balanceFen, id)
      })
      this.#ctx.events.emit({ type: 'changed', area: 'recharge', ids: [id] })
    } catch (error) {
      this.#log('the balance after a recharge is not known yet', id, error)
    }
  }

  #track(work: Promise<unknown>): void {
    const safe = work
      .catch((error: unknown) => this.#log('a recharge step failed', '', error))
      .finally(() => this.#work.delete(safe))
    this.#work.add(safe)
  }

  #release(id: string): void {
    for (const resolve of this.#waiters.get(id) ?? []) resolve()
    this.#waiters.delete(id)
  }

  #log(message: string, intent: string, error: unknown): void {
    this.#ctx.ports.log.error(message, { intent, error: String(error) })
  }
}

const isOpen = (state: string) => OPEN_STATES.some((open) => open === state)
const cancelled = () => new SitedeskError('CANCELLED', 'The program stopped waiting.')
export const notConfigured = () =>
  new SitedeskError('NOT_CONFIGURED', 'The campus platform is not set up.', { source: 'campus' })

const factsOf = (answer: RechargeAnswer): Facts => ('error' in answer ? factsOfError(answer.error) : {})

/** The vendor's code and the sentence, already redacted. */
export function factsOfError(error: unknown): Facts {
  if (error instanceof UpstreamError)
    return {
      fault: error.fault,
      message: error.message,
      ...(error.vendorCode === null ? {} : { vendorCode: error.vendorCode }),
    }
  if (error instanceof SitedeskError) return { code: error.code, message: error.message }
  return { message: String(error) }
}
