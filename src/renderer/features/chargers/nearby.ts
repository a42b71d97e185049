import type { FoundCharger } from '#shared/contract/chargers.ts'

/** A row fades, then goes grey (features §4). */
export const FADE_MS = 10_000
export const GONE_MS = 30_000

export type Freshness = 'fresh' | 'fading' | 'gone'

/** One that is spoken to does not advertise meanwhile. */
export function freshness({ lastSeenAt, heldBy }: FoundCharger, now: number): Freshness {
  const age = now - lastSeenAt
  if (heldBy !== null || age < FADE_MS) return 'fresh'
  return age < GONE_MS ? 'fading' : 'gone'
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
