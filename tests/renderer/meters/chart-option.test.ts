import { describe, expect, it } from 'vitest'
import { DAY } from '#shared/time.ts'
import {
  chartOption,
  tooltipHtml,
  type UsageChart,
} from '../../../src/renderer/features/meters/chart-option.ts'
import type { UsageCell } from '../../../src/renderer/features/meters/usage-rows.ts'

const cells: (UsageCell | null)[] = [
  { usage: '3.10', state: 'measured' },
  { usage: null, state: 'gap' },
  { usage: null, state: 'reset' },
  { usage: '2', state: 'estimated' },
  { usage: '1', state: 'measured' },
]
const buckets = cells.map((_, i) => i * DAY)

const chart = (change: Partial<UsageChart> = {}): UsageChart => ({
  buckets,
  bucket: 'day',
  main: { key: 'imr:1', name: '1号表', cells },
  others: [],
  running: 4 * DAY,
  unit: 'kWh',
  zone: 0,
  now: 4 * DAY,
  colours: {
    bar: 'BAR',
    compare: ['C1', 'C2'],
    gap: 'HATCH',
    reset: 'RESET',
    text: 'T',
    line: 'L',
    surface: 'S',
  },
  words: { gap: '无读数', reset: '重置', estimated: '估算', running: '进行中' },
  ...change,
})

const seriesOf = (option: ReturnType<typeof chartOption>, id: string) =>
  option.series.find((series) => series.id === id)

describe('usage chart', () => {
  it('a gap is a hatched slot of full height and no bar of zero', () => {
    const option = chartOption(chart())
    const gaps = option.series[0]
    expect(gaps).toMatchObject({ id: 'gaps', data: [[1, 0]] })
    const area = { coordSys: { y: 30, height: 200 } }
    const tools = { value: () => 1, coord: () => [150, 0], size: () => [100, 0] }
    expect(gaps && 'renderItem' in gaps && gaps.renderItem(area, tools)).toMatchObject({
      shape: { x: 107, y: 30, width: 86, height: 200 },
      style: { fill: 'HATCH' },
    })
    expect(seriesOf(option, 'imr:1')?.data[1]).toEqual({ value: null })
  })

  it('a reset is a vertical mark and no bar', () => {
    expect(seriesOf(chartOption(chart()), 'imr:1')).toMatchObject({
      markLine: { data: [{ xAxis: 2, name: '重置' }], lineStyle: { color: 'RESET' } },
    })
  })

  it('an estimate is hollow, the running bucket lighter', () => {
    const data = seriesOf(chartOption(chart()), 'imr:1')?.data
    expect(data?.[3]).toMatchObject({ value: 2, itemStyle: { color: 'S', borderColor: 'BAR' } })
    expect(data?.[4]).toMatchObject({ value: 1, itemStyle: { opacity: 0.45 } })
    expect(data?.[0]).toEqual({ value: 3.1 })
  })

  it('the running bucket without a reading is not hatched', () => {
    const main = { key: 'imr:1', name: 'm', cells: [cells[1] ?? null] }
    const option = chartOption(chart({ main, buckets: [0], running: 0 }))
    expect(seriesOf(option, 'gaps')?.data).toEqual([])
  })

  it('names the unit on the axis, and none where the class is unknown', () => {
    expect(chartOption(chart()).yAxis).toMatchObject({ name: 'kWh' })
    expect(chartOption(chart({ unit: '' })).yAxis).toMatchObject({ name: '' })
  })

  it('zooms with the wheel, and long spans show where one is', () => {
    expect(chartOption(chart()).dataZoom.map((zoom) => zoom.type)).toEqual(['inside'])
    const long = Array.from({ length: 365 }, (_, i) => i * DAY)
    expect(chartOption(chart({ buckets: long })).dataZoom.map((zoom) => zoom.type)).toEqual([
      'inside',
      'slider',
    ])
  })

  it('compared series are lines that break at gaps', () => {
    const other = { key: 'previous', name: '上期', cells: [cells[0] ?? null, cells[1] ?? null, null] }
    expect(seriesOf(chartOption(chart({ others: [other] })), 'previous')).toMatchObject({
      type: 'line',
      connectNulls: false,
      data: [3.1, null, null],
      itemStyle: { color: 'C1' },
    })
  })

  it('the tooltip prints the decimal as it is, and words for what has no figure', () => {
    expect(tooltipHtml(chart(), 0)).toContain('3.10 kWh')
    expect(tooltipHtml(chart(), 1)).toContain('无读数')
    expect(tooltipHtml(chart(), 2)).toContain('重置')
    expect(tooltipHtml(chart(), 3)).toContain('2 kWh · 估算')
    expect(tooltipHtml(chart(), 4)).toContain('进行中')
    expect(tooltipHtml(chart(), 9)).toBe('')
  })

  it('a name from a vendor stays text', () => {
    const main = { key: 'x', name: '<img src=x onerror=alert(1)>', cells }
    expect(tooltipHtml(chart({ main }), 0)).not.toContain('<img')
  })
})
