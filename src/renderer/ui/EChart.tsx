import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'
import { useMode } from '../app/mode.tsx'
import { FONT, PALETTES, SERIES_COLORS, type Palette } from '../app/theme.ts'
import { Skeleton } from './states.tsx'

export interface EChartProps {
  /** what it shows, for those who cannot see it; the same numbers stand in the table below */
  readonly label: string
  /** colours of text, axes and tooltips come from the theme: give them only where they mean something */
  readonly option: EChartsCoreOption
  readonly height?: number
  readonly onClick?: (event: { seriesIndex?: number; dataIndex?: number; name?: string }) => void
  /** the visible part after zooming, as shares 0–100 */
  readonly onZoom?: (range: { start: number; end: number }) => void
}

/** Who asked the system for less motion sees no bars grow. */
const LESS_MOTION = matchMedia('(prefers-reduced-motion: reduce)')

/** A chart in the theme of the page; its code is loaded with the first chart. */
export function EChart(props: EChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useChart(box)
  const { mode } = useMode()
  const { option, onClick, onZoom } = props
  useEffect(() => {
    chart?.setOption(
      { animation: !LESS_MOTION.matches, ...themed(option, PALETTES[mode]) },
      { notMerge: true },
    )
  }, [chart, option, mode])
  useEffect(() => {
    if (!chart || !onClick) return undefined
    chart.on('click', (event) => onClick(event as Parameters<typeof onClick>[0]))
    return () => {
      chart.off('click')
    }
  }, [chart, onClick])
  useEffect(() => {
    if (!chart || !onZoom) return undefined
    chart.on('datazoom', (event) => {
      const range = zoomOf(event as ZoomEvent)
      if (range) onZoom(range)
    })
    return () => {
      chart.off('datazoom')
    }
  }, [chart, onZoom])
  return (
    <div role="img" aria-label={props.label} style={{ height: props.height ?? 300, position: 'relative' }}>
      <div ref={box} style={{ position: 'absolute', inset: 0 }} />
      {chart ? null : <Skeleton lines={6} />}
    </div>
  )
}

function useChart(box: React.RefObject<HTMLDivElement | null>): EChartsType | null {
  const [chart, setChart] = useState<EChartsType | null>(null)
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    let made: EChartsType | null = null
    let gone = false
    const observer = new ResizeObserver(() => made?.resize())
    void import('./echarts.ts').then(({ createChart }) => {
      if (gone) return undefined
      made = createChart(element)
      observer.observe(element)
      setChart(made)
      return undefined
    })
    return () => {
      gone = true
      observer.disconnect()
      made?.dispose()
      setChart(null)
    }
  }, [box])
  return chart
}

/** A drag inside the chart says it in a batch, the slider plainly. */
interface ZoomEvent {
  readonly start?: number
  readonly end?: number
  readonly batch?: readonly { readonly start?: number; readonly end?: number }[]
}

/** From the event itself: the chart's option would be copied with all its points, for every frame of a drag. */
function zoomOf({ batch, ...event }: ZoomEvent): { start: number; end: number } | null {
  const { start, end } = batch?.[0] ?? event
  return start === undefined || end === undefined ? null : { start, end }
}

type Part = Record<string, unknown>

/** Text, axes and tooltip in the page's colours; animation never over 200 ms (ux.md, Charts). */
function themed(option: EChartsCoreOption, p: Palette): EChartsCoreOption {
  const axis = (given: unknown) => each(given, (a) => onto(axisStyle(p), a))
  return {
    color: [...SERIES_COLORS],
    animationDuration: 120,
    animationDurationUpdate: 120,
    textStyle: { fontFamily: FONT, color: p.text },
    ...option,
    ...('xAxis' in option ? { xAxis: axis(option['xAxis']) } : {}),
    ...('yAxis' in option ? { yAxis: axis(option['yAxis']) } : {}),
    ...('legend' in option
      ? { legend: each(option['legend'], (l) => ({ textStyle: { color: p.text }, ...l })) }
      : {}),
    ...('tooltip' in option
      ? { tooltip: each(option['tooltip'], (t) => ({ ...tooltipStyle(p), ...t })) }
      : {}),
  }
}

const each = (given: unknown, style: (part: Part) => Part): unknown =>
  Array.isArray(given) ? given.map((part) => style(part as Part)) : style((given ?? {}) as Part)

/** What an option says of a part goes over the theme's, name by name: a part keeps its colour. */
const onto = (style: Part, given: Part): Part => {
  const parts = Object.entries(given).map(([name, value]) => [name, over(style[name], value)] as const)
  return { ...style, ...Object.fromEntries(parts) }
}

const over = (style: unknown, given: unknown): unknown =>
  isPart(style) && isPart(given) ? { ...style, ...given } : given

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const axisStyle = (p: Palette): Part => ({
  axisLine: { lineStyle: { color: p.edge } },
  axisTick: { lineStyle: { color: p.edge } },
  axisLabel: { color: p.textSecondary },
  nameTextStyle: { color: p.textSecondary },
  splitLine: { lineStyle: { color: p.border } },
})

const tooltipStyle = (p: Palette): Part => ({
  backgroundColor: p.raised,
  borderColor: p.border,
  borderWidth: 1,
  textStyle: { color: p.text, fontSize: 13 },
  transitionDuration: 0,
})
