import type { PaymentResult } from '#core/charging/providers.ts'
import { z } from '#shared/z.ts'

/** A transaction as WeChat Pay tells it, asked or in a notification. */
const transaction = z.object({
  mchid: z.string(),
  out_trade_no: z.string(),
  trade_state: z.string(),
  transaction_id: z.string().optional(),
  success_time: z.string().optional(),
})

/** Nothing can come of these any more. */
const FAILED = ['CLOSED', 'REVOKED', 'PAYERROR']
/** The money came; `REFUND`: and some of it went back since, by the merchant's own doing. */
const PAID = ['SUCCESS', 'REFUND']

const PENDING: PaymentResult = { state: 'pending', transactionId: null, paidAt: null }

/** Null: not what was asked for. */
export function resultOf(
  json: unknown,
  { mchId, reference }: { mchId: string; reference?: string },
): (PaymentResult & { reference: string }) | null {
  const parsed = transaction.safeParse(json)
  if (!parsed.success) return null
  const { mchid, out_trade_no, trade_state, transaction_id, success_time } = parsed.data
  if (mchid !== mchId || (reference !== undefined && out_trade_no !== reference)) return null
  if (FAILED.includes(trade_state)) return { ...PENDING, state: 'failed', reference: out_trade_no }
  if (!PAID.includes(trade_state)) return { ...PENDING, reference: out_trade_no }
  const paidAt = Date.parse(success_time ?? '')
  if (transaction_id === undefined || Number.isNaN(paidAt)) return null
  return { state: 'success', transactionId: transaction_id, paidAt, reference: out_trade_no }
}

export const STILL_PENDING = PENDING
