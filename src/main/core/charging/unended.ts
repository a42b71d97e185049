import { isLaidAside } from '../store/laid-aside.ts'
import type { Books } from './books.ts'
import { Refusal, type Code } from './refusal.ts'

/**
 * Payments whose provider may still take the money: without an end, or ended by staff without its word. Both are asked
 * about until it answers; one row with `n`.
 */
export const UNENDED = `SELECT
  (SELECT count(*) FROM order_pay_info WHERE (state = 0 AND provider <> 'offline') OR openThere = 1) +
  (SELECT count(*) FROM pmoney_charge_pay WHERE (state = 0 AND provider <> 'offline') OR openThere = 1) AS n`

/** Nothing begins at the provider's that the restored file would not ask about. Only inside `site.write`. */
export function refuseRestoring({ db }: Books, code: Code): void {
  if (isLaidAside(db)) throw new Refusal(code, '正在恢复数据，请稍后再付款')
}
