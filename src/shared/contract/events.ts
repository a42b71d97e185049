import type { JobRow } from './jobs.ts'

/** Areas whose lists a screen shows; a change makes it ask again. */
export type ChangedArea =
  | 'system'
  | 'updates'
  | 'operators'
  | 'settings'
  | 'meters'
  | 'camera'
  | 'sync'
  | 'jobs'
  | 'audit'
  | 'rooms'
  | 'water'
  | 'recharge'
  | 'shifts'
  | 'reconciliation'
  | 'receipts'
  | 'chargers'
  | 'provisioning'
  | 'devices'
  | 'labels'
  | 'orders'
  | 'coins'
  | 'cashouts'
  | 'users'
  | 'lan'
  | 'attendance'
  | 'reports'
  | 'backups'
  | 'retention'
  | 'alarms'

/** What is pushed to every open screen. A screen that missed some asks again after reconnecting. */
export type CoreEvent =
  | { readonly type: 'job'; readonly job: JobRow }
  | { readonly type: 'changed'; readonly area: ChangedArea; readonly ids?: readonly string[] }
  /** the session of this screen ended or locked itself */
  | { readonly type: 'session'; readonly state: 'locked' | 'ended' }
