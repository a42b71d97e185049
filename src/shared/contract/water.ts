import { z } from '../z.ts'
import { done, id, instant, nothing, page, paging, read, write } from './define.ts'
import { downloadFile, imported, importedRow, importFile, templateFormat } from './import.ts'
import { decimal } from './values.ts'

/** The seven lists of the water system, under the names of its own document (spec §4.1). */
const amount = decimal.nullable()
const when = instant.nullable()
/** by field: what the vendor sent where it is no number or no time (W-05 … W-07, W-21) */
const odd = { raw: z.record(z.string(), z.string()).optional() }
const asOf = { asOf: when }
const words = z.string().max(200).optional()
/** codes are compared as they are, names and places by what they hold (W-08) */
const code = z.string().max(100).optional()
const span = { start_time: instant.optional(), /** exclusive */ end_time: instant.optional() }

export interface WaterRegionNode {
  id: string
  name: string
  /** false: not in the last complete tree */
  active: boolean
  /** what the server returned for it: it filters fuzzily, and rows do not name their region (W-08) */
  devices: number
  accounts: number
  children: WaterRegionNode[]
}
const regionNode: z.ZodType<WaterRegionNode> = z.lazy(() =>
  z.object({
    id,
    name: z.string(),
    active: z.boolean(),
    devices: z.int(),
    accounts: z.int(),
    children: z.array(regionNode),
  }),
)

export const waterFlow = z.object({
  username: z.string(),
  house_number: z.string(),
  device_code: z.string(),
  balance: amount,
  status: z.string(),
  settle_flow: amount,
  total_flow: amount,
  last_month_flow: amount,
  created_at: when,
  flow_chart_url: z.string(),
  ...odd,
})

export const waterCost = z.object({
  username: z.string(),
  user_code: z.string(),
  /** masked: `138****5678` (W-25) */
  phone_number: z.string(),
  account_balance: amount,
  consumed_amount: amount,
  /** above zero: owes (W-27) */
  arrears_balance: amount,
  last_billing_date: when,
  ...odd,
})

export const waterOperation = z.object({
  log_type: z.string(),
  device_code: z.string(),
  operator: z.string(),
  operation_time: when,
  ip_address: z.string(),
  ...odd,
})

export const waterSchedule = z.object({
  user_code: z.string(),
  user_name: z.string(),
  water_meter_number: z.string(),
  operation_type: z.string(),
  execution_status: z.string(),
  execution_count: z.int().nullable(),
  created_at: when,
  execution_time: when,
  /** by the word of its status */
  failed: z.boolean(),
  ...odd,
})

export const waterReading = z.object({
  username: z.string(),
  house_number: z.string(),
  device_code: z.string(),
  settle_flow: amount,
  total_flow: amount,
  last_month_flow: amount,
  balance: amount,
  battery_voltage: amount,
  status: z.string(),
  collected_at: when,
  latest_31_day_usage: z.array(decimal).nullable(),
  ...odd,
})

export const waterPayment = z.object({
  user_name: z.string(),
  device_code: z.string(),
  user_code: z.string(),
  address: z.string(),
  user_type: z.string(),
  price_mode: z.string(),
  payment_method: z.string(),
  account_balance: amount,
  /** sic (W-17) */
  amcount_recharged: amount,
  surplus_balance: amount,
  recharge_status: z.string(),
  collected_at: when,
  ...odd,
})

/** `auto`: by number, from what the systems themselves say */
export const linkHow = z.enum(['auto', 'hand', 'import'])

const linkedRoom = z.object({ roomId: id, path: z.array(z.string()), how: linkHow })
const linkedDevice = z.object({ device_code: z.string(), how: linkHow })

const storedLink = z.object({
  id,
  roomId: z.string(),
  path: z.array(z.string()),
  device_code: z.string(),
  user_code: z.string(),
  how: linkHow,
  note: z.string(),
  operator: z.string(),
  at: instant,
})

/** An account with its meters and rooms, or a meter that no account is known for. */
const linkRow = z.object({
  user_code: z.string(),
  username: z.string(),
  devices: z.array(linkedDevice),
  rooms: z.array(linkedRoom),
})

export const watchKind = z.enum(['silent', 'battery', 'night', 'continuous', 'zero'])
export type WatchKind = z.infer<typeof watchKind>

const watchRow = z.object({
  meterId: id,
  device_code: z.string(),
  username: z.string(),
  house_number: z.string(),
  /** silent: none · battery: as sent · night, continuous: least m³ an hour · zero: the register */
  value: decimal.nullable(),
  /** silent: last reading · battery, zero: when it was read · night, continuous: the last time it was seen */
  at: when,
  /** nights, hours or days that say so; null: never read at all */
  count: z.int().nullable(),
})

export const water = {
  'water.regions': read({
    access: 'operator',
    summary: 'The region tree of the water system, with how many meters and accounts its filter returned.',
    input: nothing,
    output: z.object({ total: z.int(), rows: z.array(regionNode), ...asOf }),
  }),
  'water.flows': read({
    access: 'operator',
    summary: 'Flows as the water system lists them, newest first; the region as reported by its filter.',
    input: z.strictObject({ ...paging, region_id: code, device_code: code, watch_status: words }),
    output: page(waterFlow).extend(asOf),
  }),
  'water.costs': read({
    access: 'operator',
    summary: 'Water accounts with what they owe; phones are masked.',
    input: z.strictObject({
      ...paging,
      region_id: code,
      user_name: words,
      user_code: code,
      sort: z.enum(['user_code', 'arrears_balance']).optional(),
    }),
    output: page(waterCost).extend(asOf),
  }),
  'water.operations': read({
    access: 'operator',
    summary: 'The operation log of the water system, newest first.',
    input: z.strictObject({ ...paging, opt_type: words, device_code: code, ip_address: code }),
    output: page(waterOperation).extend(asOf),
  }),
  'water.schedules': read({
    access: 'operator',
    summary: 'Jobs of the water system, failed ones first, then the newest.',
    input: z.strictObject({
      ...paging,
      /** of those that the setting `upstreams.water.collectors` names (W-16) */
      coll_code: code,
      watcher_num: code,
      /** an execution_status as sent */
      status: words,
      failed: z.boolean().optional(),
    }),
    output: page(waterSchedule).extend({ /** of all that were found */ failed: z.int(), ...asOf }),
  }),
  'water.readings': read({
    access: 'operator',
    summary: 'Readings of water meters, newest first.',
    input: z.strictObject({
      ...paging,
      address: words,
      device_code: code,
      user_code: code,
      username: words,
      ...span,
    }),
    output: page(waterReading).extend(asOf),
  }),
  'water.payments': read({
    access: 'operator',
    summary: 'Payments to water accounts, newest first.',
    input: z.strictObject({
      ...paging,
      address: words,
      device_code: code,
      user_code: code,
      username: words,
      ...span,
    }),
    output: page(waterPayment).extend(asOf),
  }),
  'water.words': read({
    access: 'operator',
    summary:
      'The statuses and types that were seen in a list, or the collectors whose jobs were asked for, for its filter (W-29).',
    input: z.strictObject({
      list: z.enum(['flows', 'operations', 'schedules', 'readings', 'payments', 'collectors']),
    }),
    output: z.object({ rows: z.array(z.object({ word: z.string(), count: z.int() })) }),
  }),
  'water.arrears': read({
    access: 'operator',
    summary: 'Accounts that owe, with the rooms and meters they are linked to, the most first.',
    input: z.strictObject({ ...paging, query: words, region_id: code, linked: z.boolean().optional() }),
    output: page(waterCost.extend({ devices: z.array(linkedDevice), rooms: z.array(linkedRoom) })).extend(
      asOf,
    ),
  }),
  'water.watch': read({
    access: 'operator',
    summary: 'Meters that are silent, low on battery, flow at night or without a pause, or use nothing.',
    input: z.strictObject({
      ...paging,
      kind: watchKind,
      /** looked at: 3 days of silence, 7 nights, 2 days of flow, 30 days without use */
      days: z.int().min(1).max(366).optional(),
      /** battery: below this, as the vendor counts; default 85 % of the middle one (W-20) */
      below: decimal.optional(),
    }),
    output: page(watchRow).extend({
      /** meters that could be judged */
      judged: z.int(),
      below: decimal.nullable(),
      ...asOf,
    }),
  }),
  'water.watchCounts': read({
    access: 'operator',
    summary: 'How many meters are silent and how many low on battery, as the watch finds them by itself.',
    input: nothing,
    output: z.object({ silent: z.int(), battery: z.int() }),
  }),
  'water.picture': read({
    access: 'operator',
    summary: 'Fetches the flow chart of the vendor that somebody opened (I-29); never by itself.',
    input: z.strictObject({ device_code: z.string().min(1).max(100) }),
    output: z.object({
      picture: z.object({ type: z.string(), base64: z.string() }).nullable(),
      problem: z
        .enum(['none', 'address', 'host', 'redirect', 'unreachable', 'status', 'tooLarge', 'notAnImage'])
        .nullable(),
      /** where it was to come from */
      host: z.string().nullable(),
      at: when,
    }),
  }),
  'water.reveal': write({
    access: ['supervisor', 'cashier'],
    summary: 'The phone of an account whole, which the lists show masked; audited.',
    input: z.strictObject({ user_code: z.string().min(1).max(100) }),
    output: z.object({ phone: z.string() }),
  }),
  'water.links': read({
    access: 'operator',
    summary: 'Accounts with their meters and rooms, and meters without an account.',
    input: z.strictObject({
      ...paging,
      query: words,
      state: z.enum(['linked', 'unlinked']).optional(),
    }),
    output: page(linkRow).extend({ linked: z.int(), unlinked: z.int() }),
  }),
  'water.storedLinks': read({
    access: 'operator',
    summary: 'Links that a person made or imported, newest first.',
    input: z.strictObject({ ...paging, query: words }),
    output: page(storedLink),
  }),
  'water.link': write({
    access: ['supervisor', 'meters'],
    summary: 'Links two or three of a room, a water meter and a water account.',
    input: z.strictObject({
      roomId: id.optional(),
      device_code: z.string().min(1).max(100).optional(),
      user_code: z.string().min(1).max(100).optional(),
      note: z.string().max(200).optional(),
    }),
    output: storedLink,
  }),
  'water.unlink': write({
    access: ['supervisor', 'meters'],
    summary: 'Takes back a link that a person made; what the systems say by number stays.',
    input: z.strictObject({ id }),
    output: done,
  }),
  'water.importLinks': write({
    access: ['supervisor', 'meters'],
    summary: 'Links from an XLSX or CSV file; a dry run changes nothing and says the same.',
    input: z.strictObject(importFile),
    output: imported(importedRow({ room: z.string(), device_code: z.string(), user_code: z.string() })),
  }),
  'water.linkTemplate': read({
    access: ['supervisor', 'meters'],
    summary: 'The file to fill in for importing links.',
    input: z.strictObject(templateFormat),
    output: downloadFile,
  }),
}
