import type { Fen } from '#shared/money.ts'
import { HOUR, MINUTE } from '#shared/time.ts'
import type { CampusClient, CampusRecharge, CallOptions } from '../upstream/index.ts'
import type { Facts, MachineEvent } from './machine.ts'
import type { StoredIntent } from './rows.ts'

/** The platform's clock may be off by that much beyond what its headers told (F-25). */
const SLACK_MS = 2 * HOUR
/** One room has few recharges in such a span: one page holds them. */
const PAGE_SIZE = 1000
/** F-34 */
export const ELSEWHERE_MS = 10 * MINUTE

export interface Span {
  readonly from: number
  readonly to: number
}

export const spanOf = (row: StoredIntent, now: number, skewMs: number): Span => ({
  // the clock may have been set back since
  from: Math.min(row.created_at, now) + skewMs - SLACK_MS,
  to: now + skewMs + SLACK_MS,
})

async function listed(campus: CampusClient, roomId: string, span: Span, options: CallOptions) {
  const page = await campus.roomBuyRecord({ roomId, ...span, page: 1, pageSize: PAGE_SIZE }, options)
  return page.rows
}

/** Whether the platform lists the number once, in this room, with this amount (C-27). */
export async function amountOf(
  campus: CampusClient,
  row: StoredIntent,
  span: Span,
  options: CallOptions,
): Promise<Extract<MachineEvent, { type: 'amount' }>> {
  const rows = await listed(campus, row.room_id, span, options)
  return compare(
    rows.filter((one) => one.outTradeNo === row.out_trade_no),
    row.amount_fen,
  )
}

function compare(rows: readonly CampusRecharge[], amountFen: Fen): Extract<MachineEvent, { type: 'amount' }> {
  const [first] = rows
  if (!first) return { type: 'amount', result: 'notListed' }
  const same = rows.length === 1 && first.amount.fen === amountFen && first.amount.exact
  if (same) return { type: 'amount', result: 'same' }
  const facts: Facts = { listed: rows.map((one) => one.amount.raw).join(' + '), times: rows.length }
  return { type: 'amount', result: 'differs', facts }
}

/** Another order of this amount in this room, ten minutes before the sale or later (F-34); null: none. */
export async function elsewhere(
  campus: CampusClient,
  row: StoredIntent,
  span: Span,
  options: CallOptions,
): Promise<CampusRecharge | null> {
  const from = span.from + SLACK_MS - ELSEWHERE_MS
  const rows = await listed(campus, row.room_id, { ...span, from }, options)
  return rows.find((one) => one.outTradeNo !== row.out_trade_no && one.amount.fen === row.amount_fen) ?? null
}
