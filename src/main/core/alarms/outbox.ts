import { ALARM_CHANNELS, atLeast } from '#shared/alarms.ts'
import { HOUR, MINUTE, SECOND } from '#shared/time.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import type { Settings } from '../settings/index.ts'
import { readyChannel, send, type Outgoing, type Sent } from './channels.ts'
import { Deliveries, emptyDelivery, shownDelivery } from './delivery-rows.ts'
import { bodyOf, textOf, type Message } from './message.ts'
import type { StoredAlarm, StoredDelivery } from './types.ts'

type OutboxHandlers = Pick<
  AreaHandlers<'alarms'>,
  'alarms.channels' | 'alarms.testChannel' | 'alarms.deliveries'
>

/** After each try that may go better; then it is given up. */
const PAUSES_MS: readonly number[] = [30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 2 * HOUR]

/**
 * What leaves the desk: grouped, tried again with growing pauses and an end, every try kept. A message is put down with
 * the alarm it is about and a try before it is made: a program that dies forgets neither. Of a try whose answer nobody
 * heard the next one says the same key, by which a receiver can tell it from a new message.
 */
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

  /** Puts alarms down for the channels that want them; only inside `site.write`, `sendOn` after it. */
  queue(alarms: readonly StoredAlarm[]): void {
    const { clock, random } = this.#ctx.ports
    for (const channel of ALARM_CHANNELS) {
      const { enabled, from } = this.#settings.values().alarms[channel]
      const ids = alarms.filter(({ severity }) => atLeast(severity, from)).map(({ id }) => id)
      if (enabled && ids.length > 0) this.#rows.gather(channel, ids, random.uuid(), clock.now())
    }
  }

  /** what was put down goes out when it is due */
  sendOn(): void {
    this.#announce()
    this.#run(() => Promise.resolve())
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
        return shownDelivery(await this.#attempt(made.id))
      },
      'alarms.deliveries': (_call, input) => this.#rows.list(input),
    }
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#timer?.abort()
    await this.#working
  }

  async #sendDue(): Promise<void> {
    for (const delivery of this.#rows.due(this.#ctx.ports.clock.now())) {
      if (this.#closing.signal.aborted) return
      await this.#attempt(delivery.id)
    }
  }

  /** One try of one delivery, kept before it is made and when it came to something. */
  async #attempt(id: string): Promise<StoredDelivery> {
    const { site } = this.#ctx.store
    const begun = await site.write(() => this.#begin(id))
    const sent = await this.#try(begun.row, begun)
    if (this.#closing.signal.aborted) return begun.row
    const after = this.#tried({ ...begun.row, tries: begun.row.tries - 1 }, sent)
    await site.write(() => this.#rows.save(after))
    if (!sent.ok) {
      const { channel, result } = after
      this.#ctx.ports.log.warn('a message of alarms was not delivered', { channel, result })
    }
    this.#announce()
    return after
  }

  /** Read now: alarms may have joined it since it was found due; from here on none do. */
  #begin(id: string): Outgoing & { readonly row: StoredDelivery } {
    const found = this.#rows.find(id)
    const message = this.#messageOf(found)
    const text = textOf(message)
    const row = this.#tried({ ...found, text }, { ok: false, again: true, result: 'sending' })
    this.#rows.save(row)
    return { row, text, body: bodyOf(message, text), key: id }
  }

  #tried(delivery: StoredDelivery, { ok, again, result }: Sent): StoredDelivery {
    const pause = delivery.kind === 'test' || !again ? undefined : PAUSES_MS[delivery.tries]
    const at = this.#ctx.ports.clock.now()
    return {
      ...delivery,
      result,
      tried_at: at,
      tries: delivery.tries + 1,
      state: ok ? 'sent' : pause === undefined ? 'failed' : 'waiting',
      next_at: ok || pause === undefined ? null : at + pause,
    }
  }

  #try({ kind, channel }: StoredDelivery, said: Outgoing): Sent | Promise<Sent> {
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
