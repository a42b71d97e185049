import { z } from '../z.ts'
import { id, instant, page, paging, read, source, write } from './define.ts'
import { usageState } from './meters.ts'
import { fen, meterKind, tender } from './values.ts'

export const REPORTS = [
  /** a line a meter, a column a day or month */
  'usage',
  /** the same by place (building) */
  'places',
  /** water by region of the water system: each meter in the deepest one that lists it */
  'regions',
  'top',
  /** no usage at all, or far from what the same meter used before */
  'unusual',
  /** days with readings of the days asked */
  'success',
  /** rooms at or below a bound, by the campus cache */
  'arrears',
  /** water accounts that owe, with their rooms */
  'waterArrears',
  /** by cashier and tender */
  'recharge',
  /** one day that is over: as closed, or as it is now */
  'day',
] as const
export const reportName = z.enum(REPORTS)
export type ReportName = z.infer<typeof reportName>

export const dayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-03-14')
export const unusualWhat = z.enum(['zero', 'high', 'low'])

/** Keys that a report does not know are left aside, so that a filter survives a change of report. */
export const reportFilter = z.strictObject({
  report: reportName,
  /** whole days of the site; `to` exclusive; the last 31 whole days if absent */
  from: instant.optional(),
  to: instant.optional(),
  /** of `usage` and `places`; a month is the register difference over it, so it counts what falls into gaps too */
  bucket: z.enum(['day', 'month']).optional(),
  /** of `usage`: `long` has a line a meter and bucket, for spreadsheets that sum by themselves */
  layout: z.enum(['wide', 'long']).optional(),
  source: source.optional(),
  /** electricity if absent: what has different units is never added up */
  kind: meterKind.optional(),
  /** exactly this place */
  place: z.string().max(200).optional(),
  /** part of table number, place, house or user */
  query: z.string().max(200).optional(),
  /** of `success` */
  group: z.enum(['meter', 'place']).optional(),
  /** of `top`: so many */
  most: z.int().min(1).max(1000).optional(),
  /** of `unusual`: so many times more, or less, a day than before; 3 if absent */
  factor: z.number().min(1.1).max(100).optional(),
  what: unusualWhat.optional(),
  /** of `arrears`; 0 if absent */
  belowFen: fen.optional(),
  /** of `recharge` */
  operator: z.string().max(40).optional(),
  tender: tender.optional(),
  /** of `day`; yesterday if absent */
  day: dayText.optional(),
  /** of `day`: as it stood in this version; the newest if absent */
  version: z.int().min(1).optional(),
})
export type ReportFilter = z.infer<typeof reportFilter>

/** Decimal strings for usage and shares, integers for counts, money (fen) and times. */
const cell = z.union([z.string(), z.number(), z.null()])
export type ReportCell = z.infer<typeof cell>

const column = z.object({
  /** i18n key `reports.column.<key>`; `bucket`: the day or month that begins at `at` */
  key: z.string(),
  format: z.enum(['text', 'word', 'decimal', 'integer', 'money', 'time', 'day', 'percent']),
  at: instant.optional(),
})
export type ReportColumn = z.infer<typeof column>

const version = z.object({
  day: dayText,
  version: z.int(),
  at: instant,
  by: z.string(),
  /** why it was computed anew; empty for the first */
  reason: z.string(),
  meters: z.int(),
  /** the newest readings that could count */
  asOf: instant.nullable(),
  /** figures that differ from the version before */
  changed: z.int(),
})
export type ReportVersion = z.infer<typeof version>

export const reportTable = z.object({
  report: reportName,
  /** null where the report is of now */
  from: instant.nullable(),
  to: instant.nullable(),
  columns: z.array(column),
  rows: z.array(z.array(cell)),
  /** of all rows, cell by cell; null where nothing adds up */
  total: z.array(cell).nullable(),
  /** rows that sum up the ones above them, by their index */
  subtotals: z.array(z.int()),
  /** cells that are no plain measurement: [row, column, state]; a usage of null without a mark is a gap */
  marks: z.array(z.tuple([z.int(), z.int(), usageState])),
  /** figures there are, of those asked */
  coverage: z.object({ measured: z.int(), total: z.int() }).nullable(),
  asOf: instant.nullable(),
  /** of `day`: the version that these figures are from */
  closed: version.nullable(),
})
export type ReportTable = z.infer<typeof reportTable>

const writers = ['supervisor', 'meters'] as const

export const reports = {
  'reports.get': read({
    access: 'operator',
    manyRows: true,
    summary: 'A report as a table: columns, rows, sums, and which cells are no plain measurement.',
    input: reportFilter,
    output: reportTable,
  }),
  'reports.places': read({
    access: 'operator',
    summary: 'Places that meters hang at, for a choice.',
    input: z.strictObject({}),
    output: z.object({ places: z.array(z.string()) }),
  }),
  'reports.close': write({
    access: writers,
    summary: 'Keeps the figures of a day that is over, all meters; later readings change nothing about them.',
    input: z.strictObject({ day: dayText }),
    output: version,
  }),
  'reports.recompute': write({
    access: writers,
    summary: 'Computes a closed day anew as a further version; the earlier ones stay.',
    input: z.strictObject({ day: dayText, reason: z.string().trim().min(4).max(400) }),
    output: version,
  }),
  'reports.versions': read({
    access: 'operator',
    summary: 'Every closing and recomputing of days, newest first.',
    input: z.strictObject({ ...paging, day: dayText.optional() }),
    output: page(version),
  }),
  'reports.changes': read({
    access: 'operator',
    summary: 'What a version of a day has otherwise than the version before.',
    input: z.strictObject({ ...paging, day: dayText, version: z.int().min(1) }),
    output: page(
      z.object({
        meterId: id,
        tableNo: z.string(),
        place: z.string(),
        /** null: there was no figure, or is none any more */
        before: z.string().nullable(),
        after: z.string().nullable(),
        /** `absent`: the meter was not in that version */
        stateBefore: z.enum([...usageState.options, 'absent']),
        stateAfter: z.enum([...usageState.options, 'absent']),
      }),
    ),
  }),
  'reports.export': write({
    access: 'operator',
    summary: 'Writes a report to XLSX as a job; reports.exported has the file once the job is done.',
    input: z.strictObject({
      filter: reportFilter,
      /** what the sheet says, by key; keys themselves where it is absent */
      texts: z
        .strictObject({
          name: z.string().max(80),
          /** above the table: what was asked */
          of: z.string().max(400),
          columns: z.record(z.string(), z.string().max(80)),
          words: z.record(z.string(), z.string().max(80)),
          total: z.string().max(40),
        })
        .optional(),
    }),
    output: z.object({ jobId: z.string() }),
  }),
  'reports.exported': read({
    access: 'operator',
    summary:
      'The file of a job that is done, for who started it; kept until the program ends or newer ones come.',
    input: z.strictObject({ jobId: id }),
    output: z.object({ name: z.string(), type: z.string(), base64: z.string() }),
  }),
}
