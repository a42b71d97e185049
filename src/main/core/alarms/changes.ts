import { atLeast, MEASURES, worseThan, type AlarmRule, type Severity } from '#shared/alarms.ts'
import { HOUR } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import type { Changes, Flood, Pending } from './round.ts'
import type { AlarmStore, Holding } from './store.ts'
import type { AlarmSource, RuleSettings, StoredAlarm } from './types.ts'

/** Rows written in one transaction: a few milliseconds. */
const AT_ONCE = 20
/** A digest that nobody has seen takes up what comes within this time and is no worse than what it was told as. */
const JOINS_FOR = HOUR

const WAITING_DIGESTS = `SELECT id, severity FROM alarm WHERE digest_id IS NULL AND state = 'raised' AND members > 0
  AND rule = ? AND raised_at > ? AND level >= ? AND snoozed_until IS NULL ORDER BY raised_at DESC`

interface Look {
  readonly source: AlarmSource
  readonly rule: RuleSettings
  /** both kept true to what is on the disk */
  readonly holding: Map<string, Holding>
  readonly pending: Pending
}

type Raising = Changes['raise'][number]
type Moving = Changes['move'][number]
type Reason = 'condition' | 'ruleOff'

interface Parts {
  readonly store: AlarmStore
  readonly flood: Flood
  /** puts down what has to be sent of them, with them or not at all; only inside `site.write` */
  queue(alarms: readonly StoredAlarm[]): void
}

/** Puts on the disk what a look came to. */
export class AlarmChanges {
  readonly #ctx: CoreContext
  readonly #parts: Parts
  readonly #store: AlarmStore

  constructor(ctx: CoreContext, parts: Parts) {
    this.#ctx = ctx
    this.#parts = parts
    this.#store = parts.store
  }

  /** Answers the alarms that somebody is to be told of; their messages are queued already. */
  async apply(look: Look, changes: Changes): Promise<StoredAlarm[]> {
    await this.end(look, changes.end, 'condition')
    await this.#ease(look, changes.move)
    const worse = changes.move.filter(({ level }) => level === 2)
    const count = worse.length + changes.raise.length
    if (count === 0) return []
    const { rule } = look.source
    const told = this.#parts.flood.isFlood(rule, count)
      ? await this.#digest(look, worse, changes.raise)
      : await this.#single(look, worse, changes.raise)
    await this.#takenOut(rule, worse)
    return told
  }

  /** Keeps since when a condition holds, so that a restart does not begin to count anew. */
  async wait(
    { source, pending }: Look,
    { wait, waitNoMore }: Pick<Changes, 'wait' | 'waitNoMore'>,
  ): Promise<void> {
    const { clock } = this.#ctx.ports
    const { rule } = source
    const since = { wall: clock.now(), monotonic: clock.monotonic() }
    await this.#sliced(
      wait,
      (subject) => this.#store.wait({ rule, subject, since: since.wall }),
      (subject) => pending.set(subject, since.monotonic),
    )
    await this.#sliced(
      waitNoMore,
      (subject) => this.#store.waitNoMore(rule, subject),
      (subject) => pending.delete(subject),
    )
  }

  /** Alarms whose condition is over, and digests that stand for nothing open any more. */
  async end({ source, holding }: Look, over: readonly Holding[], reason: Reason): Promise<void> {
    await this.#sliced(
      over,
      ({ id }) => this.#store.apply(id, { type: 'ended', reason }, this.#now()),
      ({ subject }) => holding.delete(subject),
    )
    if (over.some(({ digestId }) => digestId !== null)) await this.closeEmpty(source.rule, reason)
  }

  closeEmpty(rule: AlarmRule, reason: Reason): Promise<void> {
    return this.#sliced(this.#store.emptyDigests(rule), (id) =>
      this.#store.apply(id, { type: 'ended', reason }, this.#now()),
    )
  }

  /** Digests that something was taken out of: they end with their last, or stand for fewer. */
  async #takenOut(rule: AlarmRule, worse: readonly Moving[]): Promise<void> {
    const digests = new Set(worse.flatMap(({ holding: { digestId } }) => digestId ?? []))
    if (digests.size === 0) return
    await this.closeEmpty(rule, 'condition')
    await this.#sliced([...digests], (id) => this.#store.recount(id))
  }

  async #ease(look: Look, moves: readonly Moving[]): Promise<void> {
    const { severity } = look.rule
    await this.#sliced(
      moves.filter(({ level }) => level === 1),
      ({ holding: { id }, value }) => this.#store.apply(id, { type: 'eased', value, severity }, this.#now()),
      ({ holding }) => look.holding.set(holding.subject, { ...holding, level: 1, severity }),
    )
  }

  /** Few: each by itself, all in one transaction with their message. */
  async #single(look: Look, worse: readonly Moving[], raise: readonly Raising[]): Promise<StoredAlarm[]> {
    const { told, held } = await this.#ctx.store.site.write(() => {
      const held = [
        ...worse.map((one) => this.#cross(look, one, null)),
        ...raise.map((one) => this.#raise(look, one, null)),
      ]
      const told = held.map(({ id }) => this.#store.find(id))
      this.#parts.queue(told)
      return { told, held }
    })
    for (const one of held) keep(look, one)
    this.#parts.flood.single(look.source.rule, held.length)
    return told
  }

  /** Many: all behind one, a new one with its message or one that nobody has seen yet. */
  async #digest(look: Look, worse: readonly Moving[], raise: readonly Raising[]): Promise<StoredAlarm[]> {
    const { id, told } = await this.#ctx.store.site.write(() => this.#head(look, worse, raise))
    const put: Holding[] = []
    const kept = () => put.splice(0).forEach((one) => keep(look, one))
    await this.#sliced(worse, (one) => put.push(this.#cross(look, one, id)), kept)
    await this.#sliced(raise, (one) => put.push(this.#raise(look, one, id)), kept)
    return told
  }

  #head({ source: { rule }, rule: settings }: Look, worse: readonly Moving[], raise: readonly Raising[]) {
    const now = this.#now()
    const level = worse.length > 0 || raise.some((one) => one.level === 2) ? 2 : 1
    const severity = level === 2 ? worseThan(settings.severity) : settings.severity
    const open = this.#digestFor(rule, level, severity)
    if (open !== null) {
      const more = raise.length + worse.filter(({ holding }) => holding.digestId !== open).length
      if (more > 0) this.#store.join(open, more, now)
      return { id: open, told: [] }
    }
    const none = { subject: '', name: '', value: null, digestId: null, holds: false } as const
    const members = worse.length + raise.length
    const id = this.#store.raise({ ...none, rule, severity, level, members }, now)
    const told = [this.#store.find(id)]
    this.#parts.queue(told)
    return { id, told }
  }

  /** The newest that may take up what is so bad without telling anybody; null: none. */
  #digestFor(rule: AlarmRule, level: 1 | 2, severity: Severity): string | null {
    const open = this.#ctx.store.site
      .statement<{ id: string; severity: Severity }>(WAITING_DIGESTS)
      .all(rule, this.#now() - JOINS_FOR, level)
    return open.find((digest) => atLeast(digest.severity, severity))?.id ?? null
  }

  /** One that holds and is worse now. Only inside `site.write`. */
  #cross({ rule }: Look, { holding, value }: Moving, digestId: string | null): Holding {
    const severity = worseThan(rule.severity)
    this.#store.apply(holding.id, { type: 'crossed', value, severity }, this.#now())
    this.#store.place(holding.id, digestId)
    return { ...holding, level: 2, severity, digestId }
  }

  /** A new one. Only inside `site.write`. */
  #raise({ source, rule: settings }: Look, { fact, level }: Raising, digestId: string | null): Holding {
    const { rule } = source
    const { subject } = fact
    const severity = level === 2 ? worseThan(settings.severity) : settings.severity
    const value = MEASURES[rule].unit === null ? null : fact.value
    // the name is asked for now: of many, one slice after the other
    const alarm = {
      rule,
      subject,
      name: fact.name(),
      severity,
      level,
      value,
      digestId,
      members: 0,
      holds: true,
    }
    const id = this.#store.raise(alarm, this.#now())
    this.#store.waitNoMore(rule, subject)
    return { id, rule, subject, level, severity, digestId }
  }

  /** `work` in transactions of a few rows; `then` for each once it is on the disk. */
  async #sliced<T>(rows: readonly T[], work: (row: T) => unknown, then?: (row: T) => unknown): Promise<void> {
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const slice = rows.slice(at, at + AT_ONCE)
      await this.#ctx.store.site.write(() => slice.forEach((row) => void work(row)))
      if (then) slice.forEach((row) => void then(row))
    }
  }

  #now(): number {
    return this.#ctx.ports.clock.now()
  }
}

function keep({ holding, pending }: Look, held: Holding): void {
  holding.set(held.subject, held)
  pending.delete(held.subject)
}
