import type { Same } from '../key.ts'
import type { step as zh } from '../zh-CN/step.ts'

export const step: Same<typeof zh> = {
  catalogue: 'Reading the catalogue',
  latest: 'Reading the latest values',
  readings: 'Reading the history {{day}}',
  index: 'Building the search index',
}
