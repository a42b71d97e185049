import type { AlarmChannel, AlarmRule, AlarmState, Severity } from '#shared/alarms.ts'
import type { AlarmEvent } from '#shared/contract/alarms.ts'
import type { Generated } from 'kysely'

/** Tables of site.db about alarms. Stamps in epoch ms. */
export interface AlarmTables {
  alarm: {
    id: string
    rule: AlarmRule
    subject: string
    name: string
    severity: Severity
    level: 1 | 2
    state: AlarmState
    holds: number
    value: number | null
    raised_at: number
    changed_at: number
    acknowledged_at: number | null
    acknowledged_by: string | null
    cleared_at: number | null
    cleared_by: string | null
    snoozed_until: number | null
    assignee: string | null
    digest_id: string | null
    members: number
  }
  alarm_event: {
    id: Generated<number>
    alarm_id: string
    at: number
    operator: string | null
    kind: AlarmEvent['kind']
    comment: string | null
    data: string | null
  }
  alarm_waiting: {
    rule: AlarmRule
    subject: string
    since: number
  }
  alarm_delivery: {
    id: string
    channel: AlarmChannel
    kind: 'alarms' | 'test'
    state: 'waiting' | 'sent' | 'failed'
    made_at: number
    tried_at: number | null
    next_at: number | null
    tries: number
    result: string | null
    text: string
    alarms: string
  }
}
