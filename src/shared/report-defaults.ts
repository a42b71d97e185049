import type { ReportFilter } from './contract/reports.ts'

/** What holds in a report where its filter says nothing; a wider `kind` of the reading success rate apart. */
export const REPORT_DEFAULTS = {
  bucket: 'day',
  layout: 'wide',
  kind: 'electricity',
  group: 'meter',
  most: 20,
  factor: 3,
} as const satisfies Partial<ReportFilter>
