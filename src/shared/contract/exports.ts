import { z } from '../z.ts'
import { read } from './define.ts'

/**
 * `money`: fen in the list, a number of yuan with two decimals in the file; `hours`, `duration`: minutes in the list,
 * 7.50 and 7:30 in the file
 */
export const columnFormat = z.enum([
  'text',
  'decimal',
  'integer',
  'money',
  'time',
  'day',
  'hours',
  'duration',
])

/** Lists that can be written to a file exactly as they are filtered on the screen. */
export const exportable = z.enum([
  'orders.list',
  'orders.refundTasks',
  'users.list',
  'users.managers',
  'coins.charges',
  'coins.ledger',
  'blacklist.list',
  'cashouts.list',
  'meters.list',
  'meters.readings',
  'meters.usage',
  'meters.consumption',
  'meters.commands',
  'meters.protected',
  'meters.events',
  'meters.decisions',
  'meters.imports',
  'jobs.list',
  'sync.quarantine',
  'audit.list',
  'backups.list',
  'operators.list',
  'recharge.list',
  'receipts.list',
  'rooms.costs',
  'water.flows',
  'water.costs',
  'water.operations',
  'water.schedules',
  'water.readings',
  'water.payments',
  'water.arrears',
  'water.watch',
  'water.links',
  'water.storedLinks',
  'rooms.recharges',
  'rooms.lowBalance',
  'reconciliation.records',
  'shifts.list',
  'recharge.batchList',
  'recharge.batchRows',
  'rooms.told',
  'reconciliation.list',
  'devices.list',
  'provisioning.list',
  'attendance.projects',
  'attendance.members',
  'attendance.records',
  'attendance.corrections',
  'attendance.notices',
  'attendance.statistics',
  'attendance.sheet',
  'lan.requests',
  'alarms.list',
  'alarms.events',
  'alarms.rules',
  'alarms.deliveries',
  'reports.versions',
  'reports.changes',
])

export const exports = {
  'exports.create': read({
    access: 'operator',
    summary: 'Writes all rows of a list, as filtered, to XLSX or CSV; needs the right to read that list.',
    input: z.strictObject({
      list: exportable,
      /** the list's own input; offset and limit are ignored */
      input: z.record(z.string(), z.unknown()),
      format: z.enum(['xlsx', 'csv']),
      name: z.string().min(1).max(80),
      columns: z
        .array(
          z.strictObject({
            key: z.string().max(40),
            title: z.string().max(80),
            format: columnFormat,
            /** words for the values of an enumeration */
            words: z.record(z.string(), z.string()).optional(),
          }),
        )
        .min(1)
        .max(60),
    }),
    output: z.object({ name: z.string(), type: z.string(), base64: z.string(), rows: z.int() }),
  }),
}
