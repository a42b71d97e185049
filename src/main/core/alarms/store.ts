import type { AlarmRule, Severity } from '#shared/alarms.ts'
import { notFound } from '#shared/errors.ts'
import type { Random } from '../ports.ts'
import type { SiteDatabase } from '../store/store.ts'
import { step, type AlarmEffect, type AlarmInput } from './machine.ts'
import type { StoredAlarm } from './types.ts'

export interface NewAlarm {
  readonly rule: AlarmRule
  readonly subject: string
  readonly name: string
  readonly severity: Severity
  readonly level: 1 | 2
  readonly value: number | null
  readonly digestId: string | null
  readonly members: number
  /** false: a digest stands for others and holds nothing itself */
  readonly holds: boolean
}

/** A subject of which an alarm holds. */
export interface Holding {
  readonly id: string
  readonly rule: AlarmRule
  readonly subject: string
  readonly level: 1 | 2
  readonly severity: Severity
  readonly digestId: string | null
}

const HOLDING = `SELECT id, rule, subject, level, severity, digest_id AS digestId FROM alarm
  WHERE holds = 1 AND (rule, subject) > (?, ?) ORDER BY rule, subject LIMIT ?`

/** A subject that crossed and waits for the rule's delay to pass. */
export interface Waiting {
  readonly rule: AlarmRule
  readonly subject: string
  /** epoch ms */
  readonly since: number
}

const WAITING = `SELECT rule, subject, since FROM alarm_waiting WHERE (rule, subject) > (?, ?)
  ORDER BY rule, subject LIMIT ?`
const RAISE = `INSERT INTO alarm (id, rule, subject, name, severity, level, state, holds, value, raised_at, changed_at,
    digest_id, members) VALUES (?, ?, ?, ?, ?, ?, 'raised', ?, ?, ?, ?, ?, ?)`
/** Counted anew: a program that died among its members has put down fewer, and some were taken out since. */
const JOIN = `UPDATE alarm SET members = (SELECT count(*) FROM alarm m WHERE m.digest_id = alarm.id) + ?, changed_at = ?
  WHERE id = ?`
const RECOUNT = `UPDATE alarm SET members = (SELECT count(*) FROM alarm m WHERE m.digest_id = alarm.id)
  WHERE id = ? AND state <> 'cleared'`
const LIVE = `UPDATE alarm SET state = ?, level = ?, severity = ?, holds = ?, value = ?, acknowledged_at = ?,
    acknowledged_by = ?, cleared_at = ?, cleared_by = ?, snoozed_until = ?, assignee = ?, changed_at = ? WHERE id = ?`
const MEMBERS = `SELECT id, raised_at FROM alarm WHERE digest_id = ? AND state <> 'cleared' AND (raised_at, id) > (?, ?)
  ORDER BY raised_at, id LIMIT ?`
const EMPTY = `SELECT id FROM alarm WHERE digest_id IS NULL AND state <> 'cleared' AND members > 0 AND rule = ?
  AND NOT EXISTS (SELECT 1 FROM alarm m WHERE m.digest_id = alarm.id AND m.state <> 'cleared')`

type Member = Pick<StoredAlarm, 'id' | 'raised_at'>

/** The rows of alarms and of what happened to them; changes only inside `site.write`. */
export class AlarmStore {
  readonly #site: SiteDatabase
  readonly #random: Random

  constructor(site: SiteDatabase, random: Random) {
    this.#site = site
    this.#random = random
  }

  find(id: string): StoredAlarm {
    const row = this.#site.statement<StoredAlarm>('SELECT * FROM alarm WHERE id = ?').get(id)
    if (!row) throw notFound('alarm', id)
    return row
  }

  /** the next subjects of which an alarm holds, in order; after null the first */
  holding(after: Pick<Holding, 'rule' | 'subject'> | null, limit: number): Holding[] {
    return this.#site.statement<Holding>(HOLDING).all(after?.rule ?? '', after?.subject ?? '', limit)
  }

  /** the next subjects that wait for a delay, in order; after null the first */
  waiting(after: Pick<Waiting, 'rule' | 'subject'> | null, limit: number): Waiting[] {
    return this.#site.statement<Waiting>(WAITING).all(after?.rule ?? '', after?.subject ?? '', limit)
  }

  wait({ rule, subject, since }: Waiting): void {
    this.#site.statement('INSERT OR IGNORE INTO alarm_waiting VALUES (?, ?, ?)').run(rule, subject, since)
  }

  waitNoMore(rule: AlarmRule, subject: string): void {
    this.#site.statement('DELETE FROM alarm_waiting WHERE rule = ? AND subject = ?').run(rule, subject)
  }

  /** the next of the alarms that a digest stands for and that are still open; after null the first */
  openMembers(id: string, after: Member | null, limit: number): Member[] {
    return this.#site.statement<Member>(MEMBERS).all(id, after?.raised_at ?? -1, after?.id ?? '', limit)
  }

  /** digests of a rule that stand for nothing open any more */
  emptyDigests(rule: AlarmRule): string[] {
    return this.#ids(EMPTY, rule)
  }

  /** whose snooze is over */
  toWake(at: number): string[] {
    return this.#ids('SELECT id FROM alarm WHERE snoozed_until <= ? LIMIT 200', at)
  }

  raise(alarm: NewAlarm, at: number): string {
    const id = this.#random.uuid()
    const { rule, subject, name, severity, level, value, members, digestId } = alarm
    const holds = alarm.holds ? 1 : 0
    this.#site
      .statement(RAISE)
      .run(id, rule, subject, name, severity, level, holds, value, at, at, digestId, members)
    this.#tellOfItself(id, 'raised', members > 0 ? { members } : value === null ? null : { value }, at)
    return id
  }

  /** more of the same rule came while a digest waits */
  join(id: string, more: number, at: number): void {
    this.#site.statement(JOIN).run(more, at, id)
    this.#tellOfItself(id, 'joined', { members: more }, at)
  }

  /** how many an open digest stands for, once some were taken out */
  recount(id: string): void {
    this.#site.statement(RECOUNT).run(id)
  }

  /** into a digest, or out of one */
  place(id: string, digestId: string | null): void {
    this.#site.statement('UPDATE alarm SET digest_id = ? WHERE id = ?').run(digestId, id)
  }

  /** Takes one step; answers whether anything happened and whether somebody is to be told. */
  apply(id: string, input: AlarmInput, at: number): { changed: boolean; tell: boolean; after: StoredAlarm } {
    const before = this.find(id)
    const { next, effects } = step(before, input, at)
    if (effects.length === 0) return { changed: false, tell: false, after: before }
    const after = { ...before, ...next, changed_at: at }
    this.#save(after)
    for (const effect of effects) if (effect.type === 'record') this.#record(id, effect, at)
    return { changed: true, tell: effects.some(({ type }) => type === 'tell'), after }
  }

  #save(row: StoredAlarm): void {
    const seen = [row.acknowledged_at, row.acknowledged_by, row.cleared_at, row.cleared_by]
    const rest = [row.snoozed_until, row.assignee, row.changed_at, row.id]
    this.#site.statement(LIVE).run(row.state, row.level, row.severity, row.holds, row.value, ...seen, ...rest)
  }

  #ids(sql: string, value: string | number): string[] {
    return this.#site
      .statement<{ id: string }>(sql)
      .all(value)
      .map((row) => row.id)
  }

  #tellOfItself(
    id: string,
    kind: 'raised' | 'joined',
    data: Record<string, unknown> | null,
    at: number,
  ): void {
    this.#record(id, { type: 'record', kind, by: null, comment: null, data }, at)
  }

  #record(id: string, effect: Extract<AlarmEffect, { type: 'record' }>, at: number): void {
    const { by, kind, comment, data } = effect
    const sql =
      'INSERT INTO alarm_event (alarm_id, at, operator, kind, comment, data) VALUES (?, ?, ?, ?, ?, ?)'
    this.#site.statement(sql).run(id, at, by, kind, comment, data === null ? null : JSON.stringify(data))
  }
}
