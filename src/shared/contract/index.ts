import type { z } from '../z.ts'
import { alarms } from './alarms.ts'
import { attendance } from './attendance.ts'
import { audit } from './audit.ts'
import { backups } from './backups.ts'
import { camera } from './camera.ts'
import { cashouts } from './cashouts.ts'
import { chargers } from './chargers.ts'
import { demo } from './demo.ts'
import { devices } from './devices.ts'
import { exports } from './exports.ts'
import { jobs } from './jobs.ts'
import { labels } from './labels.ts'
import { lan } from './lan.ts'
import { meterDecisions } from './meter-decisions.ts'
import { meters } from './meters.ts'
import { provisioning } from './provisioning.ts'
import { retention } from './retention.ts'
import { rooms } from './rooms.ts'
import { recharge } from './recharge.ts'
import { shifts } from './shifts.ts'
import { reconciliation } from './reconciliation.ts'
import { receipts } from './receipts.ts'
import { reports } from './reports.ts'
import { operators } from './operators.ts'
import { orders } from './orders.ts'
import { search } from './search.ts'
import { settings } from './settings.ts'
import { sync } from './sync.ts'
import { system } from './system.ts'
import { updates } from './updates.ts'
import { water } from './water.ts'
import { blacklist, coins, professions, users } from './users.ts'

/** The only list of what can be asked. The doors, the screens, the OpenAPI document and the tests derive from it. */
export const contract = {
  ...system,
  ...updates,
  ...operators,
  ...settings,
  ...sync,
  ...jobs,
  ...meters,
  ...camera,
  ...meterDecisions,
  ...search,
  ...audit,
  ...exports,
  ...rooms,
  ...water,
  ...recharge,
  ...shifts,
  ...reconciliation,
  ...receipts,
  ...chargers,
  ...devices,
  ...provisioning,
  ...labels,
  ...orders,
  ...users,
  ...coins,
  ...blacklist,
  ...professions,
  ...cashouts,
  ...lan,
  ...attendance,
  ...reports,
  ...backups,
  ...retention,
  ...alarms,
  ...demo,
}

export type Contract = typeof contract
export type OperationName = keyof Contract
/** What a caller gives. */
export type Input<N extends OperationName> = z.input<Contract[N]['input']>
/** What a handler receives after the check. */
export type Checked<N extends OperationName> = z.output<Contract[N]['input']>
export type Output<N extends OperationName> = z.output<Contract[N]['output']>

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(contract, name)
}

export * from './define.ts'
export * from './events.ts'
