import type { Output } from '#shared/contract/index.ts'
import type { RowOf } from '../../ui/column.ts'
import type { Tone } from '../../ui/figures.tsx'

export type Batch = Output<'recharge.batchCheck'>
export type BatchRow = RowOf<'recharge.batchRows'>

export const BATCH_STATES = ['checked', 'running', 'paused', 'done', 'partial'] as const
export const BATCH_TONES: Readonly<Record<Batch['state'], Tone>> = {
  checked: 'neutral',
  running: 'neutral',
  paused: 'attention',
  done: 'good',
  partial: 'attention',
}

export const ROW_STATES = [
  'ready',
  'error',
  'same',
  'waiting',
  'running',
  'applied',
  'failed',
  'unknown',
] as const
export const ROW_TONES: Readonly<Record<BatchRow['state'], Tone>> = {
  ready: 'neutral',
  error: 'bad',
  same: 'neutral',
  waiting: 'neutral',
  running: 'neutral',
  applied: 'good',
  failed: 'bad',
  unknown: 'attention',
}

const ERRORS = [
  'roomMissing',
  'roomUnknown',
  'roomNotSelectable',
  'amountMissing',
  'amountInvalid',
  'amountNotPositive',
  'amountDecimals',
  'amountTooLarge',
  'restored',
] as const
export type RowError = (typeof ERRORS)[number]
export const ROW_ERRORS: readonly RowError[] = ERRORS
export const asRowError = (code: string | null) => ERRORS.find((one) => one === code)
