import { z } from '../z.ts'
import { instant } from './define.ts'

/** Rows of attendance: shifts, corrections of their times, and who wants to be told. */
export const recordState = z.enum(['pending', 'confirmed', 'closed', 'rejected', 'cancelled'])
export const correctionState = z.enum(['pending', 'applied', 'rejected', 'withdrawn'])

export const attendanceRecord = z.object({
  recordId: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  user: z.string(),
  userName: z.string(),
  state: recordState,
  requestedAt: instant,
  /** as the worker asked for it, or as both sides corrected it */
  checkInAt: instant,
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  reason: z.string(),
  checkOutAt: instant.nullable(),
  checkOutBy: z.string().nullable(),
  checkOutRecordedAt: instant.nullable(),
  minutes: z.int().nullable(),
  /** a request that nobody answered for too long */
  late: z.boolean(),
  /** a shift that nobody ended for too long */
  forgotten: z.boolean(),
  subscribed: z.boolean(),
  /** the correction that waits for its answer */
  pendingCorrectionId: z.string().nullable(),
  /** corrections that both sides agreed on */
  corrected: z.int(),
  /** at work in another project at that time; only in a list of one worker */
  elsewhere: z.boolean(),
})
export type AttendanceRecord = z.infer<typeof attendanceRecord>

const times = z.object({ checkInAt: instant, checkOutAt: instant.nullable(), minutes: z.int().nullable() })

export const attendanceCorrection = z.object({
  correctionId: z.string(),
  recordId: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  user: z.string(),
  userName: z.string(),
  byRole: z.enum(['keeper', 'worker']),
  byPhone: z.string(),
  createdAt: instant,
  old: times,
  new: times,
  note: z.string(),
  state: correctionState,
  /** the side that has to answer, and who that is now */
  waitsFor: z
    .object({ side: z.enum(['keeper', 'worker']), phone: z.string().nullable(), name: z.string() })
    .nullable(),
  /** ms since it was asked for; null once it was answered */
  waitingMs: z.int().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  reason: z.string(),
  /** what this operator may do with it now */
  mayDecide: z.boolean(),
  mayWithdraw: z.boolean(),
})
export type AttendanceCorrection = z.infer<typeof attendanceCorrection>

/** A worker's wish to be told of the answer to his request. */
export const attendanceNotice = z.object({
  recordId: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  user: z.string(),
  userName: z.string(),
  state: recordState,
  checkInAt: instant,
  createdAt: instant,
  /** null: not answered yet */
  notifiedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string(),
})
export type AttendanceNotice = z.infer<typeof attendanceNotice>
