import type { ReconciliationClass, ReconciliationDay } from '#shared/contract/reconciliation.ts'
import type { Tone } from '../../ui/figures.tsx'

export const CLASSES: readonly ReconciliationClass[] = [
  'matched',
  'onlyHere',
  'onlyUpstream',
  'differs',
  'waiting',
]

export const CLASS_TONES: Readonly<Record<ReconciliationClass, Tone>> = {
  matched: 'neutral',
  onlyHere: 'bad',
  onlyUpstream: 'attention',
  differs: 'bad',
  waiting: 'attention',
}

export const DAY_TONES: Readonly<Record<ReconciliationDay['state'], Tone>> = {
  none: 'neutral',
  running: 'neutral',
  partial: 'attention',
  complete: 'good',
  signed: 'neutral',
}

/** What a person must explain before the day is signed. */
export const restOf = (day: ReconciliationDay) =>
  CLASSES.filter((one) => one !== 'matched').reduce((sum, one) => sum + day[one].count, 0)

export const asClass = (text: string | undefined): ReconciliationClass | undefined =>
  CLASSES.find((one) => one === text)
