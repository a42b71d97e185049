import type {
  AttendanceCorrection,
  AttendanceProject,
  AttendanceRecord,
} from '../../../src/shared/contract/attendance.ts'
import type { Output } from '../../../src/shared/contract/index.ts'
import type { GangRow } from '../../../src/renderer/features/attendance/gang/choose.ts'
import { HELLO } from '../render.tsx'

const HOUR = 3_600_000
export const NOW = HELLO.now
export const KEEPER = '13800000002'
export const WORKER = '13800000003'

export const clerk = { ...HELLO, operator: { id: '2', name: '李四', roles: ['cashier' as const] } }

export const project = (over: Partial<AttendanceProject> = {}): Output<'attendance.project'> => ({
  projectId: '1',
  projectName: '一号楼',
  owner: '13800000001',
  ownerName: '老板',
  keeper: KEEPER,
  keeperName: '考勤员',
  keeperSince: NOW - 90 * 24 * HOUR,
  createdAt: NOW - 90 * 24 * HOUR,
  deletedAt: null,
  members: 1,
  open: 0,
  pending: 0,
  corrections: 0,
  roles: [],
  lock: null,
  history: [],
  ...over,
})

const base: AttendanceRecord = {
  recordId: '7',
  projectId: '1',
  projectName: '一号楼',
  user: WORKER,
  userName: '工人甲',
  state: 'closed',
  requestedAt: NOW - 28 * HOUR,
  checkInAt: NOW - 28 * HOUR,
  decidedBy: KEEPER,
  decidedAt: NOW - 28 * HOUR,
  reason: '',
  checkOutAt: NOW - 20 * HOUR,
  checkOutBy: KEEPER,
  checkOutRecordedAt: NOW - 20 * HOUR,
  minutes: 480,
  late: false,
  forgotten: false,
  subscribed: false,
  pendingCorrectionId: null,
  corrected: 0,
  elsewhere: false,
}

export const record = (over: Partial<Output<'attendance.record'>> = {}): Output<'attendance.record'> => ({
  ...base,
  locked: false,
  overriddenUntil: null,
  corrections: [],
  thread: [],
  ...over,
})

export const correction = (over: Partial<AttendanceCorrection> = {}): AttendanceCorrection => ({
  correctionId: '3',
  recordId: '7',
  projectId: '1',
  projectName: '一号楼',
  user: WORKER,
  userName: '工人甲',
  byRole: 'worker',
  byPhone: WORKER,
  createdAt: NOW - HOUR,
  old: { checkInAt: base.checkInAt, checkOutAt: base.checkOutAt, minutes: 480 },
  new: { checkInAt: base.checkInAt, checkOutAt: NOW - 19 * HOUR, minutes: 540 },
  note: '加班',
  state: 'pending',
  waitsFor: { side: 'keeper', phone: KEEPER, name: '考勤员' },
  waitingMs: HOUR,
  decidedBy: null,
  decidedAt: null,
  reason: '',
  mayDecide: true,
  mayWithdraw: false,
  ...over,
})

export const gangRow = (over: Partial<GangRow> = {}): GangRow => ({
  user: WORKER,
  userName: '工人甲',
  standing: 'working',
  recordId: '7',
  requestedAt: NOW - 30 * HOUR,
  checkInAt: NOW - 30 * HOUR,
  checkOutAt: null,
  minutesToday: 0,
  late: false,
  forgotten: true,
  suggestedOut: null,
  subscribed: false,
  overriddenUntil: null,
  ...over,
})
