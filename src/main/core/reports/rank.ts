import { REPORT_DEFAULTS } from '#shared/report-defaults.ts'
import { usageText, type FigureMeter } from '../meters/index.ts'
import { sortedInSlices } from '../sorting.ts'
import { column, percent, tableOf, type Builder, type Cells } from './parts.ts'
import { about, METER_COLUMNS, meterCells, readUsage, sumOf, sumText, type Sum } from './usage.ts'

/** The meters that used most over the span, days added up. */
export const topReport: Builder = async (parts, filter) => {
  const read = await readUsage(parts, { ...filter, bucket: 'day' })
  const { most = REPORT_DEFAULTS.most } = filter
  const sums: (Sum & { readonly meter: FigureMeter })[] = []
  for (const [slot, meter] of read.meters.entries()) {
    sums.push({ meter, ...sumOf(read.table, slot) })
    const pause = parts.breathe()
    if (pause) await pause
  }
  const all = totalOf(sums)
  const counted = sums.filter(({ measured }) => measured > 0)
  const first = (await sortedInSlices(counted, (a, b) => b.usage - a.usage, parts.breathe)).slice(0, most)
  const shown = totalOf(first)
  return tableOf('top', {
    ...about(read, all.measured),
    columns: [
      column('rank', 'integer'),
      ...METER_COLUMNS,
      column('sum', 'decimal'),
      column('share', 'percent'),
      column('figures', 'integer'),
    ],
    rows: first.map((one, i) => [
      i + 1,
      ...meterCells(one.meter),
      usageText(one.usage),
      percent(one.usage, all.usage),
      one.measured,
    ]),
    total: [null, null, null, null, null, sumText(shown), percent(shown.usage, all.usage), shown.measured],
  })
}

const totalOf = (sums: readonly Sum[]): Sum =>
  sums.reduce(
    (all, { usage, measured }) => ({ usage: all.usage + usage, measured: all.measured + measured }),
    {
      usage: 0,
      measured: 0,
    },
  )

/** Fewer days before say nothing about what is usual. */
const LEAST_DAYS = 3

interface Compared {
  readonly meter: FigureMeter
  readonly now: Sum
  readonly before: Sum
}

/** No usage at all, or a daily mean far from that of as many days before. */
export const unusualReport: Builder = async (parts, filter) => {
  const { factor = REPORT_DEFAULTS.factor, what } = filter
  const read = await readUsage(parts, { ...filter, bucket: 'day' })
  const { from, to } = read.span
  const earlier = await parts.figures.usage(read.meters, { from: from - (to - from), to: from }, 'day')
  let measured = 0
  const rows: Cells[] = []
  for (const [slot, meter] of read.meters.entries()) {
    const one = { meter, now: sumOf(read.table, slot), before: sumOf(earlier.table, slot) }
    measured += one.now.measured
    const found = judge(one, factor)
    if (found !== null && (what === undefined || what === found)) rows.push(unusualCells(one, found))
    const pause = parts.breathe()
    if (pause) await pause
  }
  return tableOf('unusual', {
    ...about(read, measured),
    columns: [
      column('what', 'word'),
      ...METER_COLUMNS,
      column('sum', 'decimal'),
      column('figures', 'integer'),
      column('mean', 'decimal'),
      column('meanBefore', 'decimal'),
      column('ratio', 'decimal'),
    ],
    rows: ORDER.flatMap((found) => rows.filter(([first]) => first === found)),
  })
}

const ORDER = ['high', 'zero', 'low']

const unusualCells = ({ meter, now, before }: Compared, found: string): Cells => [
  found,
  ...meterCells(meter),
  sumText(now),
  now.measured,
  meanText(now),
  before.measured === 0 ? null : meanText(before),
  before.usage > 0 ? (meanOf(now) / meanOf(before)).toFixed(1) : null,
]

function judge({ now, before }: Compared, factor: number): 'zero' | 'high' | 'low' | null {
  if (now.measured === 0) return null
  if (now.usage === 0) return 'zero'
  if (before.measured < LEAST_DAYS) return null
  if (before.usage === 0) return 'high'
  const ratio = meanOf(now) / meanOf(before)
  return ratio >= factor ? 'high' : ratio <= 1 / factor ? 'low' : null
}

const meanOf = ({ usage, measured }: Sum) => (measured === 0 ? 0 : usage / measured)
/** a mean has as many digits as one reads: hundredths */
const meanText = (sum: Sum) => usageText(Math.round(meanOf(sum) / 100) * 100)
