import type { Generated } from 'kysely'

export type RecordState = 'pending' | 'confirmed' | 'closed' | 'rejected' | 'cancelled'
export type CorrectionState = 'pending' | 'applied' | 'rejected' | 'withdrawn'

/** Attendance in site.db (spec §3.7). Times in epoch ms. */
export interface AttendanceTables {
  att_project: {
    id: Generated<number>
    name: string
    ownerPhone: string
    keeperPhone: string | null
    keeperName: Generated<string>
    keeperSince: number | null
    createdAt: number
    deletedAt: number | null
  }
  att_member: {
    id: Generated<number>
    projectId: number
    phone: string
    name: string
    addedAt: number
    removedAt: number | null
  }
  /** everybody of it once, in the order in which he came; triggers fill it */
  att_person: { id: Generated<number>; phone: string }
  att_vip: { phone: string; expiresAt: number; setBy: string; setAt: number }
  att_record: {
    id: Generated<number>
    projectId: number
    memberId: number
    phone: string
    state: RecordState
    requestedAt: number
    checkInAt: number
    decidedBy: string | null
    decidedAt: number | null
    reason: Generated<string>
    checkOutAt: number | null
    checkOutBy: string | null
    checkOutRecordedAt: number | null
    correctionId: number | null
    minutes: Generated<number | null>
  }
  att_subscription: { recordId: number; phone: string; createdAt: number; notifiedAt: number | null }
  att_correction: {
    id: Generated<number>
    recordId: number
    byRole: 'keeper' | 'worker'
    byPhone: string
    createdAt: number
    oldCheckInAt: number
    oldCheckOutAt: number | null
    newCheckInAt: number
    newCheckOutAt: number | null
    note: Generated<string>
    state: CorrectionState
    decidedBy: string | null
    decidedAt: number | null
    reason: Generated<string>
  }
  att_fact: {
    id: Generated<number>
    at: number
    kind: string
    projectId: number
    memberId: number | null
    recordId: number | null
    correctionId: number | null
    byRole: 'owner' | 'keeper' | 'worker' | 'desk'
    byPhone: string
    operator: string | null
    /** JSON */
    data: string
  }
  att_lock: {
    id: Generated<number>
    projectId: number
    before: number
    graceUntil: number
    note: string
    liftedAt: number | null
  }
  att_override: { id: Generated<number>; recordId: number; reason: string; at: number; until: number }
}
