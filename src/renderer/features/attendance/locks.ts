import { useMemo } from 'react'
import type { AttendanceProject, AttendanceRecord } from '#shared/contract/attendance.ts'
import type { Lock } from '../timesheets/lock.ts'
import type { WholeRecord } from './records/RecordBody.tsx'
import { useProjects } from './use-projects.ts'

/** The lock of a project, of those that are not deleted. */
export function useLockOf(): (projectId: string) => Lock | null {
  const { rows } = useProjects()
  return useMemo(() => {
    const locks = new Map(rows.map(({ projectId, lock }) => [projectId, lock]))
    return (projectId) => locks.get(projectId) ?? null
  }, [rows])
}

const CHANGING: ReadonlySet<AttendanceRecord['state']> = new Set(['pending', 'confirmed', 'closed'])

/** Nothing of it can be decided, ended or corrected now. */
export const isShut = ({
  locked,
  overriddenUntil,
}: Pick<WholeRecord, 'locked' | 'overriddenUntil'>): boolean => locked && overriddenUntil === null

/** Whether there is something to open, and this operator may: a supervisor, or the owner. */
export const mayOverride = (
  record: Pick<WholeRecord, 'locked' | 'overriddenUntil' | 'state'>,
  { roles }: Pick<AttendanceProject, 'roles'>,
  supervisor: boolean,
): boolean => isShut(record) && CHANGING.has(record.state) && (supervisor || roles.includes('owner'))
