import type { Input } from '#shared/contract/index.ts'
import type { AttendanceRecord } from '#shared/contract/attendance.ts'
import type { ZoneOffset } from '#shared/time.ts'
import type { FilterValues } from '../../../ui/filters.ts'
import { daySpan } from '../../charging/day-span.ts'
import { isPhone } from '../phone.ts'

export const RECORD_STATES: readonly AttendanceRecord['state'][] = [
  'pending',
  'confirmed',
  'closed',
  'rejected',
  'cancelled',
]

/** Beside the states, one at a time: what nobody answered or ended for too long. */
export const WAITING = ['forgotten', 'late'] as const

/** A whole phone is that worker's; anything else a part of a name or phone. */
export const whose = (text: string | undefined): { user?: string; query?: string } => {
  const typed = (text ?? '').trim()
  if (typed === '') return {}
  return isPhone(typed) ? { user: typed } : { query: typed.slice(0, 60) }
}

/** What the filters hold as the list's input. */
export function recordsInput(
  values: FilterValues,
  zone: ZoneOffset,
): Omit<Input<'attendance.records'>, 'offset' | 'limit'> {
  const { project, user } = values
  const state = RECORD_STATES.find((one) => one === values['state'])
  const waiting = WAITING.find((one) => one === values['state'])
  return {
    ...(project ? { projectId: project } : {}),
    ...whose(user),
    ...(state ? { states: [state] } : {}),
    ...(waiting ? { waiting } : {}),
    ...daySpan(values, zone),
  }
}
