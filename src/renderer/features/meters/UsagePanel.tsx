import { useCallback, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { MeterRow } from '#shared/contract/meters.ts'
import { useSite } from '../../app/site.tsx'
import { EChart } from '../../ui/EChart.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx'
import { chartOption } from './chart-option.ts'
import { meterPath } from './paths.ts'
import { UsageCaption } from './UsageCaption.tsx'
import { UsageFigures } from './UsageFigures.tsx'
import { useChartColours } from './use-chart-colours.ts'
import type { Fetching } from './use-fetch.ts'
import type { UsageModel, UsageRead } from './use-usage.ts'
import { unitOf } from './words.ts'

const CHART_HEIGHT = 300

interface Props {
  readonly meter: MeterRow
  readonly usage: UsageRead
  readonly fetching: Fetching
  /** the vendor does not answer now */
  readonly away: boolean
  /** a bar was clicked: why is it what it is? */
  readonly onOpen: (bucket: number) => void
}

/** The chart with its figures and caption; what is on it stays while something else is asked. */
export function UsagePanel({ meter, usage, fetching, away, onOpen }: Props) {
  const { model, error, retry } = usage
  const failed = error ? <ErrorState error={error} retry={retry} /> : null
  if (!model) return failed ?? <Skeleton lines={8} />
  return (
    <>
      {failed}
      <UsageFigures model={model} unit={unitOf(meter.kind)} />
      <UsageChart meter={meter} model={model} onOpen={onOpen} />
      <UsageCaption meter={meter} model={model} fetching={fetching} away={away} />
    </>
  )
}

const isEmpty = (model: UsageModel) =>
  [model.main, ...model.others].every(({ cells }) => cells.every((cell) => !cell || cell.state === 'gap'))

/** The campus platform has no readings of the past; a meter system that has the same meter does. */
function NoReadings({ meter }: { meter: MeterRow }) {
  const { t } = useTranslation()
  if (meter.source !== 'campus')
    return <EmptyState what={t('meters.chart.empty')} todo={t('meters.chart.emptyTodo')} />
  const link = meter.sameAs ? (
    <Link to={meterPath(meter.sameAs)}>{t('meters.chart.campusTwin')}</Link>
  ) : undefined
  return (
    <EmptyState what={t('meters.chart.campusEmpty')} todo={t('meters.chart.campusEmptyTodo')} action={link} />
  )
}

/** The part in sight: a drag draws a frame of the chart, not of the page. */
function useZoom(key: string) {
  const zoom = useRef({ key, start: 0, end: 100 })
  const onZoom = useCallback(
    (range: { start: number; end: number }) => {
      zoom.current = { key, ...range }
    },
    [key],
  )
  return { zoom, onZoom }
}

function UsageChart({
  meter,
  model,
  onOpen,
}: {
  meter: MeterRow
  model: UsageModel
  onOpen: (bucket: number) => void
}) {
  const { t } = useTranslation()
  const site = useSite()
  const colours = useChartColours()
  // a redraw by new readings keeps the zoom; another span begins whole
  const key = `${model.bucket}${model.buckets[0] ?? 0}-${model.buckets.length}`
  const { zoom, onZoom } = useZoom(key)
  const option = useMemo(
    () =>
      chartOption({
        ...model,
        unit: unitOf(meter.kind),
        zone: site.zone,
        now: model.running,
        colours,
        zoom: zoom.current.key === key ? zoom.current : null,
        words: {
          gap: t('meters.state.gap'),
          reset: t('meters.state.reset'),
          estimated: t('meters.state.estimated'),
          running: t('meters.state.running'),
        },
      }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the zoom is read when something else redraws, never redraws itself
    [model, meter.kind, site.zone, colours, t],
  )
  const onClick = useCallback(
    ({ dataIndex }: { dataIndex?: number }) => {
      const bucket = model.buckets[dataIndex ?? -1]
      if (bucket !== undefined) onOpen(bucket)
    },
    [model, onOpen],
  )
  if (isEmpty(model))
    return (
      <div style={{ height: CHART_HEIGHT, display: 'grid', placeItems: 'center' }}>
        <NoReadings meter={meter} />
      </div>
    )
  return (
    <EChart
      label={t('meters.chart.label', { name: meter.tableNo })}
      option={option}
      height={CHART_HEIGHT}
      onClick={onClick}
      onZoom={onZoom}
    />
  )
}
