import type { StoredCorrection, StoredMember, StoredProject, StoredRecord } from './books.ts'

/**
 * What happened, and what it makes of a project, a membership, a record or a correction: pure functions, so that the
 * tables can be told again from the log alone (design §4).
 */
export type Fact = ProjectFact | MemberFact | RecordFact | CorrectionFact | NoteFact

interface By {
  readonly at: number
  /** whose phone acted; '' for an operator who acted for the desk */
  readonly byPhone: string
}

export type ProjectFact = By &
  (
    | { readonly kind: 'projectCreated'; readonly name: string }
    | {
        readonly kind: 'keeperSet'
        readonly phone: string
        readonly name: string
        readonly old: { readonly phone: string | null; readonly name: string }
      }
    | { readonly kind: 'projectDeleted' }
  )

export type MemberFact = By &
  (
    | { readonly kind: 'memberAdded'; readonly phone: string; readonly name: string }
    | { readonly kind: 'memberRenamed'; readonly name: string; readonly old: string }
    | { readonly kind: 'memberRemoved' }
    | { readonly kind: 'memberLeft' }
  )

export type RecordFact = By &
  (
    | { readonly kind: 'checkInRequested'; readonly phone: string; readonly checkInAt: number }
    | { readonly kind: 'checkInConfirmed' }
    | { readonly kind: 'checkInRejected'; readonly reason: string }
    | { readonly kind: 'checkInCancelled'; readonly reason: string }
    | { readonly kind: 'checkOutRecorded'; readonly checkOutAt: number }
    /** both sides agreed */
    | {
        readonly kind: 'timesCorrected'
        readonly correctionId: number
        readonly old: Times
        readonly new: Times
      }
  )

export interface Times {
  readonly checkInAt: number
  readonly checkOutAt: number | null
}

export type CorrectionFact = By &
  (
    | {
        readonly kind: 'correctionProposed'
        readonly side: 'keeper' | 'worker'
        readonly old: Times
        readonly new: Times
        readonly note: string
      }
    | { readonly kind: 'correctionApplied' }
    | { readonly kind: 'correctionRejected'; readonly reason: string }
    | { readonly kind: 'correctionWithdrawn' }
  )

/** Facts that leave the derived tables as they are. */
export type NoteFact = By &
  (
    | { readonly kind: 'subscribed' }
    | {
        readonly kind: 'periodLocked'
        readonly before: number
        readonly graceUntil: number
        readonly note: string
      }
    | { readonly kind: 'lockLifted'; readonly before: number; readonly reason: string }
    | { readonly kind: 'lockOverridden'; readonly until: number; readonly reason: string }
  )

type Row<T> = Omit<T, 'id'>

export type ProjectRow = Row<StoredProject>
export type MemberRow = Row<StoredMember>
export type RecordRow = Row<Omit<StoredRecord, 'minutes'>>
export type CorrectionRow = Row<StoredCorrection>

export function projectAfter(before: ProjectRow | null, fact: ProjectFact): ProjectRow {
  if (fact.kind === 'projectCreated')
    return {
      name: fact.name,
      ownerPhone: fact.byPhone,
      keeperPhone: null,
      keeperName: '',
      keeperSince: null,
      createdAt: fact.at,
      deletedAt: null,
    }
  const row = known(before)
  if (fact.kind === 'projectDeleted') return { ...row, deletedAt: fact.at }
  const same = row.keeperPhone === fact.phone
  return {
    ...row,
    keeperPhone: fact.phone,
    keeperName: fact.name,
    keeperSince: same ? row.keeperSince : fact.at,
  }
}

export function memberAfter(before: MemberRow | null, fact: MemberFact, projectId: number): MemberRow {
  if (fact.kind === 'memberAdded')
    return { projectId, phone: fact.phone, name: fact.name, addedAt: fact.at, removedAt: null }
  const row = known(before)
  return fact.kind === 'memberRenamed' ? { ...row, name: fact.name } : { ...row, removedAt: fact.at }
}

export function recordAfter(
  before: RecordRow | null,
  fact: RecordFact,
  of: { projectId: number; memberId: number },
): RecordRow {
  if (fact.kind === 'checkInRequested')
    return {
      ...of,
      phone: fact.phone,
      state: 'pending',
      requestedAt: fact.at,
      checkInAt: fact.checkInAt,
      decidedBy: null,
      decidedAt: null,
      reason: '',
      checkOutAt: null,
      checkOutBy: null,
      checkOutRecordedAt: null,
      correctionId: null,
    }
  const row = known(before)
  const decided = { decidedBy: fact.byPhone, decidedAt: fact.at }
  if (fact.kind === 'checkInConfirmed') return { ...row, ...decided, state: 'confirmed' }
  if (fact.kind === 'checkInRejected') return { ...row, ...decided, state: 'rejected', reason: fact.reason }
  if (fact.kind === 'checkInCancelled') return { ...row, ...decided, state: 'cancelled', reason: fact.reason }
  if (fact.kind === 'timesCorrected') return { ...row, ...fact.new, correctionId: fact.correctionId }
  return {
    ...row,
    state: 'closed',
    checkOutAt: fact.checkOutAt,
    checkOutBy: fact.byPhone,
    checkOutRecordedAt: fact.at,
  }
}

export function correctionAfter(
  before: CorrectionRow | null,
  fact: CorrectionFact,
  recordId: number,
): CorrectionRow {
  if (fact.kind === 'correctionProposed')
    return {
      recordId,
      byRole: fact.side,
      byPhone: fact.byPhone,
      createdAt: fact.at,
      oldCheckInAt: fact.old.checkInAt,
      oldCheckOutAt: fact.old.checkOutAt,
      newCheckInAt: fact.new.checkInAt,
      newCheckOutAt: fact.new.checkOutAt,
      note: fact.note,
      state: 'pending',
      decidedBy: null,
      decidedAt: null,
      reason: '',
    }
  const states = {
    correctionApplied: 'applied',
    correctionRejected: 'rejected',
    correctionWithdrawn: 'withdrawn',
  } as const
  return {
    ...known(before),
    state: states[fact.kind],
    decidedBy: fact.byPhone,
    decidedAt: fact.at,
    reason: fact.kind === 'correctionRejected' ? fact.reason : '',
  }
}

function known<T>(before: T | null): T {
  if (before === null) throw new Error('a fact about something that never began')
  return before
}
