import type { IntentState } from '#shared/contract/values.ts'
import type { Tone } from '../../ui/figures.tsx'

/** How a sale looks to the cashier: on its way, or one of three ends that cannot be confused. */
export type End = 'going' | 'applied' | 'failed' | 'unknown'

const ENDS: Readonly<Record<IntentState, End>> = {
  DRAFT: 'going',
  SENT: 'going',
  ACCEPTED: 'going',
  APPLIED: 'applied',
  REJECTED: 'failed',
  NOT_APPLIED: 'failed',
  UNKNOWN: 'unknown',
  DISPUTED: 'unknown',
}
export const endOf = (state: IntentState): End => ENDS[state]

/** Still without an outcome: shown at the side of the desk until it has one. */
export const OPEN_STATES: readonly IntentState[] = ['DRAFT', 'SENT', 'ACCEPTED', 'UNKNOWN', 'DISPUTED']
export const isOpen = (state: IntentState) => OPEN_STATES.includes(state)

const TONES: Readonly<Record<End, Tone>> = {
  going: 'neutral',
  applied: 'good',
  failed: 'bad',
  unknown: 'attention',
}
export const toneOf = (state: IntentState): Tone => TONES[endOf(state)]
