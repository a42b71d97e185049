import { MEASURES, SEVERITIES, worseThan, type Severity } from '#shared/alarms.ts'
import { HOUR } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import type { Changes, Flood } from './round.ts'
import type { AlarmStore, Holding, NewAlarm } from './store.ts'
import type { AlarmSource, RuleSettings, StoredAlarm } from './types.ts'

/** Rows written in one transaction: a few milliseconds. */
const AT_ONCE = 20
/** A digest that nobody has seen takes up what comes within this time. */
const JOINS_FOR = HOUR

const DIGEST = `SELECT id FROM alarm WHERE digest_id IS NULL AND state = 'raised' AND members > 0 AND rule = ?
  AND raised_at > ? ORDER BY raised_at DESC LIMIT 1`

interface Look {
  readonly source: AlarmSource
  readonly rule: RuleSettings
  /** kept true to what is on the disk */
  readonly holding: Map<string, Holding>
}

/** What is to be put down: a new alarm, or one that holds and became worse. */
interface Raising {
  readonly subject: string
  readonly level: 1 | 2
  readonly severity: Severity
  readonly value: number
  /** asked for when it is written down: of many, one slice after the other */
  name(): string
  readonly held: Holding | null
}

type Reason = 'condition' | 'ruleOff'

/** Puts on the disk what a look came to. */
export class AlarmChanges {
  readonly #ctx: CoreContext
  readonly #store: AlarmStore
  readonly #flood: Flood

  constructor(ctx: CoreContext, store: AlarmStore, flood: Flood) {
    this.#ctx = ctx
    this.#store = store
    this.#flood = flood
  }

  /** Answers the alarms that somebody is to be told of. */
  async apply(look: Look, changes: Changes): Promise<StoredAlarm[]> {
    await this.end(look.holding, changes.end, 'condition')
    await this.#ease(look, changes.move)
    const rows = raisings(look.rule, changes)
    if (rows.length === 0) return []
    const { rule } = look.source
    const told = this.#flood.isFlood(rule, rows.length)
      ? await this.#digest(look, rows)
      : await this.#single(look, rows)
    // of a digest that something was taken out of
    await this.#closeEmpty(
      rows.flatMap(({ held }) => held?.digestId ?? []),
      'condition',
    )
    return told
  }

  /** Alarms whose condition is over, and digests that stand for nothing open any more. */
  async end(holding: Map<string, Holding>, over: readonly Holding[], reason: Reason): Promise<void> {
    await this.#sliced(over, ({ id }) => void this.#store.apply(id, { type: 'ended', reason }, this.#now()))
    for (const { subject } of over) holding.delete(subject)
    await this.#closeEmpty(
      over.flatMap(({ digestId }) => digestId ?? []),
      reason,
    )
  }

  #closeEmpty(digests: readonly string[], reason: Reason): Promise<void> {
    return this.#sliced([...new Set(digests)], (id) => {
      if (this.#store.find(id).state !== 'cleared' && this.#store.openMembers(id).length === 0)
        this.#store.apply(id, { type: 'ended', reason }, this.#now())
    })
  }

  async #ease(look: Look, moves: Changes['move']): Promise<void> {
    const back = moves.filter(({ level }) => level === 1)
    const { severity } = look.rule
    await this.#sliced(back, ({ holding: { id }, value }) => {
      this.#store.apply(id, { type: 'eased', value, severity }, this.#now())
    })
    for (const { holding } of back) look.holding.set(holding.subject, { ...holding, level: 1, severity })
  }

  /** Few: each by itself. */
  async #single(look: Look, rows: readonly Raising[]): Promise<StoredAlarm[]> {
    const put = await this.#putAll(look, rows, null)
    this.#flood.single(look.source.rule, rows.length)
    return put.map((id) => this.#store.find(id))
  }

  /** Many: all behind one, a new one or one that nobody has seen yet. */
  async #digest(look: Look, rows: readonly Raising[]): Promise<StoredAlarm[]> {
    const { rule } = look.source
    const { site } = this.#ctx.store
    const now = this.#now()
    const open = site.statement<{ id: string }>(DIGEST).get(rule, now - JOINS_FOR)
    const severity = SEVERITIES.findLast((one) => rows.some((row) => row.severity === one)) ?? 'info'
    const members = rows.length
    const more = { subject: '', name: '', level: 1, value: null, digestId: null, holds: false } as const
    const id = await site.write(() => {
      if (open) this.#store.join(open.id, members, now)
      return open?.id ?? this.#store.raise({ ...more, rule, severity, members }, now)
    })
    await this.#putAll(look, rows, id)
    return open ? [] : [this.#store.find(id)]
  }

  async #putAll(look: Look, rows: readonly Raising[], digestId: string | null): Promise<string[]> {
    const ids: string[] = []
    await this.#sliced(rows, (one) => void ids.push(this.#put(look.source, one, digestId)))
    for (const [i, { subject, level, severity }] of rows.entries()) {
      const id = ids[i]
      const { rule } = look.source
      if (id !== undefined) look.holding.set(subject, { id, rule, subject, level, severity, digestId })
    }
    return ids
  }

  /** One alarm: new, or one that holds and is worse now. Only inside `site.write`. */
  #put({ rule }: AlarmSource, one: Raising, digestId: string | null): string {
    const { subject, level, severity, held } = one
    if (held) {
      this.#store.apply(held.id, { type: 'crossed', value: one.value, severity }, this.#now())
      this.#store.place(held.id, digestId)
      return held.id
    }
    const value = MEASURES[rule].unit === null ? null : one.value
    const said = { rule, subject, name: one.name(), severity, level, value }
    const alarm: NewAlarm = { ...said, digestId, members: 0, holds: true }
    return this.#store.raise(alarm, this.#now())
  }

  async #sliced<T>(rows: readonly T[], work: (row: T) => void): Promise<void> {
    for (let at = 0; at < rows.length; at += AT_ONCE)
      await this.#ctx.store.site.write(() => rows.slice(at, at + AT_ONCE).forEach((row) => work(row)))
  }

  #now(): number {
    return this.#ctx.ports.clock.now()
  }
}

/** New ones, and those that went beyond the second level. */
function raisings({ severity }: RuleSettings, { raise, move }: Changes): Raising[] {
  const severities = { 1: severity, 2: worseThan(severity) }
  return [
    ...move
      .filter(({ level }) => level === 2)
      .map(({ holding: held, level, value }) => ({
        subject: held.subject,
        level,
        severity: severities[level],
        value,
        name: () => '',
        held,
      })),
    ...raise.map(({ fact, level }) => ({
      subject: fact.subject,
      level,
      severity: severities[level],
      value: fact.value,
      name: () => fact.name(),
      held: null,
    })),
  ]
}
