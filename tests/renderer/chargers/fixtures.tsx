import { useLocation } from 'react-router'
import type { FoundCharger } from '#shared/contract/chargers.ts'
import type { Nearby } from '../../../src/renderer/features/chargers/use-nearby.ts'
import { HELLO } from '../render.tsx'

export const NOW = HELLO.now
export const A = 'BUC_AAAAAAAAAAAA'
export const B = 'BUC_BBBBBBBBBBBB'
export const C = 'BUC_CCCCCCCCCCCC'

export const charger = (name: string, change: Partial<FoundCharger> = {}): FoundCharger => ({
  name,
  chipId: name.slice(4),
  rssi: -60,
  lastSeenAt: NOW,
  ambiguous: false,
  deviceCode: null,
  alias: null,
  heldBy: null,
  ...change,
})

export const nearby = (found: FoundCharger[], change: Partial<Nearby> = {}): Nearby => ({
  radio: { state: 'ready', reason: null, detail: null, adapter: 'system' },
  listening: true,
  now: NOW,
  found,
  strangers: 5,
  ...change,
})

/** Where the page has gone. */
export function Here() {
  const { pathname, search } = useLocation()
  return <output data-testid="here">{pathname + search}</output>
}
