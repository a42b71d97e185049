import type { Same } from '../key.ts'
import type { step as zh } from '../zh-CN/step.ts'

export const step: Same<typeof zh> = {
  catalogue: 'Reading the catalogue, page {{page}}',
  latest: 'Reading the latest values, page {{page}}',
  readings: 'Reading the values of {{day}}',
  fetch: 'Reading the history of this meter',
  addresses: 'reading buildings and rooms',
  balances: 'reading the balances of all rooms',
  meters: 'reading balances and meters of room {{room}}',
  records: 'reading recharges and costs of room {{room}}',
  regions: 'reading water regions',
  costs: 'reading water accounts, page {{page}}',
  flows: 'reading water flows, page {{page}}',
  payments: 'reading the payments of {{day}}',
  schedules: 'reading water jobs, page {{page}}',
  operations: 'reading the water operation log, page {{page}}',
  reconciling: 'comparing the recharges of {{day}} with the platform',
  attendanceMonth: 'reading the hours of {{month}}',
  reportRead: 'Computing the report',
  reportBook: 'Writing the workbook',
  meterImportJudge: 'Checking row by row',
  meterImportEnter: 'Entering',
  meterImportFollow: 'Counting usage anew',
  attendanceBook: 'writing the workbook',
}
