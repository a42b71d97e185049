import { PHASE_NAMES, type PhaseName } from '../phases.ts'
import { z } from '../z.ts'
import { id, instant, page, paging, read } from './define.ts'

/** as in `meters.ts`, which holds these operations too */
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)
const value = decimal.nullable()
const range = { from: instant, /** exclusive */ to: instant }

const bands = { total: value, sharp: value, peak: value, flat: value, valley: value }

/** Usage of a day by bands: registers of its end less those of the day before. */
export const bandUsage = z.object({
  ...bands,
  /** `gap`: no registers the day before; `reset`: one of them fell */
  state: z.enum(['measured', 'gap', 'reset']),
  /** the total is the sum of its bands within 1 % */
  sumOk: z.boolean(),
})

const phases = Object.fromEntries(PHASE_NAMES.map((name) => [name, value])) as Record<PhaseName, typeof value>

export const meterBands = {
  'meters.bands': read({
    access: 'operator',
    manyRows: true,
    summary:
      'Registers of the bands at the end of each day, from ≤ day < to, with the usage of the day; phase values at every instant that came. Days without any are left out.',
    input: z.strictObject({
      meterId: id,
      ...range,
      /** false: `phases` stays empty */
      phases: z.boolean().optional(),
    }),
    output: z.object({
      rows: z.array(
        z.object({
          /** yyyy-MM-dd in the zone; registers frozen exactly at midnight end the day before */
          day: z.string(),
          ...bands,
          /** false: the registers do not add up within 1 % (I-24) */
          sumOk: z.boolean(),
          /** when these registers were frozen */
          at: instant,
          usage: bandUsage,
        }),
      ),
      phases: z.array(z.object({ at: instant, ...phases })),
      asOf: instant.nullable(),
    }),
  }),
  'meters.consumption': read({
    access: 'operator',
    summary:
      'Consumption records of one meter as the vendor charged them, newest first; one kind only (I-40).',
    input: z.strictObject({
      ...paging,
      meterId: id,
      ...range,
      /** the vendor’s daily kind where it is fetched; all records if absent */
      kind: z.enum(['records', 'daily']).optional(),
    }),
    output: page(
      z.object({
        at: instant,
        reading: z.string(),
        dosage: value,
        amount: value,
        /** the vendor’s type code of the meter (I-17) */
        meterType: z.string(),
      }),
    ).extend({
      /** of all rows of the span */
      sums: z.object({ dosage: decimal, amount: decimal }),
      asOf: instant.nullable(),
    }),
  }),
}
