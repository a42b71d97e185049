import type { IntentRow } from '#shared/contract/recharge.ts'
import type { IntentState } from '#shared/contract/values.ts'
import type { ReconciliationClass, ReconciliationRecord } from '#shared/contract/reconciliation.ts'
import type { Fen } from '#shared/money.ts'

/** A recharge as the platform lists it, under the room it was asked for (C-36). */
export interface UpstreamRecord {
  readonly roomId: string
  readonly outTradeNo: string
  readonly amountFen: Fen | null
  readonly tradeType: string
  readonly at: number
}

export type DayIntent = Pick<
  IntentRow,
  'id' | 'outTradeNo' | 'state' | 'roomId' | 'roomPath' | 'amountFen' | 'operator' | 'createdAt' | 'endedAt'
>

export interface DayParts {
  /** intents made on the day */
  readonly intents: readonly DayIntent[]
  /** records under the numbers of those intents, whenever, and records of the day under no number of ours */
  readonly upstream: readonly UpstreamRecord[]
  /** whether the room was compared late enough to hold this intent's record */
  compared(intent: DayIntent): boolean
  pathOf(roomId: string): readonly string[]
}

const OPEN: ReadonlySet<IntentState> = new Set(['DRAFT', 'SENT', 'ACCEPTED', 'UNKNOWN', 'DISPUTED'])

/**
 * Every intent and every upstream record in exactly one class. All records under one of our numbers are one record
 * here, since two of them are a difference. An intent that ended without posting and is not listed upstream is no
 * record: both sides say that nothing happened.
 */
export function partition({ intents, upstream, compared, pathOf }: DayParts): ReconciliationRecord[] {
  const numbers = new Set(intents.map(({ outTradeNo }) => outTradeNo))
  const listed = Map.groupBy(upstream, ({ outTradeNo }) => outTradeNo)
  const ours = intents.flatMap((intent) => {
    const found = listed.get(intent.outTradeNo) ?? []
    const kind = classOf(intent, found, compared(intent))
    return kind ? [ourRecord(kind, intent, found)] : []
  })
  const theirs = upstream.filter(({ outTradeNo }) => !numbers.has(outTradeNo))
  return [...ours, ...theirs.map((row) => theirRecord(row, pathOf(row.roomId)))].sort(
    (a, b) => a.at - b.at || (a.outTradeNo < b.outTradeNo ? -1 : 1),
  )
}

function classOf(
  intent: DayIntent,
  found: readonly UpstreamRecord[],
  compared: boolean,
): ReconciliationClass | null {
  if (OPEN.has(intent.state)) return 'waiting'
  if (intent.state !== 'APPLIED') return found.length === 0 ? null : 'differs'
  const [one] = found
  if (!one) return compared ? 'onlyHere' : 'waiting'
  const same = one.roomId === intent.roomId && one.amountFen === intent.amountFen
  return found.length === 1 && same ? 'matched' : 'differs'
}

function ourRecord(
  kind: ReconciliationClass,
  intent: DayIntent,
  found: readonly UpstreamRecord[],
): ReconciliationRecord {
  const amounts = found.flatMap(({ amountFen }) => (amountFen === null ? [] : [amountFen]))
  return {
    class: kind,
    outTradeNo: intent.outTradeNo,
    intentId: intent.id,
    state: intent.state,
    roomId: intent.roomId,
    roomPath: [...intent.roomPath],
    hereFen: intent.state === 'APPLIED' || kind === 'waiting' ? intent.amountFen : 0,
    upstreamFen: amounts.length === 0 ? null : amounts.reduce((sum, fen) => sum + fen, 0),
    at: intent.createdAt,
    operator: intent.operator,
    tradeType: found[0]?.tradeType ?? null,
  }
}

const theirRecord = (row: UpstreamRecord, roomPath: readonly string[]): ReconciliationRecord => ({
  class: 'onlyUpstream',
  outTradeNo: row.outTradeNo,
  intentId: null,
  state: null,
  roomId: row.roomId,
  roomPath: [...roomPath],
  hereFen: null,
  upstreamFen: row.amountFen,
  at: row.at,
  operator: null,
  tradeType: row.tradeType,
})

export type Sums = Record<ReconciliationClass, { count: number; hereFen: Fen; upstreamFen: Fen }>

export function sumsOf(records: readonly ReconciliationRecord[]): Sums {
  const none = () => ({ count: 0, hereFen: 0, upstreamFen: 0 })
  const sums = { matched: none(), onlyHere: none(), onlyUpstream: none(), differs: none(), waiting: none() }
  for (const { class: kind, hereFen, upstreamFen } of records) {
    const sum = sums[kind]
    sum.count++
    sum.hereFen += hereFen ?? 0
    sum.upstreamFen += upstreamFen ?? 0
  }
  return sums
}
