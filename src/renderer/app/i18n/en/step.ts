import type { Same } from '../key.ts'
import type { step as zh } from '../zh-CN/step.ts'

export const step: Same<typeof zh> = {
  catalogue: 'Reading the catalogue, page {{page}}',
  latest: 'Reading the latest values, page {{page}}',
  readings: 'Reading the values of {{day}}',
  fetch: 'Reading the history of this meter',
}
