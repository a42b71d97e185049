import { formatDay, type ZoneOffset } from '#shared/time.ts'

export interface SmallBars {
  readonly days: readonly { readonly day: number; readonly usage: string | null }[]
  readonly unit: string
  readonly gapWord: string
  readonly zone: ZoneOffset
  readonly colours: {
    readonly bar: string
    readonly gap: unknown
    readonly text: string
    readonly line: string
  }
}

const GAPS = {
  id: 'gaps',
  type: 'bar',
  yAxisIndex: 1,
  barGap: '-100%',
  barWidth: '70%',
  emphasis: { disabled: true },
} as const

/** A few days of usage at a glance; a day without any figure is a hatched slot, never zero. */
export function smallBars(chart: SmallBars) {
  const { colours, days } = chart
  return {
    grid: { left: 2, right: 2, top: 8, bottom: 0, containLabel: true },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      confine: true,
      formatter: (hits: unknown) => tooltip(chart, hits),
    },
    xAxis: {
      type: 'category',
      data: days.map(({ day }) => formatDay(day, chart.zone).slice(5)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
      axisLabel: { color: colours.text, fontSize: 11, hideOverlap: true },
    },
    yAxis: [
      { type: 'value', min: 0, axisLabel: { show: false }, splitLine: { show: false } },
      { type: 'value', min: 0, max: 1, show: false },
    ],
    series: [
      {
        ...GAPS,
        data: days.map(({ usage }) => (usage === null ? 1 : null)),
        itemStyle: { color: colours.gap },
      },
      {
        id: 'usage',
        type: 'bar',
        barWidth: '70%',
        data: days.map(({ usage }) => (usage === null ? null : Number(usage))),
        itemStyle: { color: colours.bar },
      },
    ],
  }
}

function tooltip(chart: SmallBars, hits: unknown): string {
  const hit: unknown = Array.isArray(hits) ? hits[0] : hits
  const index = typeof hit === 'object' && hit !== null && 'dataIndex' in hit ? Number(hit.dataIndex) : -1
  const shown = chart.days[index]
  if (!shown) return ''
  const text = shown.usage === null ? chart.gapWord : `${shown.usage} ${chart.unit}`
  return `${formatDay(shown.day, chart.zone)}<br>${text}`
}
