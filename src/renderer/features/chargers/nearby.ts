import type { FoundCharger } from '#shared/contract/chargers.ts'

/** A row fades, then goes grey (features §4). */
export const FADE_MS = 10_000
export const GONE_MS = 30_000
/** Weaker than this a person should come closer. */
export const WEAK_DBM = -85
/** A charger overtakes its neighbour when it is this much stronger: the list breathes, but does not dance. */
const OVERTAKE_DB = 5

export type Freshness = 'fresh' | 'fading' | 'gone'

/** One that is spoken to does not advertise meanwhile. */
export function freshness({ lastSeenAt, heldBy }: FoundCharger, now: number): Freshness {
  const age = now - lastSeenAt
  if (heldBy !== null || age < FADE_MS) return 'fresh'
  return age < GONE_MS ? 'fading' : 'gone'
}

/** 0–4 */
export const barsOf = (rssi: number): number => [-90, -80, -70, -60].filter((limit) => rssi >= limit).length

/**
 * The order before, corrected by what is clearly stronger now; new ones take their place by signal. While `held`
 * nothing moves under the pointer: new ones come last.
 */
export function settle(before: readonly string[], found: readonly FoundCharger[], held: boolean): string[] {
  const byName = new Map(found.map((charger) => [charger.name, charger]))
  const kept = before.filter((name) => byName.has(name))
  const fresh = found.map(({ name }) => name).filter((name) => !before.includes(name))
  if (held) return [...kept, ...fresh]
  const order: string[] = []
  const strength = (name: string) => byName.get(name)?.rssi ?? -Infinity
  for (const name of kept) insert(order, name, (other) => strength(name) > strength(other) + OVERTAKE_DB)
  for (const name of fresh) insert(order, name, (other) => strength(name) > strength(other))
  return order
}

function insert(order: string[], name: string, overtakes: (other: string) => boolean): void {
  let at = order.length
  while (at > 0 && overtakes(order[at - 1] ?? '')) at--
  order.splice(at, 0, name)
}

/** Name, code or alias hold the text. */
export function fits(charger: FoundCharger, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  return [charger.name, charger.deviceCode, charger.alias].some((part) =>
    part?.toLowerCase().includes(wanted),
  )
}

/** Two of one name are spoken to by nobody; one that is gone cannot be begun with. */
export const selectable = (charger: FoundCharger, now: number) =>
  !charger.ambiguous && freshness(charger, now) !== 'gone'
