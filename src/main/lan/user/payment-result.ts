import type { ResultInfo } from '../endpoint.ts'

export type PaymentState = 'none' | 'pending' | 'success' | 'failed'

/**
 * U-27: 0 is success in an answer and pending in the books. What waits is a failure with its reason; `state` is the
 * number of the books, for those that know it.
 */
const RESULTS: Readonly<Record<PaymentState, ResultInfo>> = {
  success: { result: 0, reason: '', state: 1 },
  pending: { result: 1, reason: '待支付', state: 0 },
  none: { result: 1, reason: '待支付', state: 0 },
  failed: { result: 1, reason: '支付失败', state: 2 },
}

export const paymentResult = (state: PaymentState): ResultInfo => RESULTS[state]

/** `state` of order_pay_info and pmoney_charge_pay. */
export const storedState = (state: number): PaymentState =>
  state === 1 ? 'success' : state === 2 ? 'failed' : 'pending'
