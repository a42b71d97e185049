import type { AttendanceProject } from '#shared/contract/attendance.ts'

export type Lock = NonNullable<AttendanceProject['lock']>

/** `grace`: will be closed, and is open until then. */
export type LockState = 'free' | 'grace' | 'locked'

/** How a shift stands that began at `at`. */
export function lockStateOf(lock: Lock | null, at: number, now: number): LockState {
  if (lock === null || at >= lock.before) return 'free'
  return now > lock.graceUntil ? 'locked' : 'grace'
}
