import { formatDay, type ZoneOffset } from '#shared/time.ts'
import type { Summary } from './tiles.ts'

export interface RecentChart {
  readonly days: Summary['days']
  readonly kind: 'electricity' | 'water'
  readonly name: string
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

/** Fourteen small bars; a day without any figure is a hatched slot, never zero. */
export function recentOption(chart: RecentChart) {
  const { colours, kind } = chart
  const values = chart.days.map((day) => day[kind])
  return {
    animationDuration: 150,
    grid: { left: 2, right: 2, top: 8, bottom: 2, containLabel: true },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      confine: true,
      transitionDuration: 0,
      formatter: (hits: unknown) => tooltip(chart, hits),
    },
    xAxis: {
      type: 'category',
      data: chart.days.map(({ day }) => formatDay(day, chart.zone).slice(5)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
      axisLabel: { color: colours.text, interval: 'auto', fontSize: 11 },
    },
    yAxis: [
      { type: 'value', min: 0, axisLabel: { show: false }, splitLine: { show: false } },
      { type: 'value', min: 0, max: 1, show: false },
    ],
    series: [
      {
        id: 'gaps',
        type: 'bar',
        yAxisIndex: 1,
        barGap: '-100%',
        barWidth: '70%',
        data: values.map((value) => (value === null ? 1 : null)),
        itemStyle: { color: colours.gap },
      },
      {
        id: kind,
        type: 'bar',
        barWidth: '70%',
        data: values.map((value) => (value === null ? null : Number(value))),
        itemStyle: { color: colours.bar },
      },
    ],
  }
}

function tooltip(chart: RecentChart, hits: unknown): string {
  const hit: unknown = Array.isArray(hits) ? hits[0] : hits
  const index = typeof hit === 'object' && hit !== null && 'dataIndex' in hit ? Number(hit.dataIndex) : -1
  const day = chart.days[index]
  if (!day) return ''
  const usage = day[chart.kind]
  return `${formatDay(day.day, chart.zone)}<br>${usage === null ? chart.gapWord : `${usage} ${chart.unit}`}`
}
