import type { Bucket, ZoneOffset } from '#shared/time.ts'
import { bucketLabel, bucketTitle } from './labels.ts'
import type { UsageCell, UsageSeries } from './usage-rows.ts'

/** Colours of the theme in use; the chart knows none of its own. */
export interface ChartColours {
  readonly bar: string
  readonly compare: readonly string[]
  /** what fills a slot without reading: a hatch pattern in the page, any colour in a test */
  readonly gap: unknown
  readonly reset: string
  readonly text: string
  readonly line: string
  readonly surface: string
}

export interface ChartWords {
  readonly gap: string
  readonly reset: string
  readonly estimated: string
  readonly running: string
}

export interface UsageChart {
  readonly buckets: readonly number[]
  readonly bucket: Bucket
  readonly main: UsageSeries
  readonly others: readonly UsageSeries[]
  /** start of the bucket that still counts */
  readonly running: number
  readonly unit: string
  readonly zone: ZoneOffset
  readonly now: number
  readonly colours: ChartColours
  readonly words: ChartWords
  /** the part in sight, shares 0–100, kept over a redraw */
  readonly zoom?: { readonly start: number; readonly end: number } | null
}

/** Series ids, so that a redraw moves bars instead of making new ones. */
const GAPS = 'gaps'
/** of a slot's width */
const GAP_SHARE = 0.86
/** More bars than this get a slim slider: the wheel alone would hide where one is. */
const SLIDER_FROM = 62

/** A bar's height: floats are good enough for pixels; every printed number stays the decimal string. */
function height(cell: UsageCell | null | undefined): number | null {
  const usage = cell?.usage ?? null
  return usage === null ? null : Number(usage)
}

function bar(cell: UsageCell, running: boolean, colours: ChartColours) {
  const value = height(cell)
  if (value === null) return { value: null }
  if (cell.state === 'estimated') {
    const hollow = {
      color: colours.surface,
      borderColor: colours.bar,
      borderWidth: 1.5,
      borderType: 'dashed',
    }
    return { value, itemStyle: hollow }
  }
  return running ? { value, itemStyle: { opacity: 0.45 } } : { value }
}

const isRunning = (chart: UsageChart, i: number) => chart.buckets[i] === chart.running

/** What echarts hands to a series that draws itself; only what is used here. */
interface DrawArea {
  readonly coordSys: { readonly y: number; readonly height: number }
}
interface DrawTools {
  value(dimension: number): number
  coord(point: readonly [number, number]): readonly number[]
  size(extent: readonly [number, number]): readonly number[]
}

/** A slot is hatched over its whole height, whatever the axis says: it has no value, not even zero. */
function gapSlot(fill: unknown, area: DrawArea, tools: DrawTools) {
  const width = (tools.size([1, 0])[0] ?? 0) * GAP_SHARE
  const middle = tools.coord([tools.value(0), 0])[0] ?? 0
  const { y, height } = area.coordSys
  return { type: 'rect', shape: { x: middle - width / 2, y, width, height }, style: { fill }, silent: true }
}

function gapSeries(chart: UsageChart) {
  const data = chart.main.cells.flatMap((cell, i) =>
    cell?.state === 'gap' && !isRunning(chart, i) ? [[i, 0]] : [],
  )
  return {
    id: GAPS,
    name: chart.words.gap,
    type: 'custom',
    clip: true,
    z: 0,
    data,
    renderItem: (area: DrawArea, tools: DrawTools) => gapSlot(chart.colours.gap, area, tools),
  }
}

/** A vertical line with its word at each of these slots. */
export function resetMarks(slots: readonly number[], { color, word }: { color: string; word: string }) {
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    lineStyle: { color, type: 'solid', width: 1.5 },
    label: { formatter: '{b}', color, position: 'end', fontSize: 11 },
    data: slots.map((slot) => ({ xAxis: slot, name: word })),
  }
}

const resetsOf = ({ main, colours, words }: UsageChart) =>
  resetMarks(
    main.cells.flatMap((cell, i) => (cell?.state === 'reset' ? [i] : [])),
    { color: colours.reset, word: words.reset },
  )

const mainSeries = (chart: UsageChart) => ({
  id: chart.main.key,
  name: chart.main.name,
  type: 'bar',
  data: chart.main.cells.map((cell, i) =>
    cell ? bar(cell, isRunning(chart, i), chart.colours) : { value: null },
  ),
  barWidth: '64%',
  barMaxWidth: 56,
  z: 2,
  itemStyle: { color: chart.colours.bar },
  markLine: resetsOf(chart),
})

function otherSeries(chart: UsageChart, series: UsageSeries, i: number) {
  const color = chart.colours.compare[i % chart.colours.compare.length]
  return {
    id: series.key,
    name: series.name,
    type: 'line',
    data: series.cells.map((cell) => height(cell)),
    connectNulls: false,
    showSymbol: chart.buckets.length <= SLIDER_FROM,
    symbol: 'circle',
    symbolSize: 5,
    z: 3,
    lineStyle: { width: 1.5, color },
    itemStyle: { color },
  }
}

const HTML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Names come from a vendor: they are text, never markup. */
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (c) => HTML[c] ?? c)

/** What the tooltip says of one cell. */
export function cellText(cell: UsageCell | null | undefined, chart: UsageChart, running = false): string {
  if (!cell) return '–'
  const { words, unit } = chart
  if (cell.state === 'reset') return words.reset
  if (cell.usage === null) return words.gap
  const notes = [cell.state === 'estimated' ? words.estimated : '', running ? words.running : ''].filter(
    Boolean,
  )
  return [`${cell.usage}${unit ? ` ${unit}` : ''}`, ...notes].join(' · ')
}

export function tooltipHtml(chart: UsageChart, i: number): string {
  const at = chart.buckets[i]
  if (at === undefined) return ''
  const line = (series: UsageSeries, running: boolean) =>
    `<div style="display:flex;justify-content:space-between;gap:16px"><span>${escapeHtml(series.name)}</span>` +
    `<span style="font-variant-numeric:tabular-nums">${escapeHtml(cellText(series.cells[i], chart, running))}</span></div>`
  const lines = [line(chart.main, isRunning(chart, i)), ...chart.others.map((other) => line(other, false))]
  return `<b>${bucketTitle(at, chart.bucket, chart.zone)}</b>${lines.join('')}`
}

function axes(chart: UsageChart) {
  const { text, line } = chart.colours
  return {
    xAxis: {
      type: 'category',
      data: chart.buckets.map((at) => bucketLabel(at, chart.bucket, chart.zone, chart.now)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: line } },
      axisLabel: { color: text, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      name: chart.unit,
      min: 0,
      nameTextStyle: { color: text, align: 'right' },
      axisLabel: { color: text },
      splitLine: { lineStyle: { color: line } },
    },
  }
}

function zoom(chart: UsageChart) {
  const { start = 0, end = 100 } = chart.zoom ?? {}
  const inside = {
    type: 'inside',
    zoomOnMouseWheel: true,
    moveOnMouseMove: true,
    minValueSpan: 3,
    start,
    end,
  }
  const slider = {
    type: 'slider',
    height: 14,
    bottom: 4,
    showDataShadow: false,
    brushSelect: false,
    moveHandleSize: 0,
    borderColor: chart.colours.line,
    fillerColor: `${chart.colours.bar}26`,
    handleStyle: { color: chart.colours.surface, borderColor: chart.colours.text },
    start,
    end,
  }
  return chart.buckets.length > SLIDER_FROM ? [inside, slider] : [inside]
}

/** Usage rows → what echarts draws: hatched gaps, hollow estimates, marked resets, the running bucket lighter. */
export function chartOption(chart: UsageChart) {
  const slim = chart.buckets.length > SLIDER_FROM
  return {
    animationDuration: 150,
    animationDurationUpdate: 150,
    grid: { left: 8, right: 12, top: 34, bottom: slim ? 26 : 6, containLabel: true },
    legend: {
      show: chart.others.length > 0,
      right: 8,
      top: 0,
      itemWidth: 14,
      itemHeight: 8,
      textStyle: { color: chart.colours.text },
      data: [chart.main, ...chart.others].map((series) => series.name),
    },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      transitionDuration: 0,
      confine: true,
      formatter: (hits: unknown) => tooltipHtml(chart, firstIndex(hits)),
    },
    ...axes(chart),
    dataZoom: zoom(chart),
    series: [gapSeries(chart), mainSeries(chart), ...chart.others.map((s, i) => otherSeries(chart, s, i))],
  }
}

function firstIndex(hits: unknown): number {
  const hit: unknown = Array.isArray(hits) ? hits[0] : hits
  return typeof hit === 'object' && hit !== null && 'dataIndex' in hit ? Number(hit.dataIndex) : -1
}
