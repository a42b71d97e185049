import type { Input } from '#shared/contract/index.ts'
import type { FilterValues } from '../../../ui/filters.ts'

const ROLES = ['owner', 'keeper', 'worker'] as const

export function projectsInput(values: FilterValues): Omit<Input<'attendance.projects'>, 'offset' | 'limit'> {
  const { query, deleted } = values
  const role = ROLES.find((one) => one === values['role'])
  return {
    ...(query ? { query: query.slice(0, 60) } : {}),
    ...(role ? { role } : {}),
    ...(deleted === 'yes' || deleted === 'no' ? { deleted: deleted === 'yes' } : {}),
  }
}
