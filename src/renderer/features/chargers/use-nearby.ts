import type { Output } from '#shared/contract/index.ts'
import { useRead } from '../../api/queries.ts'

export type Nearby = Output<'chargers.nearby'>

const EVERY_MS = 1000

/** What is on the air; the radio listens as long as a page asks (and not while it is hidden). */
export const useNearby = () => useRead('chargers.nearby', { listen: true }, { everyMs: EVERY_MS })
