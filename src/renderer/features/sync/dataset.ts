import type { Dataset } from '#shared/contract/sync.ts'

const DATASETS: readonly Dataset[] = [
  'catalogue',
  'latest',
  'readings',
  'consumption',
  'consumptionDaily',
  'bands',
  'camera',
  'addresses',
  'balances',
  'meters',
  'records',
  'regions',
  'costs',
  'flows',
  'payments',
  'schedules',
  'operations',
]

/** A dataset we have a word for; null for one of a newer core. */
export const dataset = (value: unknown): Dataset | null => DATASETS.find((known) => known === value) ?? null
