import { useRead } from '../../api/queries.ts'
import type { WaterCounts } from './tiles.ts'

/** Silence grows by itself, ms; what a sync brings tells the screen. */
const LOOK_EVERY_MS = 600_000

/** Water meters that do not report or are low on battery; a site without any has none. */
export function useWaterCounts(): WaterCounts {
  return useRead('water.watchCounts', {}, { everyMs: LOOK_EVERY_MS }).data ?? {}
}
