import type { Same } from '../key.ts'
import type { report as zh } from '../zh-CN/report.ts'

export const report: Same<typeof zh> = {
  resumed: 'Went on where the last run stopped',
  windowsDone: 'Periods fetched: {{count}}',
  rows: 'Rows received: {{count}}',
  quarantined: 'Rows that could not be understood, now in quarantine: {{count}}',
  retired: 'Meters missing from the last complete list, marked removed, history kept: {{count}}',
  unstable: '{{dataset}} {{from}} to {{to}}: the vendor’s data changed meanwhile; it is read again next time',
  windowPartial: '{{dataset}} {{from}} to {{to}} is unfinished: {{reason}}',
  datasetFailed: '{{dataset}} is unfinished: {{reason}}',
  notSupported: 'The vendor system has no such interface: {{dataset}}',
  gaveUp: '{{dataset}}: {{windows}} periods failed in a row, stopped; the next run goes on from there',
}
