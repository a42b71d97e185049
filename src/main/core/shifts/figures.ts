import type { Fen } from '#shared/money.ts'
import type { TenderSum } from '../recharge/index.ts'

export type TenderSums = readonly TenderSum[]

/** What must lie in the drawer. Cash of a sale that still waits is in the drawer all the same. */
export function expectedCash(parts: {
  readonly floatFen: Fen
  readonly movements: readonly { readonly amountFen: Fen }[]
  readonly tenders: TenderSums
  readonly cashRefundsFen: Fen
}): Fen {
  const cash = parts.tenders.find(({ tender }) => tender === 'cash')
  const moved = parts.movements.reduce((sum, { amountFen }) => sum + amountFen, 0)
  return parts.floatFen + moved + (cash ? cash.amountFen + cash.waitingFen : 0) - parts.cashRefundsFen
}

/** Pieces per denomination in fen → fen. */
export const countedTotal = (counted: Readonly<Record<string, number>>): Fen =>
  Object.entries(counted).reduce((sum, [denomination, pieces]) => sum + Number(denomination) * pieces, 0)

/** Sales that were applied, all tenders together. */
export const salesOf = (tenders: TenderSums) => ({
  sales: tenders.reduce((sum, { count }) => sum + count, 0),
  salesFen: tenders.reduce((sum, { amountFen }) => sum + amountFen, 0),
})
