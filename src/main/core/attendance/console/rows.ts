import type {
  AttendanceCorrection,
  AttendanceProject,
  AttendanceRecord,
  attendanceFact,
  attendanceMember,
} from '#shared/contract/attendance.ts'
import { MINUTE } from '#shared/time.ts'
import type { z } from '#shared/z.ts'
import type { Actor, Books, StoredFact } from '../books.ts'
import { sideOf } from '../corrections.ts'
import { projectOf, recordOf } from '../books.ts'
import { isForgotten, isLate } from '../gang.ts'
import type { ListedCorrection, ListedMember, ListedProject, ListedRecord } from '../lists.ts'
import { lockOf } from '../locks.ts'

/** Rows as the contract shows them. */

export function projectRow(books: Books, row: ListedProject): AttendanceProject {
  const lock = lockOf(books, row.id)
  return {
    projectId: String(row.id),
    projectName: row.name,
    owner: row.ownerPhone,
    ownerName: row.ownerName,
    keeper: row.keeperPhone,
    keeperName: row.keeperName,
    keeperSince: row.keeperSince,
    createdAt: row.createdAt,
    deletedAt: row.deletedAt,
    members: row.members,
    open: row.open,
    pending: row.pending,
    corrections: row.corrections,
    roles: [
      ...(row.isOwner === 1 ? (['owner'] as const) : []),
      ...(row.isKeeper === 1 ? (['keeper'] as const) : []),
      ...(row.isWorker === 1 ? (['worker'] as const) : []),
    ],
    lock: lock ? { before: lock.before, graceUntil: lock.graceUntil, note: lock.note } : null,
  }
}

export const memberRow = (row: ListedMember): z.infer<typeof attendanceMember> => ({
  user: row.phone,
  userName: row.name,
  addedAt: row.addedAt,
  removedAt: row.removedAt,
  known: row.known === 1,
})

export function recordRow(books: Books, row: ListedRecord, now: number): AttendanceRecord {
  return {
    recordId: String(row.id),
    projectId: String(row.projectId),
    projectName: row.projectName,
    user: row.phone,
    userName: row.userName,
    state: row.state,
    requestedAt: row.requestedAt,
    checkInAt: row.checkInAt,
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt,
    reason: row.reason,
    checkOutAt: row.checkOutAt,
    checkOutBy: row.checkOutBy,
    checkOutRecordedAt: row.checkOutRecordedAt,
    minutes: row.minutes,
    late: isLate(books, row, now),
    forgotten: isForgotten(books, row, now),
    subscribed: row.subscribed === 1,
    pendingCorrectionId: row.pendingCorrection === null ? null : String(row.pendingCorrection),
    corrected: row.corrected,
    elsewhere: row.elsewhere === 1,
  }
}

const timesRow = (checkInAt: number, checkOutAt: number | null) => ({
  checkInAt,
  checkOutAt,
  minutes: checkOutAt === null ? null : Math.floor((checkOutAt - checkInAt) / MINUTE),
})

/** `actor` null: an operator without a phone, who may answer nothing. */
export function correctionRow(
  books: Books,
  row: ListedCorrection,
  { actor, now }: { actor: Actor | null; now: number },
): AttendanceCorrection {
  const pending = row.state === 'pending'
  const side =
    actor && pending ? sideOf(projectOf(books, row.projectId), recordOf(books, row.recordId), actor) : null
  const toKeeper = row.byRole === 'worker'
  return {
    correctionId: String(row.id),
    recordId: String(row.recordId),
    projectId: String(row.projectId),
    projectName: row.projectName,
    user: row.user,
    userName: row.userName,
    byRole: row.byRole,
    byPhone: row.byPhone,
    createdAt: row.createdAt,
    old: timesRow(row.oldCheckInAt, row.oldCheckOutAt),
    new: timesRow(row.newCheckInAt, row.newCheckOutAt),
    note: row.note,
    state: row.state,
    waitsFor: !pending
      ? null
      : toKeeper
        ? { side: 'keeper', phone: row.keeperPhone, name: row.keeperName }
        : { side: 'worker', phone: row.user, name: row.userName },
    waitingMs: pending ? Math.max(0, now - row.createdAt) : null,
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt,
    reason: row.reason,
    mayDecide: side !== null && side !== row.byRole && actor?.phone !== row.byPhone,
    mayWithdraw: side !== null && side === row.byRole,
  }
}

interface ListedFact extends StoredFact {
  readonly byName: string
  /** whose membership it is about */
  readonly memberPhone: string | null
  readonly memberName: string | null
}

/** What is told: of one record; of a project and all who came and went, or of what `user` may see of that. */
type FactsOf = { readonly recordId: number } | { readonly user: string | null }

/** What happened, with the names of those who did it. */
export function factRows({ db }: Books, projectId: number, of: FactsOf): z.infer<typeof attendanceFact>[] {
  const [where, value] =
    'recordId' in of
      ? ['f.recordId = ?', of.recordId]
      : ['f.recordId IS NULL AND (w.phone IS NULL OR w.phone = coalesce(?, w.phone))', of.user]
  const rows = db
    .statement<ListedFact>(
      `SELECT f.*, w.phone AS memberPhone, w.name AS memberName, coalesce(
         (SELECT m.name FROM att_member m WHERE m.projectId = f.projectId AND m.phone = f.byPhone ORDER BY m.id DESC LIMIT 1),
         (SELECT p.keeperName FROM att_project p WHERE p.id = f.projectId AND p.keeperPhone = f.byPhone),
         (SELECT u.userName FROM user_info u WHERE u.user = f.byPhone), '') AS byName
       FROM att_fact f LEFT JOIN att_member w ON w.id = f.memberId WHERE f.projectId = ? AND ${where} ORDER BY f.id`,
    )
    .all(projectId, value)
  return rows.map((row) => ({
    id: String(row.id),
    at: row.at,
    kind: row.kind,
    byRole: row.byRole,
    byPhone: row.byPhone,
    byName: row.byName,
    operator: row.operator,
    data: {
      ...(row.recordId === null && row.memberPhone !== null
        ? { phone: row.memberPhone, name: row.memberName }
        : {}),
      ...(JSON.parse(row.data) as Record<string, unknown>),
    },
  }))
}
