import type { AttendanceProject } from '#shared/contract/attendance.ts'
import { useRead } from '../../api/queries.ts'

const NONE: readonly AttendanceProject[] = []

/** Projects this operator may see, for a choice. */
export const useProjects = (): readonly AttendanceProject[] =>
  useRead('attendance.projects', { limit: 500 }).data?.rows ?? NONE
