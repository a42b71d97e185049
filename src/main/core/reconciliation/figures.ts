import type { ReconciliationDay, ReconciliationRecord } from '#shared/contract/reconciliation.ts'
import type { Ledger } from '../recharge/index.ts'
import { SETTLE_MS, type DaySpan } from './day.ts'
import { partition, sumsOf, type Sums } from './partition.ts'
import type { ReconciliationStore, StoredDay } from './store.ts'

/** What reconciling needs of the rooms. */
export interface RoomsPort {
  locate(roomId: string): { readonly path: string[] } | null
  /** active rooms of level 103 */
  allRooms(): string[]
  /** CE-7 into the history file */
  fetchRecharges(
    roomId: string,
    from: number,
    to: number,
    options?: { signal?: AbortSignal; urgent?: boolean },
  ): Promise<void>
}

export interface FigureParts {
  readonly store: ReconciliationStore
  readonly ledger: Ledger
  readonly rooms: RoomsPort
}

/** The column `signed_records`: what a person signed. */
export interface Signed {
  readonly sums: Sums
  readonly records: readonly ReconciliationRecord[]
}

/** The records of a day: as they were signed, or as both sides stand now. */
export function recordsOf(parts: FigureParts, span: DaySpan, row: StoredDay | null): Signed {
  if (row?.signed_records) return JSON.parse(row.signed_records) as Signed
  const records = compare(parts, span, row)
  return { records, sums: sumsOf(records) }
}

function compare({ store, ledger, rooms }: FigureParts, span: DaySpan, row: StoredDay | null) {
  const intents = ledger.between(span.from, span.to)
  const doneAt = store.rooms(span.day)
  const own = store.listedUnder(intents.map(({ outTradeNo }) => outTradeNo))
  const known = new Set(own.map(({ outTradeNo }) => outTradeNo))
  const touched = new Set(intents.map(({ roomId }) => roomId))
  const others = store
    .listedOn(span)
    .filter(
      ({ outTradeNo, roomId }) => !known.has(outTradeNo) && (row?.scope === 'all' || touched.has(roomId)),
    )
  // A number of ours from another day belongs to that day, where it is found by its number.
  const elsewhere = ledger.byNumbers(others.map(({ outTradeNo }) => outTradeNo))
  return partition({
    intents,
    upstream: [...own, ...others.filter(({ outTradeNo }) => !elsewhere.has(outTradeNo))],
    compared: ({ roomId, endedAt, createdAt }) =>
      (doneAt.get(roomId) ?? 0) >= (endedAt ?? createdAt) + SETTLE_MS,
    pathOf: (roomId) => rooms.locate(roomId)?.path ?? [roomId],
  })
}

/** `live`: its job runs at this moment; a day whose job was cut off is partial. */
export function dayOf(
  parts: FigureParts,
  span: DaySpan,
  row: StoredDay | null,
  live: boolean,
): ReconciliationDay {
  const { sums, records } = recordsOf(parts, span, row)
  const state = (row?.state ?? 'none') as ReconciliationDay['state']
  return {
    day: span.day,
    state: state === 'running' && !live ? 'partial' : state,
    scope: row?.scope === 'all' ? 'all' : 'touched',
    jobId: row?.job_id ?? null,
    ranAt: row?.ran_at ?? null,
    roomsDone: row?.rooms_done ?? 0,
    rooms: row?.rooms ?? 0,
    ...sums,
    signedBy: row?.signed_by ?? null,
    signedAt: row?.signed_at ?? null,
    note: row?.note ?? null,
    endedSince: row?.state === 'signed' ? endedSince(parts.ledger, records) : 0,
  }
}

const endedSince = (ledger: Ledger, records: readonly ReconciliationRecord[]) =>
  records.filter(
    ({ class: kind, intentId, state }) =>
      kind === 'waiting' && intentId !== null && (ledger.find(intentId)?.state ?? state) !== state,
  ).length
