import type { FilterValues } from '../../ui/filters.ts'
import type { ListInput } from '../../ui/column.ts'

/** Hours a person may ask for: a day, two, a week, a month. */
export const SILENT_CHOICES = [24, 48, 168, 720] as const

const KINDS = ['electricity', 'water', 'unknown'] as const
const ONLINE = ['online', 'offline', 'unknown'] as const
const GATES = ['open', 'closed', 'unknown'] as const

const oneOf = <T extends string>(all: readonly T[], text: string | undefined): T | undefined =>
  all.find((value) => value === text)

/** What is asked for by the filters in the URL; what makes no sense there is left out. */
export function listInput(values: FilterValues): ListInput<'meters.list'> {
  const kind = oneOf(KINDS, values['kind'])
  const online = oneOf(ONLINE, values['online'])
  const gate = oneOf(GATES, values['gate'])
  const hours = Number(values['silentHours'])
  const active = oneOf(['true', 'false'], values['active'])
  return {
    distinct: true,
    ...(values['query'] ? { query: values['query'].slice(0, 200) } : {}),
    ...(kind ? { kind } : {}),
    ...(online ? { online } : {}),
    ...(gate ? { gate } : {}),
    ...(Number.isInteger(hours) && hours > 0 && hours <= 24 * 3660 ? { silentHours: hours } : {}),
    ...(active ? { active: active === 'true' } : {}),
  }
}
