import type { EChartsCoreOption } from 'echarts/core'
import type { Output } from '#shared/contract/index.ts'
import type { PhaseName } from '#shared/phases.ts'
import { SERIES_COLORS } from '../../app/theme.ts'

export type PhaseRow = Output<'meters.bands'>['phases'][number]

export const GROUPS = ['volt', 'electric', 'activePower', 'reactivePower'] as const
export type Group = (typeof GROUPS)[number]
export const LINES = ['A', 'B', 'C', 'total'] as const
export type Line = (typeof LINES)[number]

const TOTALS: Partial<Record<Group, PhaseName>> = {
  activePower: 'totalActivePower',
  reactivePower: 'totalReactivePower',
}

const nameOf = (group: Group, line: Line): PhaseName | undefined =>
  line === 'total' ? TOTALS[group] : `${group}${line}`

export interface PowerLine {
  readonly line: Line
  /** epoch ms, value; values missing are left out */
  readonly points: readonly (readonly [number, number])[]
  readonly min: number
  readonly max: number
  readonly mean: number
}

/** The lines of one group that have any values. */
export function powerLines(rows: readonly PhaseRow[], group: Group): PowerLine[] {
  return LINES.flatMap((line) => {
    const name = nameOf(group, line)
    if (name === undefined) return []
    const points: [number, number][] = []
    let min = Infinity
    let max = -Infinity
    let sum = 0
    for (const row of rows) {
      const text = row[name]
      if (text === null) continue
      const value = Number(text)
      points.push([row.at, value])
      min = Math.min(min, value)
      max = Math.max(max, value)
      sum += value
    }
    return points.length === 0 ? [] : [{ line, points, min, max, mean: sum / points.length }]
  })
}

/**
 * How far the phases stand apart: the largest deviation from their mean, in percent of it, at the worst instant and
 * on average. Null where no instant has all three.
 */
export function imbalance(rows: readonly PhaseRow[], group: Group): { max: number; mean: number } | null {
  let count = 0
  let sum = 0
  let max = 0
  for (const row of rows) {
    const values = (['A', 'B', 'C'] as const).map((line) => row[`${group}${line}`])
    if (values.includes(null)) continue
    const numbers = values.map(Number)
    const mean = numbers.reduce((a, b) => a + b, 0) / 3
    if (mean === 0) continue
    const worst = (Math.max(...numbers.map((n) => Math.abs(n - mean))) / Math.abs(mean)) * 100
    count++
    sum += worst
    max = Math.max(max, worst)
  }
  return count === 0 ? null : { max, mean: sum / count }
}

/** Lines over time; drawn thinned to the width, so that a year of quarter hours pans smoothly. */
export function powerOption(
  lines: readonly PowerLine[],
  words: Readonly<Record<Line, string>>,
): EChartsCoreOption {
  return {
    animation: false,
    grid: { left: 8, right: 12, top: 34, bottom: 46, containLabel: true },
    legend: { right: 8, top: 0, itemWidth: 14, itemHeight: 8 },
    tooltip: { trigger: 'axis', transitionDuration: 0, confine: true },
    xAxis: { type: 'time' },
    yAxis: { type: 'value', scale: true },
    dataZoom: [{ type: 'inside' }, { type: 'slider', height: 18, bottom: 6 }],
    series: lines.map(({ line, points }, i) => ({
      name: words[line],
      type: 'line',
      showSymbol: false,
      sampling: 'lttb',
      lineStyle: { width: 1.2 },
      itemStyle: { color: SERIES_COLORS[i] },
      data: points,
    })),
  }
}
