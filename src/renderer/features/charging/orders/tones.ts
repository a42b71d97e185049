import type { OrderRow } from '#shared/contract/orders.ts'
import type { Tone } from '../../../ui/figures.tsx'

/** Only what needs a person has a colour. */
export const ORDER_TONES: Readonly<Record<OrderRow['state'], Tone>> = {
  unpaid: 'attention',
  pending: 'attention',
  settled: 'neutral',
  cancelled: 'neutral',
}

export const isOpen = ({ state }: Pick<OrderRow, 'state'>): boolean =>
  state === 'unpaid' || state === 'pending'

/** 30-minute units (U-09) as hours: `1.5` */
export const hoursOf = (units: number): string => String(units / 2)
