import type { EChartsCoreOption } from 'echarts/core'
import { BAND_NAMES, type BandName } from '#shared/phases.ts'
import { formatDay, type ZoneOffset } from '#shared/time.ts'
import type { Output } from '#shared/contract/index.ts'
import { BAND_COLORS, BAND_PATTERN } from '../../app/theme.ts'
import { resetMarks, type ChartColours } from './chart-option.ts'

export type BandRow = Output<'meters.bands'>['rows'][number]

/** One day or month of the span: null where nothing is known of it. */
export interface BandDay {
  readonly day: string
  readonly row: BandRow | null
  /** of a month of which only a part is known: its first and last day that are */
  readonly part?: { readonly from: string; readonly to: string }
}

/** Every day of a span, whether there are bands of it or not. */
export function bandDays(rows: readonly BandRow[], starts: readonly number[], zone: ZoneOffset): BandDay[] {
  const byDay = new Map(rows.map((row) => [row.day, row]))
  return starts.map((start) => {
    const day = formatDay(start, zone)
    return { day, row: byDay.get(day) ?? null }
  })
}

const usageOf = ({ row }: BandDay, name: BandName): number | null => {
  const text = row?.usage.state === 'measured' ? row.usage[name] : null
  return text === null ? null : Number(text)
}

interface Words {
  readonly band: Readonly<Record<BandName, string>>
  readonly gap: string
  readonly reset: string
  readonly sumOff: string
}

interface BandChart {
  readonly days: readonly BandDay[]
  readonly unit: string
  readonly colours: ChartColours
  readonly words: Words
}

/** Lines or dots over the colour of a band, so that paper without colour and any eye tell them apart. */
const PATTERNS: Readonly<Record<BandName, object>> = {
  sharp: { dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: Math.PI / 4 },
  peak: { dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: -Math.PI / 4 },
  flat: {
    symbol: 'circle',
    symbolSize: 0.6,
    dashArrayX: [
      [8, 8],
      [0, 8, 8, 0],
    ],
    dashArrayY: [6, 0],
  },
  valley: { dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: 0 },
}

/** Stacked bars 尖 峰 平 谷; a day without usage is hatched to the height of the tallest, one of a reset is marked. */
export function bandOption({ days, unit, colours, words }: BandChart): EChartsCoreOption {
  const sums = days.map((day) => BAND_NAMES.reduce((sum, name) => sum + (usageOf(day, name) ?? 0), 0))
  const tallest = Math.max(1, ...sums)
  const resets = days.flatMap(({ row }, i) => (row?.usage.state === 'reset' ? [i] : []))
  const bars = BAND_NAMES.map((name, i) => ({
    name: words.band[name],
    type: 'bar',
    stack: 'bands',
    itemStyle: { color: BAND_COLORS[i], decal: { color: BAND_PATTERN, ...PATTERNS[name] } },
    data: days.map((day) => usageOf(day, name)),
  }))
  const gaps = {
    name: words.gap,
    type: 'bar',
    stack: 'gap',
    barGap: '-100%',
    silent: true,
    itemStyle: { color: colours.gap },
    data: days.map(({ row }) => ((row?.usage.state ?? 'gap') === 'gap' ? tallest : null)),
    markLine: resetMarks(resets, { color: colours.reset, word: words.reset }),
  }
  return {
    animation: false,
    grid: { left: 8, right: 12, top: 34, bottom: 26, containLabel: true },
    legend: { right: 8, top: 0, itemWidth: 14, itemHeight: 8, data: bars.map(({ name }) => name) },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      transitionDuration: 0,
      confine: true,
      formatter: (hits: unknown) => tooltip(days[indexOf(hits)], unit, words),
    },
    xAxis: { type: 'category', data: days.map(({ day }) => day) },
    yAxis: { type: 'value', name: unit },
    dataZoom: [{ type: 'inside' }],
    series: [...bars, gaps],
  }
}

function indexOf(hits: unknown): number {
  const hit: unknown = Array.isArray(hits) ? hits[0] : hits
  return typeof hit === 'object' && hit !== null && 'dataIndex' in hit ? Number(hit.dataIndex) : -1
}

/** Only words of ours and digits of the core's decimals: nothing of a vendor's text reaches the HTML. */
function tooltip(day: BandDay | undefined, unit: string, words: Words): string {
  if (!day) return ''
  const { row } = day
  if (row?.usage.state !== 'measured')
    return `${day.day}<br>${row?.usage.state === 'reset' ? words.reset : words.gap}`
  const lines = BAND_NAMES.map((name) => `${words.band[name]} ${row.usage[name] ?? '–'} ${unit}`)
  return [day.day, ...lines, ...(row.usage.sumOk ? [] : [words.sumOff])].join('<br>')
}
