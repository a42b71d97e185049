import { ALARM_CHANNELS, atLeast } from '#shared/alarms.ts'
import { HOUR, MINUTE, SECOND } from '#shared/time.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import type { Settings } from '../settings/index.ts'
import { readyChannel, send, type Sent } from './channels.ts'
import { Deliveries, emptyDelivery, shownDelivery } from './delivery-rows.ts'
import { bodyOf, textOf, type Message } from './message.ts'
import type { StoredAlarm, StoredDelivery } from './types.ts'

type OutboxHandlers = Pick<
  AreaHandlers<'alarms'>,
  'alarms.channels' | 'alarms.testChannel' | 'alarms.deliveries'
>

/** After each try that may go better; then it is given up. */
const PAUSES_MS: readonly number[] = [30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 2 * HOUR]

/** What leaves the desk: grouped, tried again with growing pauses and an end, every try kept. */
export class Outbox {
  readonly #ctx: CoreContext
  readonly #settings: Settings
  readonly #rows: Deliveries
  readonly #closing = new AbortController()
  #timer: AbortController | null = null
  #working: Promise<unknown> = Promise.resolve()

  constructor(ctx: CoreContext, settings: Settings) {
    this.#ctx = ctx
    this.#settings = settings
    this.#rows = new Deliveries(ctx.store.site)
  }

  /** what waited from before is sent on */
  start(): void {
    this.#run(() => this.#sendDue())
  }

  /** queues alarms for the channels that want them */
  add(alarms: readonly StoredAlarm[]): void {
    this.#run(() => this.#queue(alarms))
  }

  handlers(): OutboxHandlers {
    const { clock, random } = this.#ctx.ports
    return {
      'alarms.channels': () => ({
        rows: ALARM_CHANNELS.map((channel) => {
          const { enabled, url, from } = this.#settings.values().alarms[channel]
          const ready = readyChannel(this.#settings, channel)
          const problem = typeof ready === 'string' ? ready : null
          return { channel, enabled, url: url ?? null, from, problem, ...this.#rows.standing(channel) }
        }),
      }),
      'alarms.testChannel': async (call, { channel }) => {
        const made = emptyDelivery(random.uuid(), channel, 'test', clock.now())
        await call.commit(() => {
          call.note({ target: channel })
          this.#rows.insert(made)
        })
        return shownDelivery(await this.#attempt(made))
      },
      'alarms.deliveries': (_call, input) => this.#rows.list(input),
    }
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#timer?.abort()
    await this.#working
  }

  async #queue(alarms: readonly StoredAlarm[]): Promise<void> {
    const { clock, random } = this.#ctx.ports
    const wanted = ALARM_CHANNELS.flatMap((channel) => {
      const { enabled, from } = this.#settings.values().alarms[channel]
      const ids = alarms.filter(({ severity }) => atLeast(severity, from)).map(({ id }) => id)
      return enabled && ids.length > 0 ? [{ channel, ids }] : []
    })
    if (wanted.length === 0) return
    await this.#ctx.store.site.write(() => {
      for (const { channel, ids } of wanted) this.#rows.gather(channel, ids, random.uuid(), clock.now())
    })
    this.#announce()
  }

  async #sendDue(): Promise<void> {
    for (const delivery of this.#rows.due(this.#ctx.ports.clock.now())) {
      if (this.#closing.signal.aborted) return
      await this.#attempt(delivery)
    }
  }

  /** One try of one delivery, kept whatever it came to. */
  async #attempt(delivery: StoredDelivery): Promise<StoredDelivery> {
    const message = this.#messageOf(delivery)
    const text = textOf(message)
    const sent = await this.#try(delivery, { text, body: bodyOf(message, text) })
    if (this.#closing.signal.aborted) return delivery
    const pause = delivery.kind === 'test' || !sent.again ? undefined : PAUSES_MS[delivery.tries]
    const at = this.#ctx.ports.clock.now()
    const after: StoredDelivery = {
      ...delivery,
      text,
      result: sent.result,
      tried_at: at,
      tries: delivery.tries + 1,
      state: sent.ok ? 'sent' : pause === undefined ? 'failed' : 'waiting',
      next_at: sent.ok || pause === undefined ? null : at + pause,
    }
    await this.#ctx.store.site.write(() => this.#rows.save(after))
    if (!sent.ok) {
      const { channel, result } = after
      this.#ctx.ports.log.warn('a message of alarms was not delivered', { channel, result })
    }
    this.#announce()
    return after
  }

  #try(
    { kind, channel }: StoredDelivery,
    said: { readonly text: string; readonly body: object },
  ): Sent | Promise<Sent> {
    const off = kind === 'alarms' && !this.#settings.values().alarms[channel].enabled
    if (off) return { ok: false, again: false, result: 'switchedOff' }
    return send(this.#ctx.ports.http, this.#settings, channel, said, this.#closing.signal)
  }

  #messageOf(delivery: StoredDelivery): Message {
    const { siteName, alarms } = this.#settings.values()
    return {
      kind: delivery.kind,
      site: siteName,
      at: this.#ctx.ports.clock.now(),
      alarms: this.#rows.alarmsOf(delivery),
      language: alarms.language,
      zone: this.#settings.zone(),
    }
  }

  #run(work: () => Promise<void>): void {
    this.#working = this.#working
      .then(work)
      .catch((error: unknown) =>
        this.#ctx.ports.log.error('messages of alarms could not be sent', { error: String(error) }),
      )
      .then(() => this.#schedule())
  }

  /** Wakes for the next that is due; one timer at a time. */
  #schedule(): void {
    this.#timer?.abort()
    if (this.#closing.signal.aborted) return
    const { clock } = this.#ctx.ports
    const next = this.#rows.nextAt()
    if (next === null) return
    const timer = new AbortController()
    this.#timer = timer
    clock.sleep(Math.max(0, next - clock.now()), timer.signal).then(
      () => this.#run(() => this.#sendDue()),
      () => undefined,
    )
  }

  #announce(): void {
    this.#ctx.events.emit({ type: 'changed', area: 'alarms' })
  }
}
