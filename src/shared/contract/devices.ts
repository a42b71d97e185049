import { PHONE } from '../chargers.ts'
import { z } from '../z.ts'
import { portState } from './chargers.ts'
import { bleProfile, btName, deviceCode, fen } from './values.ts'
import { instant, page, paging, read, write } from './define.ts'
import { downloadFile, imported, importedRow, importFile, templateFormat } from './import.ts'

export const phone = z.string().regex(PHONE)
const alias = z.string().trim().max(60)

export const deviceRow = z.object({
  deviceCode,
  /** 16 characters */
  btName,
  alias: z.string(),
  /** 0 enabled, 1 disabled */
  state: z.union([z.literal(0), z.literal(1)]),
  stateReason: z.string().nullable(),
  version: z.int(),
  maxUnit: z.int(),
  /** 0 free, 1 charged for */
  chargeFlag: z.union([z.literal(0), z.literal(1)]),
  unitPriceFen: fen,
  manager: z.string().nullable(),
  managerName: z.string().nullable(),
  /** the last report of its ports; empty: never reported */
  ports: z.array(portState),
  portsAt: instant.nullable(),
  profile: bleProfile.nullable(),
  setupAt: instant,
  updatedAt: instant,
  addedAt: instant.nullable(),
  /** enabled and charged for, but the price is 0 */
  noPrice: z.boolean(),
})
export type DeviceRow = z.infer<typeof deviceRow>

/** What may be changed of a charger; its name and code never change here. */
const changes = z.strictObject({
  alias: alias.optional(),
  state: z.union([z.literal(0), z.literal(1)]).optional(),
  stateReason: z.string().trim().max(200).nullable().optional(),
  version: z.int().min(0).max(999).optional(),
  maxUnit: z.int().min(1).max(12).optional(),
  chargeFlag: z.union([z.literal(0), z.literal(1)]).optional(),
  unitPriceFen: z.int().min(0).max(9999).optional(),
  profile: bleProfile.nullable().optional(),
})

/** One line a charger of what a change did. */
const rowResult = z.object({
  deviceCode: z.string(),
  ok: z.boolean(),
  /** i18n key `deviceError.<code>` with its values */
  error: z.object({ code: z.string(), data: z.record(z.string(), z.unknown()).optional() }).nullable(),
})

const deviceFilter = {
  query: z.string().max(100).optional(),
  state: z.union([z.literal(0), z.literal(1)]).optional(),
  manager: z.string().max(20).optional(),
  bound: z.boolean().optional(),
  noPrice: z.boolean().optional(),
  /** these alone: a selection, the sheet of labels */
  deviceCodes: z.array(deviceCode).max(1000).optional(),
  /** sorted by code unless it says otherwise */
  sort: z.enum(['deviceCode', 'alias', 'addedAt', 'portsAt']).optional(),
  /** times newest first unless it says otherwise */
  order: z.enum(['ascending', 'descending']).optional(),
}

export const devices = {
  'devices.list': read({
    access: ['installer', 'supervisor', 'cashier', 'viewer'],
    summary: 'The charger registry.',
    input: z.strictObject({ ...paging, ...deviceFilter }),
    output: page(deviceRow),
  }),
  'devices.get': read({
    access: ['installer', 'supervisor', 'cashier', 'viewer'],
    summary: 'One charger by its code or its Bluetooth name.',
    input: z.strictObject({ deviceCode: deviceCode.optional(), btName: btName.optional() }),
    output: deviceRow,
  }),
  'devices.register': write({
    access: ['installer', 'supervisor'],
    summary:
      'Enters a charger known from its label, without radio. The jam code is derived unless given (B-02).',
    input: z.strictObject({
      deviceCode,
      /** 12 or 16 characters (B-01) */
      btName: z.string().trim().min(12).max(16),
      jamCode: z
        .string()
        .regex(/^[0-9A-Z]{6}$/)
        .optional(),
      version: z.int().min(0).max(999).optional(),
      alias: alias.optional(),
    }),
    output: deviceRow,
  }),
  'devices.update': write({
    access: ['installer', 'supervisor'],
    summary: 'Changes settings of one charger; they hold for new orders only (R-30).',
    input: changes.extend({ deviceCode }),
    output: deviceRow,
  }),
  'devices.updateMany': write({
    access: ['supervisor'],
    summary: 'The same change to many chargers, with a result for each.',
    input: z.strictObject({ deviceCodes: z.array(deviceCode).min(1).max(1000), changes }),
    output: z.object({ results: z.array(rowResult) }),
  }),
  'devices.transfer': write({
    access: ['supervisor'],
    summary: 'Gives chargers to another manager, all or none (R-27); past orders and income stay (R-28).',
    input: z.strictObject({ deviceCodes: z.array(deviceCode).min(1).max(1000), manager: phone }),
    output: z.object({ transferred: z.int() }),
  }),
  'devices.remove': write({
    access: ['supervisor'],
    summary: 'Takes a charger that has no orders out of the registry.',
    input: z.strictObject({ deviceCode }),
    output: z.object({ ok: z.literal(true) }),
  }),
  'devices.import': write({
    access: ['installer', 'supervisor'],
    summary:
      'Reads chargers from a CSV or XLSX file. With `dryRun` nothing is changed and the answer says what would be; the ' +
      'file comes back with the two columns 错误列 and 原因.',
    input: z.strictObject(importFile),
    output: imported(importedRow({ deviceCode: z.string(), btName: z.string(), alias: z.string() })),
  }),
  'devices.importTemplate': read({
    access: ['installer', 'supervisor'],
    summary: 'An empty sheet to fill in.',
    input: z.strictObject(templateFormat),
    output: downloadFile,
  }),
}
