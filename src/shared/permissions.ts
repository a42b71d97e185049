import type { Role } from './contract/define.ts'

/** How far somebody may: not at all, what is his own, everything. */
export const REACHES = ['none', 'own', 'all'] as const
export type Reach = (typeof REACHES)[number]

export const PERMISSION_AREAS = [
  'recharge',
  'charging',
  'meters',
  'water',
  'chargers',
  'attendance',
  'people',
  'alarms',
  'system',
] as const

interface Group {
  readonly area: (typeof PERMISSION_AREAS)[number]
  /** names of the contract; not its type, since the contract names these groups */
  readonly operations: readonly string[]
  /** there is such a thing as one's own: sales and their receipts */
  readonly own?: true
  /** less cannot be: who sells has to see what became of it */
  readonly least?: Readonly<Partial<Record<Role, Reach>>>
}

/**
 * What an administrator may narrow, role by role; together these are what a desk does. The contract is the ceiling: a
 * group never gives a role what its operations do not name, and what is the administrator's alone is not in it.
 * What is not here is as the contract says.
 */
export const PERMISSIONS = {
  sell: {
    area: 'recharge',
    operations: [
      'recharge.create',
      'recharge.resend',
      'recharge.check',
      'shifts.open',
      'shifts.cash',
      'shifts.close',
    ],
  },
  sales: {
    area: 'recharge',
    operations: ['recharge.get', 'recharge.list', 'receipts.get', 'receipts.list', 'receipts.printed'],
    own: true,
    least: { cashier: 'own', supervisor: 'own' },
  },
  askRefund: { area: 'recharge', operations: ['recharge.requestRefund'] },
  settle: {
    area: 'recharge',
    operations: ['recharge.resolve', 'recharge.decideRefund', 'recharge.refundPosted', 'shifts.sign'],
  },
  batch: {
    area: 'recharge',
    operations: [
      'recharge.batchCheck',
      'recharge.batchStart',
      'recharge.batchRepeat',
      'recharge.batchErrors',
    ],
  },
  reconcile: { area: 'recharge', operations: ['reconciliation.run'] },
  signDay: { area: 'recharge', operations: ['reconciliation.sign'] },
  tell: { area: 'recharge', operations: ['rooms.tell', 'rooms.mark'] },
  receiptTemplate: { area: 'recharge', operations: ['receipts.saveTemplate'] },
  takePayment: { area: 'charging', operations: ['orders.confirmPayment', 'coins.confirmPayment'] },
  manageOrders: { area: 'charging', operations: ['orders.cancel', 'orders.refundDone'] },
  withdrawals: { area: 'charging', operations: ['cashouts.decide'] },
  bar: { area: 'charging', operations: ['blacklist.add', 'blacklist.remove'] },
  professions: { area: 'charging', operations: ['professions.save', 'professions.remove'] },
  commandMeters: {
    area: 'meters',
    operations: ['meters.command', 'meters.commandMany', 'meters.commandStop'],
  },
  protectMeters: { area: 'meters', operations: ['meters.protect'] },
  decideReadings: { area: 'meters', operations: ['meters.decide', 'meters.withdrawDecision'] },
  reviewImages: { area: 'meters', operations: ['camera.review', 'camera.undo'] },
  importMeters: { area: 'meters', operations: ['meters.import', 'meters.withdrawImport'] },
  fetch: { area: 'meters', operations: ['sync.start'] },
  closeDays: { area: 'meters', operations: ['reports.close', 'reports.recompute'] },
  linkWater: { area: 'water', operations: ['water.link', 'water.unlink', 'water.importLinks'] },
  useChargers: { area: 'chargers', operations: ['chargers.command', 'chargers.release'] },
  rawCommands: { area: 'chargers', operations: ['chargers.send'] },
  provision: {
    area: 'chargers',
    operations: [
      'provisioning.start',
      'provisioning.answer',
      'provisioning.retry',
      'provisioning.skip',
      'provisioning.pause',
      'provisioning.resume',
      'provisioning.cancel',
    ],
  },
  labels: { area: 'chargers', operations: ['labels.save', 'provisioning.labelled'] },
  register: { area: 'chargers', operations: ['devices.register', 'devices.update', 'devices.import'] },
  transfer: { area: 'chargers', operations: ['devices.transfer', 'devices.updateMany', 'devices.remove'] },
  vip: { area: 'attendance', operations: ['attendance.setVip'] },
  revealPhones: { area: 'people', operations: ['users.reveal', 'attendance.reveal', 'water.reveal'] },
  revealAccounts: { area: 'people', operations: ['cashouts.reveal'] },
  handleAlarms: {
    area: 'alarms',
    operations: ['alarms.acknowledge', 'alarms.comment', 'alarms.snooze'],
  },
  assignAlarms: { area: 'alarms', operations: ['alarms.assign'] },
  clearAlarms: { area: 'alarms', operations: ['alarms.clear'] },
  alarmRules: { area: 'alarms', operations: ['alarms.saveRule'] },
  alarmChannels: {
    area: 'alarms',
    operations: ['alarms.channels', 'alarms.deliveries', 'alarms.testChannel'],
  },
  readAudit: { area: 'system', operations: ['audit.list', 'audit.verify', 'audit.export', 'audit.chain'] },
  checkFiles: { area: 'system', operations: ['system.check', 'system.acknowledgeCrashes'] },
  makeBackups: { area: 'system', operations: ['backups.run'] },
  runService: { area: 'system', operations: ['lan.start', 'lan.stop'] },
} as const satisfies Readonly<Record<string, Group>>

export type PermissionGroup = keyof typeof PERMISSIONS
export const PERMISSION_GROUPS = Object.keys(PERMISSIONS) as PermissionGroup[]
export const groupOf = (group: PermissionGroup): Group => PERMISSIONS[group]
