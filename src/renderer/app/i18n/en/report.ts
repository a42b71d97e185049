import type { Same } from '../key.ts'
import type { report as zh } from '../zh-CN/report.ts'

export const report: Same<typeof zh> = {
  resumed: 'Went on where the last run stopped',
}
