import type { IntentRow } from '#shared/contract/recharge.ts'
import type { IntentState, Tender } from '#shared/contract/values.ts'
import type { RechargeTables } from '../store/schema-recharge.ts'
import type { SiteDatabase } from '../store/store.ts'
import { mayResend, type Facts, type Memory } from './machine.ts'

export type StoredIntent = RechargeTables['recharge_intent']
type StoredRefund = RechargeTables['refund']

/** States whose money may be on its way or is not told yet. */
export const OPEN_STATES = ['DRAFT', 'SENT', 'ACCEPTED', 'UNKNOWN', 'DISPUTED'] as const
export const IN_FLIGHT: ReadonlySet<string> = new Set(['DRAFT', 'SENT', 'ACCEPTED'])

export const stateOf = (row: StoredIntent) => row.state as IntentState
export const memoryOf = (row: StoredIntent) => JSON.parse(row.memory) as Memory

/** The newest refund of an intent that was not refused, else the newest refused one. */
function refundsOf(site: SiteDatabase, ids: readonly string[]): Map<string, StoredRefund> {
  const refunds = site.all(
    site.query
      .selectFrom('refund')
      .selectAll()
      .where('intent_id', 'in', ids)
      .orderBy((e) => e('state', '=', 'refused'), 'desc')
      .orderBy('requested_at'),
  )
  return new Map(refunds.map((refund) => [refund.intent_id, refund]))
}

function receiptsOf(site: SiteDatabase, ids: readonly string[]): Map<string, string> {
  const receipts = site.all(
    site.query.selectFrom('receipt').select(['intent_id', 'number']).where('intent_id', 'in', ids),
  )
  return new Map(receipts.map((receipt) => [receipt.intent_id, receipt.number]))
}

const refundRow = (row: StoredRefund): NonNullable<IntentRow['refund']> => ({
  id: row.id,
  intentId: row.intent_id,
  reason: row.reason,
  requestedBy: row.requested_by,
  requestedAt: row.requested_at,
  state: row.state as 'requested' | 'approved' | 'refused' | 'posted',
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  decisionReason: row.decision_reason,
  postedNote: row.posted_note,
  postedBy: row.posted_by,
  postedAt: row.posted_at,
})

function intentRow(
  row: StoredIntent,
  refund: StoredRefund | undefined,
  receiptNo: string | undefined,
): IntentRow {
  const state = stateOf(row)
  return {
    id: row.id,
    outTradeNo: row.out_trade_no,
    state,
    roomId: row.room_id,
    roomPath: JSON.parse(row.room_path) as string[],
    amountFen: row.amount_fen,
    tender: row.tender as Tender,
    operator: row.operator,
    shiftId: row.shift_id,
    balanceBeforeFen: row.balance_before_fen,
    balanceAfterFen: row.balance_after_fen,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    // written in fractions once
    nextCheckAt: row.next_check_at === null ? null : Math.ceil(row.next_check_at),
    receiptNo: receiptNo ?? null,
    batchId: row.batch_id,
    canResend: mayResend({ state, memory: memoryOf(row) }),
    needsPerson: needsPerson(row),
    refund: refund ? refundRow(refund) : null,
  }
}

/** DISPUTED, or the platform was asked for a day without an end (§7.1). */
const needsPerson = (row: StoredIntent) =>
  row.state === 'DISPUTED' || (row.state === 'UNKNOWN' && row.next_check_at === null)

/** Rows for people, with their refund and receipt. */
export function intentRows(site: SiteDatabase, rows: readonly StoredIntent[]): IntentRow[] {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const refunds = inParts(ids, (part) => refundsOf(site, part))
  const receipts = inParts(ids, (part) => receiptsOf(site, part))
  return rows.map((row) => intentRow(row, refunds.get(row.id), receipts.get(row.id)))
}

/** SQLite takes so many values at a time. */
const MOST_VALUES = 10_000

export function inParts<V>(
  keys: readonly string[],
  read: (part: readonly string[]) => Map<string, V>,
): Map<string, V> {
  if (keys.length <= MOST_VALUES) return keys.length === 0 ? new Map() : read(keys)
  const all = new Map<string, V>()
  for (let at = 0; at < keys.length; at += MOST_VALUES)
    for (const [key, value] of read(keys.slice(at, at + MOST_VALUES))) all.set(key, value)
  return all
}

export function eventsOf(site: SiteDatabase, intentId: string) {
  const events = site.all(
    site.query.selectFrom('recharge_event').selectAll().where('intent_id', '=', intentId).orderBy('seq'),
  )
  return events.map((event) => ({
    at: event.at,
    state: event.state as IntentState,
    code: event.code,
    ...(event.data === null ? {} : { data: JSON.parse(event.data) as Facts }),
    operator: event.operator,
  }))
}
