import type { ReportColumn, ReportFilter, ReportTable } from '#shared/contract/reports.ts'
import { REPORT_DEFAULTS } from '#shared/report-defaults.ts'
import { ESTIMATED, GAP, MEASURED, usageText, type FigureMeter, type UsageTable } from '../meters/index.ts'
import { column, percent, tableOf, type Builder, type Cells, type Mark, type ReportParts } from './parts.ts'
import { spanOf, type Span } from './span.ts'

/** Reports of usage by meter and by place: their figures are those of meters.usage, and their sums its sums. */

export interface Read {
  readonly meters: readonly FigureMeter[]
  readonly span: Span
  readonly starts: readonly number[]
  readonly table: UsageTable
  readonly asOf: number | null
}

export async function readUsage(parts: ReportParts, filter: ReportFilter): Promise<Read> {
  const { figures, ctx, zone } = parts
  const { kind = REPORT_DEFAULTS.kind, source, place, query, bucket = REPORT_DEFAULTS.bucket } = filter
  const span = spanOf(filter, ctx.ports.clock.now(), zone())
  const meters = await figures.meters({ kind, source, place, query }, span)
  await ctx.ports.clock.yield()
  return {
    meters,
    span,
    ...(await figures.usage(meters, span, bucket)),
    asOf: figures.asOf(span),
  }
}

/** What one meter, or a place, comes to. */
export interface Sum {
  usage: number
  /** buckets that have a figure */
  measured: number
}

export const hasFigure = (state: number | undefined) => state === MEASURED || state === ESTIMATED

export function sumOf({ usage, state, buckets }: UsageTable, slot: number): Sum {
  const sum = { usage: 0, measured: 0 }
  for (let at = slot * buckets; at < (slot + 1) * buckets; at++) {
    if (!hasFigure(state[at])) continue
    sum.measured++
    sum.usage += usage[at] ?? 0
  }
  return sum
}

export const sumText = ({ usage, measured }: Sum) => (measured === 0 ? null : usageText(usage))

const bucketColumns = (starts: readonly number[]): ReportColumn[] =>
  starts.map((at) => ({ key: 'bucket', format: 'decimal', at }))

export const METER_COLUMNS = [
  column('tableNo', 'text'),
  column('place', 'text'),
  column('house', 'text'),
  column('user', 'text'),
]
export const meterCells = ({ tableNo, place, house, user }: FigureMeter): Cells => [
  tableNo,
  place,
  house,
  user,
]

const END_COLUMNS = [column('sum', 'decimal'), column('figures', 'integer')]

export const usageReport: Builder = async (parts, filter) => {
  const read = await readUsage(parts, filter)
  const { layout = REPORT_DEFAULTS.layout } = filter
  return layout === 'long' ? long(parts, read) : wide(parts, read)
}

const newSum = (): Sum => ({ usage: 0, measured: 0 })

/** A line a meter, a column a day or month, its sum and how many of its buckets have a figure. */
async function wide(parts: ReportParts, read: Read): Promise<ReportTable> {
  const { starts } = read
  const marks: Mark[] = []
  const columns = starts.map(newSum)
  const all = newSum()
  const rows: Cells[] = []
  for (const [slot, meter] of read.meters.entries()) {
    const cells = meterCells(meter)
    const own = newSum()
    for (let bucket = 0; bucket < starts.length; bucket++) {
      const { state, usage, text } = cellAt(read.table, slot, bucket)
      if (state !== 'measured' && state !== 'gap') marks.push([slot, cells.length, state])
      cells.push(text)
      if (text === null) continue
      add(own, usage)
      add(columns[bucket] ?? own, usage)
    }
    all.usage += own.usage
    all.measured += own.measured
    cells.push(sumText(own), own.measured)
    rows.push(cells)
    const pause = parts.breathe()
    if (pause) await pause
  }
  return tableOf('usage', {
    ...about(read, all.measured),
    columns: [...METER_COLUMNS, ...bucketColumns(starts), ...END_COLUMNS],
    rows,
    total: [null, null, null, null, ...columns.map(sumText), sumText(all), all.measured],
    marks,
  })
}

/** A line a meter and bucket. */
async function long(parts: ReportParts, read: Read): Promise<ReportTable> {
  const { starts } = read
  const all = newSum()
  const rows: Cells[] = []
  for (const [slot, meter] of read.meters.entries()) {
    for (const [bucket, start] of starts.entries()) {
      const { state, usage, text } = cellAt(read.table, slot, bucket)
      if (text !== null) add(all, usage)
      rows.push([...meterCells(meter), start, text, state])
    }
    const pause = parts.breathe()
    if (pause) await pause
  }
  return tableOf('usage', {
    ...about(read, all.measured),
    columns: [...METER_COLUMNS, column('day', 'day'), column('usage', 'decimal'), column('state', 'word')],
    rows,
    total: [null, null, null, null, null, sumText(all), null],
  })
}

const STATES = ['gap', 'measured', 'reset', 'estimated'] as const

function cellAt(table: UsageTable, slot: number, bucket: number) {
  const at = slot * table.buckets + bucket
  const state = table.state[at] ?? GAP
  const usage = table.usage[at] ?? 0
  return { state: STATES[state] ?? 'gap', usage, text: hasFigure(state) ? usageText(usage) : null }
}

function add(sum: Sum, usage: number): void {
  sum.usage += usage
  sum.measured++
}

export const about = ({ span, asOf, table }: Read, measured: number): Partial<ReportTable> => ({
  ...span,
  asOf,
  coverage: { measured, total: table.state.length },
})

interface PlaceSums extends Sum {
  readonly place: string
  readonly buckets: Sum[]
  meters: number
}

/** A line a place: its meters, its columns, its sum and its part of all. */
export const placesReport: Builder = async (parts, filter) =>
  grouped(parts, await readUsage(parts, filter), { report: 'places', key: 'place', of: ({ place }) => place })

/** The same by region of the water system. */
export const regionsReport: Builder = async (parts, filter) => {
  const read = await readUsage(parts, { ...filter, place: undefined, kind: 'water', source: 'water' })
  const regions = parts.water.regionOf()
  const of = ({ tableNo }: FigureMeter) => regions.get(tableNo) ?? ''
  return grouped(parts, read, { report: 'regions', key: 'region', of })
}

interface Grouping {
  readonly report: 'places' | 'regions'
  /** of the first column */
  readonly key: string
  of(meter: FigureMeter): string
}

async function grouped(parts: ReportParts, read: Read, { report, key, of }: Grouping): Promise<ReportTable> {
  const { starts } = read
  const newPlace = (place: string): PlaceSums => ({
    place,
    ...newSum(),
    meters: 0,
    buckets: starts.map(newSum),
  })
  const places = new Map<string, PlaceSums>()
  const all = newPlace('')
  for (const [slot, meter] of read.meters.entries()) {
    const place = of(meter)
    const own = places.get(place) ?? newPlace(place)
    places.set(place, own)
    for (const one of [own, all]) addMeter(one, read.table, slot)
    const pause = parts.breathe()
    if (pause) await pause
  }
  const cells = (one: PlaceSums): Cells => [
    one.place,
    one.meters,
    ...one.buckets.map(sumText),
    sumText(one),
    percent(one.usage, all.usage),
    one.measured,
    one.meters * starts.length - one.measured,
  ]
  return tableOf(report, {
    ...about(read, all.measured),
    columns: [
      column(key, 'text'),
      column('meters', 'integer'),
      ...bucketColumns(starts),
      column('sum', 'decimal'),
      column('share', 'percent'),
      column('figures', 'integer'),
      column('missing', 'integer'),
    ],
    rows: [...places.values()].map(cells),
    total: [null, ...cells(all).slice(1)],
  })
}

function addMeter(sums: PlaceSums, { usage, state, buckets }: UsageTable, slot: number): void {
  sums.meters++
  for (let bucket = 0; bucket < buckets; bucket++) {
    const at = slot * buckets + bucket
    const of = sums.buckets[bucket]
    if (!of || !hasFigure(state[at])) continue
    add(of, usage[at] ?? 0)
    add(sums, usage[at] ?? 0)
  }
}
