import { INTENT_STATES } from '#shared/intent-states.ts'
import { DAY, parseDateTime, type ZoneOffset } from '#shared/time.ts'
import type { ListInput } from '../../../ui/column.ts'
import type { FilterValues } from '../../../ui/filters.ts'
import { TENDERS } from '../remembered.ts'

/** What is asked for by the filters in the URL; what makes no sense there is left out. Days include both ends. */
export function recordInput(values: FilterValues, zone: ZoneOffset): ListInput<'recharge.list'> {
  const states = (values['state'] ?? '')
    .split(',')
    .flatMap((text) => INTENT_STATES.filter((one) => one === text))
  const tender = TENDERS.find((one) => one === values['tender'])
  const from = values['from'] ? parseDateTime(values['from'], zone) : null
  const to = values['to'] ? parseDateTime(values['to'], zone) : null
  return {
    ...(values['query'] ? { query: values['query'].slice(0, 100) } : {}),
    ...(states.length > 0 ? { state: states } : {}),
    ...(tender ? { tender } : {}),
    ...(values['operator'] ? { operator: values['operator'].slice(0, 40) } : {}),
    ...(values['state'] === 'needsPerson' ? { needsPerson: true } : {}),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to: to + DAY }),
  }
}
