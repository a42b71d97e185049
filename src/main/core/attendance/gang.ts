import { startOfDay } from '#shared/time.ts'
import type { Books, StoredProject, StoredRecord } from './books.ts'
import { overriddenUntil } from './locks.ts'

/** Everybody of a project as he stands today: what a keeper confirms and ends in one go. */

export type Standing = 'idle' | 'pending' | 'working' | 'done'

export interface GangRow {
  readonly user: string
  readonly userName: string
  readonly standing: Standing
  /** the open record, or the last one of today */
  readonly recordId: number | null
  readonly requestedAt: number | null
  readonly checkInAt: number | null
  readonly checkOutAt: number | null
  /** of shifts that began today and have ended */
  readonly minutesToday: number
  /** nobody answered for too long */
  readonly late: boolean
  /** nobody ended it for too long; nothing is invented */
  readonly forgotten: boolean
  /** only proposed: his usual length after this check-in */
  readonly suggestedOut: number | null
  readonly subscribed: boolean
  readonly overriddenUntil: number | null
}

interface Found extends Omit<StoredRecord, 'id'> {
  readonly id: number
  readonly subscribed: number
}

export const isLate = (books: Books, { state, requestedAt }: StoredRecord, now: number): boolean =>
  state === 'pending' && now - requestedAt > books.rules().pendingFor

export const isForgotten = (books: Books, { state, checkInAt }: StoredRecord, now: number): boolean =>
  state === 'confirmed' && now - checkInAt > books.rules().forgottenAfter

/** What waits first, then who works, then the rest by name. */
export function gangOf(books: Books, project: StoredProject, user: string | null, now: number): GangRow[] {
  const people = books.db
    .statement<{ phone: string; name: string }>(
      `SELECT phone, name FROM att_member WHERE projectId = ? AND removedAt IS NULL AND (? IS NULL OR phone = ?)
       ORDER BY name, phone`,
    )
    .all(project.id, user, user)
  const today = startOfDay(now, books.zone())
  const records = books.db
    .statement<Found>(
      `SELECT r.*, EXISTS (SELECT 1 FROM att_subscription s WHERE s.recordId = r.id) AS subscribed FROM att_record r
       WHERE r.projectId = ? AND (r.state IN ('pending', 'confirmed') OR (r.state = 'closed' AND r.checkInAt >= ?))
       ORDER BY r.checkInAt, r.id`,
    )
    .all(project.id, today)
  const byPhone = Map.groupBy(records, ({ phone }) => phone)
  return people
    .map(({ phone, name }) => rowOf(books, { phone, name, records: byPhone.get(phone) ?? [] }, now))
    .toSorted((a, b) => ORDER[a.standing] - ORDER[b.standing])
}

const ORDER: Readonly<Record<Standing, number>> = { pending: 0, working: 1, idle: 2, done: 3 }
const STANDINGS: Readonly<Partial<Record<StoredRecord['state'], Standing>>> = {
  pending: 'pending',
  confirmed: 'working',
  closed: 'done',
}

function rowOf(
  books: Books,
  { phone, name, records }: { phone: string; name: string; records: readonly Found[] },
  now: number,
): GangRow {
  const open = records.find(({ state }) => state !== 'closed')
  const shown = open ?? records.at(-1)
  return {
    user: phone,
    userName: name,
    standing: (shown && STANDINGS[shown.state]) ?? 'idle',
    recordId: shown?.id ?? null,
    requestedAt: shown?.requestedAt ?? null,
    checkInAt: shown?.checkInAt ?? null,
    checkOutAt: shown?.checkOutAt ?? null,
    minutesToday: records.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0),
    late: open !== undefined && isLate(books, open, now),
    forgotten: open !== undefined && isForgotten(books, open, now),
    suggestedOut: open !== undefined && isForgotten(books, open, now) ? usualEnd(books, open) : null,
    subscribed: shown?.subscribed === 1,
    overriddenUntil: shown === undefined ? null : overriddenUntil(books, shown.id, now),
  }
}

/** Shifts that make what is usual. */
const USUAL_OF = 10

/** The middle of his last shifts; null where he has none. */
export function usualEnd({ db }: Books, { projectId, phone, checkInAt }: StoredRecord): number | null {
  const lengths = db
    .statement<{ length: number }>(
      `SELECT checkOutAt - checkInAt AS length FROM att_record WHERE phone = ? AND projectId = ? AND state = 'closed'
       AND checkInAt < ? ORDER BY checkInAt DESC LIMIT ${USUAL_OF}`,
    )
    .all(phone, projectId, checkInAt)
    .map(({ length }) => length)
    .toSorted((a, b) => a - b)
  const middle = lengths[lengths.length >> 1]
  return middle === undefined ? null : checkInAt + middle
}
