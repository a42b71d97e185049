import {
  correctionOf,
  projectOf,
  recordOf,
  requireLive,
  requireNotFuture,
  wholeSecond,
  type Actor,
  type Books,
  type StoredCorrection,
  type StoredProject,
  type StoredRecord,
} from './books.ts'
import type { Times } from './facts.ts'
import { requireUnlocked } from './locks.ts'
import { beginCorrection, changeCorrection, changeRecord } from './log.ts'
import { refuse } from './refusals.ts'
import { requireFree } from './shifts.ts'

/**
 * A counted time moves only when the keeper's side and the worker agree. The keeper's side is whoever keeps the
 * project now. Everything only inside `site.write`.
 */
export type Side = 'keeper' | 'worker'

/** On which side of a record somebody stands; null: on none. Nobody answers for a worker at the console. */
export function sideOf(
  project: StoredProject,
  record: StoredRecord,
  { phone, operator }: Actor,
): Side | null {
  if (operator === null && record.phone === phone) return 'worker'
  return project.keeperPhone !== null && project.keeperPhone === phone && record.phone !== phone
    ? 'keeper'
    : null
}

/** the ends of a confirmed or closed record, nothing else of it. */
export function proposeCorrection(
  books: Books,
  actor: Actor,
  wanted: {
    recordId: string
    checkInAt?: number | undefined
    checkOutAt?: number | undefined
    note?: string | undefined
  },
  now: number,
): number {
  const record = recordOf(books, wanted.recordId)
  const project = projectOf(books, record.projectId)
  const side = sideOf(project, record, actor)
  if (side === null) throw refuse('notParty')
  requireLive(project)
  if (record.state !== 'confirmed' && record.state !== 'closed') throw refuse('notCounted')
  const old = timesOf(record)
  if (wanted.checkOutAt !== undefined && old.checkOutAt === null) throw refuse('notClosed')
  const next: Times = {
    checkInAt: wanted.checkInAt === undefined ? old.checkInAt : wholeSecond(wanted.checkInAt),
    checkOutAt: wanted.checkOutAt === undefined ? old.checkOutAt : wholeSecond(wanted.checkOutAt),
  }
  if (next.checkInAt === old.checkInAt && next.checkOutAt === old.checkOutAt) throw refuse('noChange')
  requireSound(books, record, next, now)
  const pending = books.db
    .statement(`SELECT 1 FROM att_correction WHERE recordId = ? AND state = 'pending'`)
    .get(record.id)
  if (pending) throw refuse('correctionPending')
  return beginCorrection(books, { actor, role: side, now }, record, {
    kind: 'correctionProposed',
    side,
    old,
    new: next,
    note: wanted.note ?? '',
  })
}

const timesOf = ({ checkInAt, checkOutAt }: StoredRecord): Times => ({ checkInAt, checkOutAt })

/** Order, not in the future, not over another shift, not in a locked period. */
function requireSound(books: Books, record: StoredRecord, next: Times, now: number): void {
  if (next.checkOutAt !== null && next.checkOutAt <= next.checkInAt) throw refuse('order')
  requireNotFuture(next.checkOutAt ?? next.checkInAt, now)
  requireUnlocked(books, record, [record.checkInAt, next.checkInAt], now)
  requireFree(books, record, next.checkInAt, next.checkOutAt)
}

/** The other side's answer; on yes everything is looked at again. */
export function decideCorrection(
  books: Books,
  actor: Actor,
  wanted: { correctionId: string; accept: boolean; reason?: string | undefined },
  now: number,
): void {
  const correction = correctionOf(books, wanted.correctionId)
  const record = recordOf(books, correction.recordId)
  const project = projectOf(books, record.projectId)
  const side = sideOf(project, record, actor)
  if (side === null) throw refuse('notParty')
  if (side === correction.byRole || actor.phone === correction.byPhone) throw refuse('notOtherSide')
  requireLive(project)
  if (correction.state !== 'pending') throw refuse('correctionDecided')
  const act = { actor, role: side, now }
  if (!wanted.accept)
    return changeCorrection(books, act, correction, {
      kind: 'correctionRejected',
      reason: wanted.reason ?? '',
    })
  if (record.checkInAt !== correction.oldCheckInAt || record.checkOutAt !== correction.oldCheckOutAt)
    throw refuse('stale')
  const next = proposed(correction)
  requireSound(books, record, next, now)
  changeCorrection(books, act, correction, { kind: 'correctionApplied' })
  changeRecord(books, act, record, {
    kind: 'timesCorrected',
    correctionId: correction.id,
    old: timesOf(record),
    new: next,
  })
}

const proposed = (correction: StoredCorrection): Times => ({
  checkInAt: correction.newCheckInAt,
  checkOutAt: correction.newCheckOutAt,
})

/** by the side that asked. */
export function withdrawCorrection(books: Books, actor: Actor, correctionId: string, now: number): void {
  const correction = correctionOf(books, correctionId)
  const record = recordOf(books, correction.recordId)
  const project = projectOf(books, record.projectId)
  const side = sideOf(project, record, actor)
  if (side === null) throw refuse('notParty')
  if (side !== correction.byRole) throw refuse('notThisSide')
  requireLive(project)
  if (correction.state !== 'pending') throw refuse('correctionDecided')
  changeCorrection(books, { actor, role: side, now }, correction, { kind: 'correctionWithdrawn' })
}
