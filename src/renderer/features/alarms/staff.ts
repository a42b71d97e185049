import type { Role } from '#shared/contract/define.ts'

/** Who deals with alarms, as the core has it (`ALARM_STAFF` of the contract). */
export const ALARM_STAFF = [
  'supervisor',
  'cashier',
  'installer',
  'meters',
  'attendance',
] as const satisfies readonly Role[]
