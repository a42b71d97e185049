import type { ShiftRow } from '#shared/contract/shifts.ts'
import type { Tone } from '../../ui/figures.tsx'

/** Only a shift that waits for a signature needs a person. */
export const STATE_TONES: Readonly<Record<ShiftRow['state'], Tone>> = {
  open: 'good',
  closed: 'attention',
  signed: 'neutral',
}
