import type { Source } from '#shared/contract/define.ts'
import type { Dataset } from '#shared/contract/sync.ts'

/** What a whole run of a source fetches, in this order: who is there, how they stand now, what was before. */
export const DATASETS: Readonly<Record<Source, readonly Dataset[]>> = {
  imr: ['catalogue', 'latest', 'readings'],
  campus: ['addresses', 'balances', 'meters', 'records'],
  // last what no other depends on
  water: ['regions', 'costs', 'flows', 'readings', 'payments', 'schedules', 'operations'],
}
