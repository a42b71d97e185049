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
  readonly pending: Pending
}

/** Compares facts with what holds; null: the area cannot say. Changes only what waits for its delay. */
export async function look({ clock, source, rule, holding, pending }: Looked): Promise<Changes | null> {
  const measure = MEASURES[source.rule]
  const facts = source.facts(boundOf(measure, rule))
  if (facts === null) return null
  const raise: Changes['raise'][number][] = []
  const move: Changes['move'][number][] = []
  const seen = new Set<string>()
  let judged = 0
  for await (const fact of facts) {
    if (++judged % AT_ONCE === 0) await clock.yield()
    const held = holding.get(fact.subject)
    const level = judge(measure, rule, fact.value, held?.level ?? 0)
    if (level === 0 || seen.has(fact.subject)) continue
    seen.add(fact.subject)
    if (held && held.level !== level) move.push({ holding: held, level, value: fact.value })
    else if (!held && isDue(pending, fact.subject, rule, clock)) raise.push({ fact, level })
  }
  for (const subject of pending.keys())
    if (!seen.has(subject) || holding.has(subject)) pending.delete(subject)
  const end = [...holding.values()].filter(({ subject }) => !seen.has(subject))
  return { raise, move, end }
}

/** Whether what is now crossed has been so for the delay. A restart begins to count anew. */
function isDue(pending: Pending, subject: string, { delayMinutes }: RuleSettings, clock: Clock): boolean {
  if (delayMinutes === 0) return true
  const now = clock.monotonic()
  const since = pending.get(subject) ?? now
  pending.set(subject, since)
  return now - since >= delayMinutes * MINUTE
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
