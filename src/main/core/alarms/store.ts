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

  /** alarms that a digest stands for and that are still open */
  openMembers(id: string): string[] {
    const sql = `SELECT id FROM alarm WHERE digest_id = ? AND state <> 'cleared'`
    return this.#ids(sql, id)
  }

  /** whose snooze is over */
  toWake(at: number): string[] {
    return this.#ids('SELECT id FROM alarm WHERE snoozed_until <= ? LIMIT 200', at)
  }

  raise(alarm: NewAlarm, at: number): string {
    const id = this.#random.uuid()
    const { rule, subject, name, severity, level, value, members } = alarm
    const said = { id, rule, subject, name, severity, level, value, members }
    const state = { state: 'raised', holds: alarm.holds ? 1 : 0, raised_at: at, changed_at: at } as const
    const row = { ...said, ...state, digest_id: alarm.digestId }
    this.#site.run(this.#site.query.insertInto('alarm').values(row))
    this.#tellOfItself(id, 'raised', members > 0 ? { members } : value === null ? null : { value }, at)
    return id
  }

  /** more of the same rule came while a digest waits */
  join(id: string, more: number, at: number): void {
    const sql = 'UPDATE alarm SET members = members + ?, changed_at = ? WHERE id = ?'
    this.#site.statement(sql).run(more, at, id)
    this.#tellOfItself(id, 'joined', { members: more }, at)
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
    const { id: _id, ...row } = after
    this.#site.run(this.#site.query.updateTable('alarm').set(row).where('id', '=', id))
    for (const effect of effects) if (effect.type === 'record') this.#record(id, effect, at)
    return { changed: true, tell: effects.some(({ type }) => type === 'tell'), after }
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
