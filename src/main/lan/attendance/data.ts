import type { Books } from '#core/attendance/books.ts'
import type { Viewer } from '#core/attendance/access.ts'
import { isVip } from '#core/attendance/quota.ts'
import type { ListedCorrection, ListedRecord } from '#core/attendance/lists.ts'
import { isForgotten, isLate } from '#core/attendance/gang.ts'
import { CODE, Refusal } from '#core/charging/refusal.ts'
import { requireUser } from '#core/charging/books.ts'
import { formatDateTime } from '#shared/time.ts'
import type { Fields, LanCall } from '../endpoint.ts'
import { integer, optionalTime } from '../params.ts'

/** What all that changes something has in common, */
export const ACTION = {
  side: 'user',
  session: 'always',
  shape: 'result',
  mutating: true,
  changes: ['attendance'],
} as const
/** and all that lists. */
export const LIST = { side: 'user', session: 'always', shape: 'page', mutating: false } as const

/** Who acts: the phone of the session and nobody else (interfaces §4). A phone without a person is 4. */
export function actorOf({ charging, sessionPhone }: LanCall): { phone: string; operator: null } {
  if (sessionPhone === null) throw new Refusal(CODE.unknownCaller, '请先登录')
  requireUser(charging.books, sessionPhone)
  return { phone: sessionPhone, operator: null }
}

export const viewerOf = (call: LanCall): Viewer => ({
  phone: actorOf(call).phone,
  staff: false,
  now: call.now,
})

/** a normal role watches an advertisement before it sees records. */
export const adRequired = (books: Books, { phone, now }: Viewer): boolean => !isVip(books, phone, now)

/** A time of the site's clock as the books count it. */
export function timeIn(fields: Fields, name: string): (books: Books) => number | undefined {
  const wall = optionalTime(fields, name)
  return (books) => (wall === undefined ? undefined : wall - books.zone())
}

/** 0: yes, 1: no */
export function decision(fields: Fields): boolean {
  const value = integer(fields, 'decision')
  if (value !== 0 && value !== 1) throw new Refusal(CODE.parameter, 'decision 应为 0 或 1')
  return value === 0
}

/** What has not happened yet has an empty time (U-10). */
export const textAt = (books: Books, at: number | null): string =>
  at === null ? '' : formatDateTime(at, books.zone())

export const RECORD_STATES = ['pending', 'confirmed', 'closed', 'rejected', 'cancelled'] as const
export const CORRECTION_STATES = ['pending', 'applied', 'rejected', 'withdrawn'] as const
const ROLES = ['owner', 'keeper', 'worker'] as const
export type RoleName = (typeof ROLES)[number]
/** 0 owner, 1 keeper, 2 worker */
export function roleOf(number: number | undefined): RoleName | undefined {
  if (number === undefined) return undefined
  const role = ROLES[number]
  if (!role) throw new Refusal(CODE.parameter, 'role 应为 0、1 或 2')
  return role
}

export const recordData = (books: Books, row: ListedRecord, now: number) => ({
  recordId: String(row.id),
  projectId: String(row.projectId),
  projectName: row.projectName,
  user: row.phone,
  userName: row.userName,
  state: RECORD_STATES.indexOf(row.state),
  requestTime: textAt(books, row.requestedAt),
  checkInTime: textAt(books, row.checkInAt),
  decideUser: row.decidedBy ?? '',
  decideTime: textAt(books, row.decidedAt),
  reason: row.reason,
  checkOutTime: textAt(books, row.checkOutAt),
  checkOutUser: row.checkOutBy ?? '',
  checkOutRecordTime: textAt(books, row.checkOutRecordedAt),
  minutes: row.minutes ?? 0,
  late: isLate(books, row, now),
  forgotten: isForgotten(books, row, now),
  subscribed: row.subscribed === 1,
  correctionId: row.pendingCorrection === null ? '' : String(row.pendingCorrection),
  corrected: row.corrected,
  overlap: row.elsewhere === 1,
})

export const correctionData = (books: Books, row: ListedCorrection) => ({
  correctionId: String(row.id),
  recordId: String(row.recordId),
  projectId: String(row.projectId),
  projectName: row.projectName,
  user: row.user,
  userName: row.userName,
  /** 1 keeper, 2 worker */
  byRole: ROLES.indexOf(row.byRole),
  byUser: row.byPhone,
  createTime: textAt(books, row.createdAt),
  oldCheckInTime: textAt(books, row.oldCheckInAt),
  oldCheckOutTime: textAt(books, row.oldCheckOutAt),
  checkInTime: textAt(books, row.newCheckInAt),
  checkOutTime: textAt(books, row.newCheckOutAt),
  note: row.note,
  state: CORRECTION_STATES.indexOf(row.state),
  decideUser: row.decidedBy ?? '',
  decideTime: textAt(books, row.decidedAt),
  reason: row.reason,
})
