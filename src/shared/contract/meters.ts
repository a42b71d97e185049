import { z } from '../z.ts'
import { meterBands } from './meter-bands.ts'
import { meterCommands } from './meter-commands.ts'
import { meterImport } from './meter-import.ts'
import { dataset } from './sync.ts'
import { id, instant, nothing, page, paging, read, source } from './define.ts'
import { decimal, meterKind } from './values.ts'

export const online = z.enum(['online', 'offline', 'unknown'])
export const gate = z.enum(['open', 'closed', 'unknown'])
export const bucket = z.enum(['hour', 'day', 'month'])

export const meterRow = z.object({
  /** `imr:202005005292`: stable, also when the cache is fetched anew */
  id,
  source,
  tableNo: z.string(),
  deviceId: z.string(),
  name: z.string(),
  kind: meterKind,
  /** the vendor's own type code, kept as sent */
  typeCode: z.string(),
  place: z.string(),
  house: z.string(),
  user: z.string(),
  userCode: z.string(),
  project: z.string(),
  lastReading: decimal.nullable(),
  /** of a campus meter when the platform was asked: it does not say when the meter was read */
  lastReadAt: instant.nullable(),
  online,
  /** the vendor's own word where it is none we know (I-08) */
  onlineRaw: z.string(),
  onlineAt: instant.nullable(),
  gate,
  gateRaw: z.string(),
  /** false: not in the last complete catalogue (C-50), kept with its history */
  active: z.boolean(),
  /** the meter of the same number in the other system, campus or not, where there is one: two rows of one meter */
  sameAs: id.optional(),
})
export type MeterRow = z.infer<typeof meterRow>

export const meterFilter = {
  query: z.string().max(200).optional(),
  source: source.optional(),
  kind: meterKind.optional(),
  online: online.optional(),
  gate: gate.optional(),
  active: z.boolean().optional(),
  /** a number that a meter system has and the campus platform too: once, where its readings are */
  distinct: z.boolean().optional(),
  /** only meters whose last reading is older than this many hours, or that have none */
  silentHours: z
    .int()
    .min(1)
    .max(24 * 3660)
    .optional(),
}

export const meterSort = z.enum(['tableNo', 'place', 'user', 'kind', 'lastReadAt', 'lastReading', 'onlineAt'])

const range = { from: instant, /** exclusive */ to: instant }

export const readingFlag = z.enum(['conflict', 'precise', 'corrected', 'manual', 'ignored', 'estimated'])
/** Where a value that a person vouches for comes from. */
export const decisionOrigin = z.enum(['manual', 'repair', 'camera', 'import'])

export const usageState = z.enum(['measured', 'gap', 'reset', 'estimated'])

export const meters = {
  ...meterBands,
  ...meterCommands,
  ...meterImport,
  'meters.list': read({
    access: 'operator',
    summary: 'Meters of all sources; the query looks in number, name, place, house, user and user code.',
    input: z.strictObject({
      ...paging,
      ...meterFilter,
      sort: meterSort.optional(),
      order: z.enum(['ascending', 'descending']).optional(),
    }),
    output: page(meterRow).extend({ asOf: instant.nullable() }),
  }),
  'meters.get': read({
    access: 'operator',
    summary: 'One meter with how much of its history is held.',
    input: z.strictObject({ meterId: id }),
    output: meterRow.extend({
      firstReadAt: instant.nullable(),
      readings: z.int(),
      /** what else is held of it; a deployment without the endpoint has none (I-44) */
      has: z.array(z.enum(['bands', 'phases', 'consumption', 'consumptionDaily', 'images'])),
      /** what the vendor says where people entered something else (meters.import) */
      vendor: z
        .object({ name: z.string(), place: z.string(), house: z.string(), user: z.string() })
        .optional(),
      /** whole digits of the register, where somebody entered them */
      registerDigits: z.int().optional(),
      asOf: instant.nullable(),
    }),
  }),
  'meters.summary': read({
    access: 'operator',
    summary: 'Counts for today’s page.',
    input: nothing,
    output: z.object({
      total: z.int(),
      electricity: z.int(),
      water: z.int(),
      unknown: z.int(),
      offline: z.int(),
      /** no reading in the last 48 hours */
      silent: z.int(),
      gateClosed: z.int(),
      /** falls and jumps of registers that wait for a decision */
      parked: z.int(),
      /** usage of the last 14 whole days by kind, newest last; null where nothing was measured */
      days: z.array(
        z.object({
          day: instant,
          electricity: decimal.nullable(),
          water: decimal.nullable(),
          measured: z.int(),
        }),
      ),
      asOf: instant.nullable(),
    }),
  }),
  'meters.readings': read({
    access: 'operator',
    manyRows: true,
    summary: 'Register values of one meter, from ≤ at < to, ascending, one row per instant.',
    input: z.strictObject({
      meterId: id,
      ...range,
      offset: z.int().min(0).optional(),
      limit: z.int().min(1).optional(),
    }),
    output: z.object({
      total: z.int(),
      rows: z.array(
        z.object({
          at: instant,
          value: decimal,
          /**
           * `conflict`: two different values came for this instant; `precise`: more than 4 decimals; `corrected`:
           * stands for `original`, which the vendor sent; `manual`: given beside what the vendor sent; `ignored`: does
           * not count; `estimated`: nobody read it off the meter
           */
          flags: z.array(readingFlag).optional(),
          original: decimal.optional(),
          decisionId: id.optional(),
          origin: decisionOrigin.optional(),
        }),
      ),
      asOf: instant.nullable(),
    }),
  }),
  'meters.usage': read({
    access: 'operator',
    manyRows: true,
    summary: 'Usage per bucket: register at its end minus register at its start; null for gap and reset.',
    input: z.strictObject({ meterIds: z.array(id).min(1).max(5000).optional(), ...range, bucket }),
    output: z.object({
      rows: z.array(
        z.object({
          meterId: id,
          /** epoch ms of its start in the zone */
          bucket: instant,
          usage: decimal.nullable(),
          state: usageState,
        }),
      ),
      /** buckets that have a figure, of those asked */
      coverage: z.object({ measured: z.int(), total: z.int() }),
      asOf: instant.nullable(),
    }),
  }),
  'meters.fetch': read({
    access: 'operator',
    summary: 'Fetches the history of the meter somebody opened before everything else; answers at once.',
    input: z.strictObject({ meterId: id, ...range, /** readings if absent */ dataset: dataset.optional() }),
    output: z.object({
      jobId: id.nullable(),
      reason: z.enum(['started', 'held', 'notConfigured', 'offline']),
    }),
  }),
}
