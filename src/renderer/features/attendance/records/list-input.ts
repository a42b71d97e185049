import type { Input } from '#shared/contract/index.ts'
import type { AttendanceRecord } from '#shared/contract/attendance.ts'
import type { ZoneOffset } from '#shared/time.ts'
import type { FilterValues } from '../../../ui/filters.ts'
import { daySpan } from '../../charging/day-span.ts'
import { isPhone } from '../TextField.tsx'

export const RECORD_STATES: readonly AttendanceRecord['state'][] = [
  'pending',
  'confirmed',
  'closed',
  'rejected',
  'cancelled',
]

/** What the filters hold as the list's input; an unfinished phone asks for nobody yet. */
export function recordsInput(
  values: FilterValues,
  zone: ZoneOffset,
): Omit<Input<'attendance.records'>, 'offset' | 'limit'> {
  const { project, user } = values
  const state = RECORD_STATES.find((one) => one === values['state'])
  return {
    ...(project ? { projectId: project } : {}),
    ...(user && isPhone(user) ? { user } : {}),
    ...(state ? { states: [state] } : {}),
    ...daySpan(values, zone),
  }
}
