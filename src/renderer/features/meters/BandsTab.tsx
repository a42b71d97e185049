import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import type { MeterRow } from '#shared/contract/meters.ts'
import { useSite } from '../../app/site.tsx'
import { AsOf } from '../../ui/AsOf.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EChart } from '../../ui/EChart.tsx'
import { Figure, State } from '../../ui/figures.tsx'
import { EmptyState, Reading } from '../../ui/states.tsx'
import { bandOption, type BandDay } from './band-chart.ts'
import { BandShares, NAMES, type Beside } from './BandShares.tsx'
import { alignSpan, runningBucket } from './spans.ts'
import { bandBucket, bandBuckets, useBands, useBeside } from './use-bands.ts'
import { useChartColours } from './use-chart-colours.ts'
import type { MeterView } from './view-state.ts'

const HEIGHT = 10 * 32 + 34
const CHART_HEIGHT = 280

interface Props {
  readonly meter: MeterRow
  readonly view: MeterView
}

/** 尖峰平谷 of one meter: bars of every day or month, shares of the span, and the same numbers below. */
export function BandsTab({ meter, view }: Props) {
  const read = useBands(meter, view)
  const beside = useBeside(meter, view)
  return (
    <Reading read={read} lines={10}>
      {(answer) => <Bands meter={meter} view={view} answer={answer} beside={beside} />}
    </Reading>
  )
}

interface Shown extends Props {
  readonly answer: Output<'meters.bands'>
  readonly beside: readonly Beside[]
}

function Bands({ meter, view, answer, beside }: Shown) {
  const { t } = useTranslation()
  const { zone, now } = useSite()
  const colours = useChartColours()
  const bucket = bandBucket(view)
  const running = runningBucket(bucket, now(), zone)
  const days = useMemo(
    () => bandBuckets(answer.rows, alignSpan(view.span, bucket, zone), bucket, { now: running, zone }),
    [answer, view.span, bucket, running, zone],
  )
  const option = useMemo(
    () => bandOption({ days, unit: 'kWh', colours, words: bandWords(t) }),
    [days, colours, t],
  )
  if (answer.rows.length === 0)
    return <EmptyState what={t('meterData.bands.empty')} todo={t('meterData.bands.emptyTodo')} />
  const rows = days.flatMap(({ row }) => row ?? [])
  const measured = rows.filter(({ usage }) => usage.state === 'measured')
  const off = rows.filter((row) => !row.sumOk || !row.usage.sumOk).length
  return (
    <div className="meter-table">
      <EChart
        label={t('meterData.bands.chart', { name: meter.tableNo })}
        option={option}
        height={CHART_HEIGHT}
      />
      <div className="meter-caption">
        <span>{t(`meterData.bands.coverage.${bucket}`, { n: measured.length, of: days.length })}</span>
        {off > 0 ? (
          <State tone="attention">{t(`meterData.bands.sumOffCount.${bucket}`, { n: off })}</State>
        ) : null}
        <AsOf at={answer.asOf} />
      </div>
      <BandShares rows={rows} beside={beside} />
      <Days days={days} bucket={bucket} />
    </div>
  )
}

const bandWords = (t: TFunction) => ({
  band: {
    sharp: t('meterData.band.sharp'),
    peak: t('meterData.band.peak'),
    flat: t('meterData.band.flat'),
    valley: t('meterData.band.valley'),
  },
  gap: t('meterData.bands.gap'),
  reset: t('meterData.bands.reset'),
  sumOff: t('meterData.bands.sumOff'),
})

function Days({ days, bucket }: { days: readonly BandDay[]; bucket: 'day' | 'month' }) {
  const { t } = useTranslation()
  const newest = useMemo(() => days.toReversed(), [days])
  const columns = useMemo(() => dayColumns(t, bucket), [t, bucket])
  return (
    <DataTable<BandDay>
      label={t(`meterData.bands.rows.${bucket}`)}
      columns={columns}
      total={newest.length}
      rowAt={(index) => newest[index]}
      rowKey={({ day }) => day}
      height={HEIGHT}
    />
  )
}

function dayColumns(t: TFunction, bucket: 'day' | 'month'): readonly Column<BandDay>[] {
  return [
    {
      key: 'day',
      title: t(`meters.table.bucket.${bucket}`),
      width: 120,
      render: ({ day }) => <span className="sd-figure">{day}</span>,
    },
    ...NAMES.map((name) => ({
      key: name,
      title: `${t(`meterData.band.${name}`)} (kWh)`,
      width: 110,
      align: 'right' as const,
      render: ({ row }: BandDay) => <Figure value={row?.usage[name] ?? null} />,
    })),
    {
      key: 'check',
      title: t('meterData.bands.column.check'),
      width: 260,
      render: (day) => check(day, t),
    },
  ]
}

function check({ row, part }: BandDay, t: TFunction) {
  if (!row || row.usage.state === 'gap') return <State>{t('meterData.bands.gap')}</State>
  if (row.usage.state === 'reset') return <State tone="attention">{t('meterData.bands.reset')}</State>
  if (!row.sumOk || !row.usage.sumOk) return <State tone="attention">{t('meterData.bands.sumOff')}</State>
  return part ? <State>{t('meterData.bands.part', part)}</State> : null
}
