import { ALARM_RULES, SEVERITIES } from '#shared/alarms.ts'
import type { Input } from '#shared/contract/index.ts'
import { DAY, parseDateTime, type ZoneOffset } from '#shared/time.ts'
import type { FilterValues } from '../../ui/filters.ts'

export const STATES = ['raised', 'acknowledged', 'snoozed', 'cleared', 'all'] as const

const known = <T extends string>(all: readonly T[], text: string | undefined): T | undefined =>
  all.find((one) => one === text)

/** Days as people mean them: both ends included. */
export function spanOf(values: FilterValues, zone: ZoneOffset): { from?: number; to?: number } {
  const from = values['from'] ? parseDateTime(values['from'], zone) : null
  const to = values['to'] ? parseDateTime(values['to'], zone) : null
  return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to: to + DAY }) }
}

/** The list's input from what stands in the address; words that are none are left aside. */
export function listInput(values: FilterValues, zone: ZoneOffset): Input<'alarms.list'> {
  const state = known(STATES, values['state'])
  const rule = known(ALARM_RULES, values['rule'])
  const severity = known(SEVERITIES, values['severity'])
  return {
    ...(state === 'snoozed' ? { snoozed: true } : state && { state }),
    ...(rule && { rule }),
    ...(severity && { severity }),
    ...(values['assignee'] ? { assignee: values['assignee'] } : {}),
    ...(values['query'] ? { query: values['query'] } : {}),
    ...(values['digest'] ? { digestId: values['digest'] } : {}),
    ...spanOf(values, zone),
  }
}
