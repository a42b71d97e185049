import { z } from '../z.ts'
import { attendanceExport, month } from './attendance-export.ts'
import {
  attendanceCorrection,
  attendanceNotice,
  attendanceRecord,
  correctionState,
  recordState,
} from './attendance-rows.ts'
import { PHONE_OR_MASK } from '../privacy.ts'
import { phone } from './devices.ts'
import { done, id, instant, nothing, page, paging, read, write } from './define.ts'
import { downloadFile, imported, importedRow, importFile, templateFormat } from './import.ts'

export type { AttendanceCorrection, AttendanceNotice, AttendanceRecord } from './attendance-rows.ts'

/**
 * Attendance (spec §3.7). An operator acts as owner or keeper only where the phone of his account is owner or keeper of
 * that project; nobody answers for a worker, so a worker's own actions are not here. The roles `attendance`,
 * `supervisor` and `viewer` read every project. A refusal of a rule names it in `data.reason`.
 */
const access = 'operator' as const

const personName = z.string().trim().min(1).max(60)
const reason = z.string().trim().max(200)
const decision = z.enum(['confirm', 'reject'])

const limits = {
  /** older records were asked for than this phone may see */
  limited: z.boolean(),
}

export const attendanceProject = z.object({
  projectId: z.string(),
  projectName: z.string(),
  owner: z.string(),
  ownerName: z.string(),
  keeper: z.string().nullable(),
  keeperName: z.string(),
  keeperSince: instant.nullable(),
  createdAt: instant,
  deletedAt: instant.nullable(),
  /** workers now, shifts that run, requests and corrections that wait */
  members: z.int(),
  open: z.int(),
  pending: z.int(),
  corrections: z.int(),
  /** what the phone of this operator is there */
  roles: z.array(z.enum(['owner', 'keeper', 'worker'])),
  /** shifts that began before `before` are closed to changes after `graceUntil` */
  lock: z.object({ before: instant, graceUntil: instant, note: z.string() }).nullable(),
})
export type AttendanceProject = z.infer<typeof attendanceProject>

export const attendanceMember = z.object({
  user: z.string(),
  userName: z.string(),
  addedAt: instant,
  removedAt: instant.nullable(),
  /** has used the mini-program */
  known: z.boolean(),
})

export const attendanceFact = z.object({
  id: z.string(),
  at: instant,
  kind: z.string(),
  byRole: z.enum(['owner', 'keeper', 'worker', 'desk']),
  byPhone: z.string(),
  byName: z.string(),
  operator: z.string().nullable(),
  /** the values, old and new among them */
  data: z.record(z.string(), z.unknown()),
})

const bulkResult = z.object({
  results: z.array(
    z.object({ recordId: z.string(), ok: z.boolean(), reason: z.string().nullable(), text: z.string() }),
  ),
})
const recordIds = z.array(id).min(1).max(500)

const dimension = z.enum(['project', 'user', 'day', 'week', 'month'])
const dimensions = z
  .union([dimension, z.array(dimension).min(1).max(3)])
  .transform((by) => (typeof by === 'string' ? [by] : [...new Set(by)]))
  .refine(
    (by) => by.filter((one) => one !== 'project' && one !== 'user').length <= 1,
    'one unit of time at most',
  )

const sums = { minutes: z.int(), count: z.int(), open: z.int(), pending: z.int() }
const total = z.object(sums)

const projectId = z.strictObject({ projectId: id })
/** whole, or as a list shows it */
const shownPhone = z.string().regex(PHONE_OR_MASK)
const filter = { projectId: id.optional(), user: shownPhone.optional() }
/** a part of the worker's name or phone */
const query = z.string().trim().max(60).optional()

export const attendance = {
  'attendance.projects': read({
    access,
    summary: 'Projects this operator may see: all for staff, else those of his phone.',
    input: z.strictObject({
      ...paging,
      role: z.enum(['owner', 'keeper', 'worker']).optional(),
      deleted: z.boolean().optional(),
      query: z.string().trim().max(60).optional(),
    }),
    output: page(attendanceProject),
  }),
  'attendance.project': read({
    access,
    summary: 'One project with its keepers so far and the log of what was decided about it.',
    input: projectId,
    output: attendanceProject.extend({ history: z.array(attendanceFact) }),
  }),
  'attendance.quota': read({
    access,
    summary: 'What the phone of this operator may: projects (R-51) and how far back it sees (R-62).',
    input: nothing,
    output: z.object({
      phone: z.string(),
      vip: z.boolean(),
      projects: z.int(),
      /** null: no limit */
      mostProjects: z.int().nullable(),
      seesFrom: instant.nullable(),
      /** reads every project */
      staff: z.boolean(),
    }),
  }),
  'attendance.waiting': read({
    access,
    summary: 'What waits for somebody in the projects this operator may see.',
    input: nothing,
    output: z.object({
      pending: z.int(),
      late: z.int(),
      forgotten: z.int(),
      correctionsForKeeper: z.int(),
      correctionsForWorker: z.int(),
    }),
  }),
  'attendance.newProject': write({
    access,
    summary: 'Creates a project owned by the phone of this operator (R-51).',
    input: z.strictObject({ projectName: personName }),
    output: attendanceProject,
  }),
  'attendance.deleteProject': write({
    access,
    summary: 'Deletes a project of this owner; refused while a shift is open, records stay (R-50, R-64).',
    input: projectId,
    output: done,
  }),
  'attendance.setKeeper': write({
    access,
    summary: 'Appoints or replaces the keeper, at once (R-50, R-52, R-54).',
    input: z.strictObject({ projectId: id, keeper: phone, keeperName: personName }),
    output: attendanceProject,
  }),
  'attendance.members': read({
    access,
    summary: 'Workers of a project.',
    input: z.strictObject({
      ...paging,
      projectId: id,
      removed: z.boolean().optional(),
      query: z.string().trim().max(60).optional(),
    }),
    output: page(attendanceMember),
  }),
  'attendance.addMember': write({
    access,
    summary: 'The keeper adds a worker (R-53, R-54).',
    input: z.strictObject({ projectId: id, user: phone, userName: personName }),
    output: done,
  }),
  'attendance.deleteMember': write({
    access,
    summary: 'The keeper removes a worker; refused while his shift is open (R-64).',
    input: z.strictObject({ projectId: id, user: phone }),
    output: done,
  }),
  'attendance.import': write({
    access,
    summary:
      'Reads workers of a project from a CSV or XLSX file. With `dryRun` nothing is changed and the answer says what ' +
      'would be; the file comes back with the two columns 错误列 and 原因.',
    input: z.strictObject({ projectId: id, ...importFile }),
    output: imported(importedRow({ phone: z.string(), name: z.string() })),
  }),
  'attendance.importTemplate': read({
    access,
    summary: 'An empty sheet to fill in.',
    input: z.strictObject(templateFormat),
    output: downloadFile,
  }),
  'attendance.gang': read({
    access,
    summary: 'Everybody of a project as he stands today: waiting, at work, done, not there.',
    input: projectId,
    output: z.object({
      asOf: instant,
      mayKeep: z.boolean(),
      rows: z.array(
        z.object({
          user: z.string(),
          userName: z.string(),
          standing: z.enum(['idle', 'pending', 'working', 'done']),
          recordId: z.string().nullable(),
          requestedAt: instant.nullable(),
          checkInAt: instant.nullable(),
          checkOutAt: instant.nullable(),
          minutesToday: z.int(),
          late: z.boolean(),
          forgotten: z.boolean(),
          /** a proposal for a forgotten end, never entered by itself */
          suggestedOut: instant.nullable(),
          subscribed: z.boolean(),
          overriddenUntil: instant.nullable(),
        }),
      ),
    }),
  }),
  'attendance.decideCheckIn': write({
    access,
    summary: 'The keeper confirms or rejects a request (R-56).',
    input: z.strictObject({ recordId: id, decision, reason: reason.optional() }),
    output: attendanceRecord,
  }),
  'attendance.decideCheckIns': write({
    access,
    summary: 'The same for a gang, with a result for each.',
    input: z.strictObject({ recordIds, decision, reason: reason.optional() }),
    output: bulkResult,
  }),
  'attendance.checkOut': write({
    access,
    summary: 'The keeper records the end of a confirmed shift, now unless said otherwise (R-57, R-58).',
    input: z.strictObject({
      recordId: id,
      checkOutAt: instant.optional(),
      confirmLong: z.boolean().optional(),
    }),
    output: attendanceRecord,
  }),
  'attendance.checkOuts': write({
    access,
    summary: 'The same for a gang at one time, with a result for each.',
    input: z.strictObject({ recordIds, checkOutAt: instant.optional(), confirmLong: z.boolean().optional() }),
    output: bulkResult,
  }),
  'attendance.records': read({
    access,
    summary: 'Records by check-in, newest first (R-61, R-62).',
    input: z.strictObject({
      ...paging,
      ...filter,
      from: instant.optional(),
      to: instant.optional(),
      states: z.array(recordState).max(5).optional(),
      query,
      /** only requests that nobody answered for too long, or shifts that nobody ended for too long */
      waiting: z.enum(['late', 'forgotten']).optional(),
    }),
    output: page(attendanceRecord).extend(limits),
  }),
  'attendance.record': read({
    access,
    summary: 'One record with its corrections and the whole thread of what happened to it.',
    input: z.strictObject({ recordId: id }),
    output: attendanceRecord.extend({
      locked: z.boolean(),
      overriddenUntil: instant.nullable(),
      corrections: z.array(attendanceCorrection),
      thread: z.array(attendanceFact),
    }),
  }),
  'attendance.calendar': read({
    access,
    summary: 'A month of a project, a row for each worker and day with something in it; on the day it began.',
    input: z.strictObject({ projectId: id, user: shownPhone.optional(), month }),
    output: z.object({
      from: instant,
      to: instant,
      rows: z.array(
        total.extend({
          user: z.string(),
          userName: z.string(),
          /** start of the day */
          day: instant,
          forgotten: z.int(),
          late: z.int(),
          corrections: z.int(),
        }),
      ),
      totals: total,
      ...limits,
    }),
    manyRows: true,
  }),
  'attendance.corrections': read({
    access,
    summary: 'Corrections, waiting ones first: old and new, who has to answer and for how long already.',
    input: z.strictObject({
      ...paging,
      ...filter,
      states: z.array(correctionState).max(4).optional(),
      query,
    }),
    output: page(attendanceCorrection).extend(limits),
  }),
  'attendance.notices': read({
    access,
    summary: 'Who asked to be told of the answer to a request (A-21), and when he was; newest first.',
    input: z.strictObject({ ...paging, ...filter, query, told: z.boolean().optional() }),
    output: page(attendanceNotice).extend(limits),
  }),
  'attendance.newCorrection': write({
    access,
    summary: 'The keeper proposes other times; they hold once the worker agrees (R-59, R-60).',
    input: z.strictObject({
      recordId: id,
      checkInAt: instant.optional(),
      checkOutAt: instant.optional(),
      note: reason.optional(),
    }),
    output: attendanceCorrection,
  }),
  'attendance.decideCorrection': write({
    access,
    summary: "The keeper answers a worker's correction (R-59).",
    input: z.strictObject({ correctionId: id, decision, reason: reason.optional() }),
    output: attendanceCorrection,
  }),
  'attendance.withdrawCorrection': write({
    access,
    summary: "Takes back a correction of the keeper's side.",
    input: z.strictObject({ correctionId: id }),
    output: attendanceCorrection,
  }),
  'attendance.statistics': read({
    access,
    summary:
      'Worked time by project, worker and one unit of time, alone or together; closed shifts on the day they began.',
    input: z.strictObject({ ...filter, from: instant, to: instant, by: dimensions }),
    output: z.object({
      rows: z.array(
        total.extend({
          projectId: z.string().nullable(),
          projectName: z.string(),
          user: z.string().nullable(),
          userName: z.string(),
          /** start of the day, week (Monday) or month in the zone */
          bucket: instant.nullable(),
        }),
      ),
      totals: total,
      ...limits,
    }),
    manyRows: true,
  }),
  'attendance.sheet': read({
    access,
    summary:
      'The sign-off sheet of a month: a line for each worker, a cell for each day, a line of totals at the end.',
    input: z.strictObject({ projectId: id, user: shownPhone.optional(), month }),
    output: z.object({
      projectName: z.string(),
      keeperName: z.string(),
      from: instant,
      to: instant,
      days: z.int(),
      rows: z.array(
        total.extend({
          kind: z.enum(['worker', 'total']),
          user: z.string(),
          userName: z.string(),
          /** minutes a day, from the first of the month */
          days: z.array(z.int().nullable()),
          /** the same in hours with two decimals */
          hours: z.array(z.string().nullable()),
          totalHours: z.string(),
          daysWorked: z.int(),
        }),
      ),
      totals: total,
      ...limits,
    }),
  }),
  ...attendanceExport,
  'attendance.lockPeriod': write({
    access,
    summary: 'Closes shifts that began before a time to changes, after days of grace; owner or supervisor.',
    input: z.strictObject({
      projectId: id,
      before: instant,
      graceDays: z.int().min(0).max(90),
      note: reason.optional(),
    }),
    output: attendanceProject,
  }),
  'attendance.liftLock': write({
    access,
    summary: 'Opens the locked period of a project again, with a reason that stays; owner or supervisor.',
    input: z.strictObject({ projectId: id, reason: reason.min(1) }),
    output: attendanceProject,
  }),
  'attendance.overrideLock': write({
    access,
    summary:
      'Opens one record of a locked period for some hours, with a reason that stays; both sides are needed as ever.',
    input: z.strictObject({ recordId: id, reason: reason.min(1), hours: z.int().min(1).max(240) }),
    output: z.object({ recordId: z.string(), until: instant }),
  }),
  'attendance.reveal': write({
    access: ['supervisor', 'attendance'],
    summary: 'A phone whole that lists show masked; audited.',
    input: z.strictObject({ phone: shownPhone }),
    output: z.object({ phone: z.string() }),
  }),
  'attendance.vips': read({
    access: ['supervisor', 'attendance', 'viewer'],
    summary: 'Phones without limits of projects and of look-back, and until when (A-18).',
    input: z.strictObject({ ...paging, query: z.string().trim().max(60).optional() }),
    output: page(
      z.object({
        phone: z.string(),
        name: z.string(),
        expiresAt: instant,
        active: z.boolean(),
        setBy: z.string(),
        setAt: instant,
      }),
    ),
  }),
  'attendance.setVip': write({
    access: ['supervisor'],
    summary: 'Makes a phone VIP until a time, or no longer (null).',
    input: z.strictObject({ phone, expiresAt: instant.nullable() }),
    output: done,
  }),
}
