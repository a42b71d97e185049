import type { AlarmEvent } from '#shared/contract/alarms.ts'

/** Steps in the order of an alarm's life. */
export const EVENT_KINDS = [
  'raised',
  'joined',
  'crossed',
  'eased',
  'acknowledged',
  'commented',
  'snoozed',
  'woke',
  'assigned',
  'cleared',
  'ended',
] as const satisfies readonly AlarmEvent['kind'][]
