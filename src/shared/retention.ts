/** Kinds of data that a rule may thin out or remove. All other tables are kept for ever. */
export const RETENTION_KINDS = [
  'readings',
  'conflicts',
  'quarantine',
  'jobs',
  'deliveries',
  'alarms',
  'exchanges',
  'waterReadings',
  'bands',
  'phases',
  'consumption',
] as const
export type RetentionKind = (typeof RETENTION_KINDS)[number]

/** Days younger than which nothing is ever touched: figures are compared with those of the year before. */
export const LEAST_DAYS: Readonly<Record<RetentionKind, number>> = {
  readings: 366,
  conflicts: 31,
  quarantine: 31,
  jobs: 31,
  deliveries: 31,
  alarms: 31,
  exchanges: 31,
  waterReadings: 366,
  bands: 366,
  phases: 366,
  consumption: 366,
}
export const MOST_DAYS = 36_600
