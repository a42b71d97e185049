import { z } from '../z.ts'
import { id, instant, page, paging, read, source, write } from './define.ts'

/** What is fetched from a vendor system; each has its own windows and cursor. */
export const dataset = z.enum([
  'catalogue',
  'latest',
  'readings',
  'consumption',
  /** one record a day: only where its code is configured (I-16) */
  'consumptionDaily',
  'bands',
  'camera',
  'addresses',
  'balances',
  'meters',
  'records',
  'regions',
  'costs',
  'flows',
  'payments',
  'schedules',
  'operations',
])
export type Dataset = z.infer<typeof dataset>

/** What is fetched day by day, so that days can be missing. */
export const dailyDataset = z.enum([
  'readings',
  'consumption',
  'consumptionDaily',
  'bands',
  'camera',
  'payments',
])
export type DailyDataset = z.infer<typeof dailyDataset>

export const windowState = z.enum(['missing', 'open', 'partial', 'complete'])

export const sync = {
  'sync.start': write({
    access: ['supervisor', 'meters'],
    summary: 'Fetches from a vendor system; goes on where an unfinished run of the same call stopped.',
    input: z.strictObject({
      source,
      dataset: dataset.optional(),
      from: instant.optional(),
      /** exclusive */
      to: instant.optional(),
    }),
    output: z.object({ jobId: id }),
  }),
  'sync.coverage': read({
    access: 'operator',
    summary:
      'The gap map: which days of a source are held completely, by its readings unless another dataset is asked; then ' +
      '`readings` are the rows of the day.',
    input: z.strictObject({ source, from: instant, to: instant, dataset: dailyDataset.optional() }),
    output: z.object({
      days: z.array(
        z.object({
          day: instant,
          state: windowState,
          rows: z.int(),
          readings: z.int(),
          fetchedAt: instant.nullable(),
        }),
      ),
    }),
  }),
  'sync.quarantine': read({
    access: ['supervisor', 'meters'],
    summary: 'Rows a vendor sent that could not be understood, with the reason; nothing is thrown away.',
    input: z.strictObject({ ...paging, source: source.optional() }),
    output: page(
      z.object({ id, source, dataset: z.string(), at: instant, reason: z.string(), raw: z.string() }),
    ),
  }),
}
