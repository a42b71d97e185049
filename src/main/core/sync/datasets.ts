import type { Source } from '#shared/contract/define.ts'
import type { Dataset } from '#shared/contract/sync.ts'
import { IMR_WINDOWS } from './imr-datasets.ts'

/** What a whole run of a source fetches, in this order: who is there, how they stand now, what was before. */
export const DATASETS: Readonly<Record<Source, readonly Dataset[]>> = {
  imr: ['catalogue', 'latest', ...IMR_WINDOWS.map((one) => one.which)],
  campus: ['addresses', 'balances', 'meters', 'records'],
  // what is long comes last
  water: ['regions', 'costs', 'flows', 'schedules', 'operations', 'readings', 'payments'],
}

/** Without these a source is not complete; the others are not there everywhere (I-16, I-44). */
export const REQUIRED: Readonly<Record<Source, readonly Dataset[]>> = {
  imr: ['catalogue', 'latest', ...IMR_WINDOWS.filter((one) => !one.optional).map((one) => one.which)],
  campus: DATASETS.campus,
  water: DATASETS.water,
}
