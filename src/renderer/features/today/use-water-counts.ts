import { useRead } from '../../api/queries.ts'
import type { WaterCounts } from './tiles.ts'

/** Silence grows by itself, ms; what a sync brings tells the screen. */
const LOOK_EVERY_MS = 600_000

/** Water meters that do not report or are low on battery; a site without any has none. */
export function useWaterCounts(): WaterCounts {
  const silent = useRead('water.watch', { kind: 'silent', limit: 1 }, { everyMs: LOOK_EVERY_MS })
  const battery = useRead('water.watch', { kind: 'battery', limit: 1 })
  return { silent: silent.data?.total, battery: battery.data?.total }
}
