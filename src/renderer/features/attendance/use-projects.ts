import { useMemo } from 'react'
import type { AttendanceProject } from '#shared/contract/attendance.ts'
import { useRead } from '../../api/queries.ts'
import type { FilterOption } from '../../ui/filters.ts'

/** Projects that are not deleted, those kept by this operator's phone first. */
export function useProjects(): { readonly rows: readonly AttendanceProject[]; readonly known: boolean } {
  const { data } = useRead('attendance.projects', { deleted: false, limit: 500 })
  return useMemo(() => {
    const keeps = ({ roles }: AttendanceProject) => (roles.includes('keeper') ? 0 : 1)
    return { rows: data?.rows.toSorted((a, b) => keeps(a) - keeps(b)) ?? [], known: data !== undefined }
  }, [data])
}

export const projectOptions = (rows: readonly AttendanceProject[]): readonly FilterOption[] =>
  rows.map(({ projectId, projectName }) => ({ value: projectId, label: projectName }))
