import type { ReportName } from '#shared/contract/reports.ts'

export const reportPath = (report: ReportName, query = '') =>
  `/reports/${report}${query === '' ? '' : `?${query}`}`
export const printPath = (report: ReportName, query = '') =>
  `/print/reports/${report}${query === '' ? '' : `?${query}`}`
export const dayPath = (day: string, version?: number) =>
  reportPath(
    'day',
    new URLSearchParams({ day, ...(version === undefined ? {} : { version: String(version) }) }).toString(),
  )
