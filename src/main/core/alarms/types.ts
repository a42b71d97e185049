import type { AlarmRule } from '#shared/alarms.ts'
import type { RuleValues } from '#shared/contract/alarms.ts'
import type { ChangedArea } from '#shared/contract/events.ts'
import type { AlarmTables } from '../store/schema-alarms.ts'

export type StoredAlarm = AlarmTables['alarm']
export type StoredDelivery = AlarmTables['alarm_delivery']
export type RuleSettings = Required<RuleValues>

/** What an area says of one thing. */
export interface Fact {
  /** never changes for the same thing: a room's id, `CODE:PORT` */
  readonly subject: string
  /** as people call it; only asked for when it is written down. Never a phone or a resident's name */
  name(): string
  /** in the rule's unit, whole; 1 where the rule has none */
  readonly value: number
}

type Facts = Iterable<Fact> | AsyncIterable<Fact>

/** How an area feeds a rule. It reads only what is already known, by seeking, and judges nothing. */
export interface AlarmSource {
  readonly rule: AlarmRule
  /** areas whose changes may change the facts */
  readonly wakes: readonly ChangedArea[]
  /**
   * `quick`: a few rows, looked at on every change, every minute, and before a list is answered. Otherwise at most so
   * often after a change, and without one after so long (null: then nothing can have changed).
   */
  readonly pace: 'quick' | { readonly gapMs: number; readonly againMs: number | null }
  /** things whose value lies at `bound` or beyond, maybe more; null: it cannot be said now, all stays as it is */
  facts(bound: number): Facts | null
}
