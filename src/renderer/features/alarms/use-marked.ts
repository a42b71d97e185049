import type { AlarmRow } from '#shared/contract/alarms.ts'
import { useChosen } from '../../ui/use-chosen.ts'

/** Contract: what is done to many takes this many at once. */
const MOST = 1000

export const useMarked = () => useChosen<AlarmRow>(MOST)
