import { MEASURES, type AlarmRule } from '#shared/alarms.ts'
import { MINUTE } from '#shared/time.ts'
import type { Clock } from '../ports.ts'
import { boundOf, judge } from './judge.ts'
import type { Holding } from './store.ts'
import type { AlarmSource, Fact, RuleSettings } from './types.ts'

/** What a look at the facts of a rule came to. */
export interface Changes {
  readonly raise: readonly { readonly fact: Fact; readonly level: 1 | 2 }[]
  /** beyond the second level by now, or back from it */
  readonly move: readonly { readonly holding: Holding; readonly level: 1 | 2; readonly value: number }[]
  readonly end: readonly Holding[]
  /** subjects that begin to wait for the delay, and those that wait no more */
  readonly wait: readonly string[]
  readonly waitNoMore: readonly string[]
}

/** Subjects of a rule that crossed and wait for the delay to pass: since when, monotonic ms. */
export type Pending = Map<string, number>

/** Facts judged before others may use the thread. */
const AT_ONCE = 100

interface Looked {
  readonly clock: Clock
  readonly source: AlarmSource
  readonly rule: RuleSettings
  readonly holding: ReadonlyMap<string, Holding>
  readonly pending: ReadonlyMap<string, number>
}

/** Compares facts with what holds; null: the area cannot say. Changes nothing. */
export async function look({ clock, source, rule, holding, pending }: Looked): Promise<Changes | null> {
  const measure = MEASURES[source.rule]
  const facts = source.facts(boundOf(measure, rule))
  if (facts === null) return null
  const raise: Changes['raise'][number][] = []
  const move: Changes['move'][number][] = []
  const wait: string[] = []
  const seen = new Set<string>()
  let judged = 0
  for await (const fact of facts) {
    if (++judged % AT_ONCE === 0) await clock.yield()
    const held = holding.get(fact.subject)
    const level = judge(measure, rule, fact.value, held?.level ?? 0)
    if (level === 0 || seen.has(fact.subject)) continue
    seen.add(fact.subject)
    if (held) {
      if (held.level !== level) move.push({ holding: held, level, value: fact.value })
    } else if (isDue(pending.get(fact.subject), rule, clock)) raise.push({ fact, level })
    else if (!pending.has(fact.subject)) wait.push(fact.subject)
  }
  const end = await sift(clock, holding.values(), ({ subject }) => !seen.has(subject))
  const over = (subject: string) => !seen.has(subject) || holding.has(subject)
  return { raise, move, end, wait, waitNoMore: await sift(clock, pending.keys(), over) }
}

/** Whether what is now crossed has been so for the delay. */
function isDue(since: number | undefined, { delayMinutes }: RuleSettings, clock: Clock): boolean {
  return delayMinutes === 0 || (since !== undefined && clock.monotonic() - since >= delayMinutes * MINUTE)
}

/** A hundred thousand looked through without keeping the thread. */
async function sift<T>(clock: Clock, all: Iterable<T>, wanted: (one: T) => boolean): Promise<T[]> {
  const found: T[] = []
  let looked = 0
  for (const one of all) {
    if (++looked % (10 * AT_ONCE) === 0) await clock.yield()
    if (wanted(one)) found.push(one)
  }
  return found
}

/** More of a rule within this time are told of as one. */
export const FLOOD = { more: 10, within: 10 * MINUTE }

/** When alarms of a rule were raised one by one, lately; monotonic ms. */
export function createFlood(clock: Clock) {
  const raised = new Map<AlarmRule, number[]>()
  return {
    /** whether so many more of a rule are too many to be told of one by one */
    isFlood(rule: AlarmRule, more: number): boolean {
      const recent = (raised.get(rule) ?? []).filter((at) => at > clock.monotonic() - FLOOD.within)
      raised.set(rule, recent)
      return recent.length + more > FLOOD.more
    },
    single(rule: AlarmRule, count: number): void {
      const now = clock.monotonic()
      raised.set(rule, [...(raised.get(rule) ?? []), ...Array.from({ length: count }, () => now)])
    },
  }
}
export type Flood = ReturnType<typeof createFlood>
