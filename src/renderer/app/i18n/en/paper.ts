import type { Same } from '../key.ts'
import type { paper as zh } from '../zh-CN/paper.ts'

export const paper: Same<typeof zh> = {
  practice: 'PRACTICE, VOID',
  print: 'Print',
  pdf: 'Save as PDF',
  hint: 'Prints what you see on A4; the print window can save it as PDF',
  printed: 'printed {{time}} by {{who}}',
}
