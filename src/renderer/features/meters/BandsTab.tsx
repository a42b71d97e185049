import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterRow } from '#shared/contract/meters.ts'
import { parseDecimal } from '#shared/decimal.ts'
import { BAND_NAMES } from '#shared/phases.ts'
import { startOfDay, type ZoneOffset } from '#shared/time.ts'
import { useRead } from '../../api/queries.ts'
import { formatNumber, NONE } from '../../app/format.ts'
import { useSite } from '../../app/site.tsx'
import { AsOf } from '../../ui/AsOf.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EChart } from '../../ui/EChart.tsx'
import { Figure, State } from '../../ui/figures.tsx'
import { SheetTable } from '../../ui/SheetTable.tsx'
import { EmptyState, Reading } from '../../ui/states.tsx'
import { bandDays, bandOption, type BandDay, type BandRow } from './band-chart.ts'
import { earlierSpan, shiftOf } from './compare.ts'
import { sumDecimals } from './decimals.ts'
import { alignSpan, bucketsOf } from './spans.ts'
import { useChartColours } from './use-chart-colours.ts'
import type { MeterView } from './view-state.ts'

const HEIGHT = 10 * 32 + 34
const CHART_HEIGHT = 280

interface Props {
  readonly meter: MeterRow
  readonly view: MeterView
}

/** 尖峰平谷 of one meter: bars of every day, shares of the span, and the same numbers below. */
export function BandsTab({ meter, view }: Props) {
  const { zone } = useSite()
  const span = alignSpan(view.span, 'day', zone)
  const read = useRead('meters.bands', { meterId: meter.id, ...span, phases: false })
  const earlier = useEarlier(meter, view)
  return (
    <Reading read={read} lines={10}>
      {(answer) => (
        <Bands meter={meter} view={view} rows={answer.rows} asOf={answer.asOf} earlier={earlier} />
      )}
    </Reading>
  )
}

/** The bands of the span this one is laid beside; null while it is laid beside none, or beside other meters. */
function useEarlier(meter: MeterRow, view: MeterView): readonly BandRow[] | null {
  const { zone } = useSite()
  const { kind } = view.compare
  const wanted = kind === 'previous' || kind === 'lastYear'
  const shift = wanted ? shiftOf(kind, view.quick, view.span, 'day', zone) : { ms: 0 }
  const span = earlierSpan(view.span, shift, 'day', zone)
  const read = useRead('meters.bands', { meterId: meter.id, ...span, phases: false }, { enabled: wanted })
  return wanted ? (read.data?.rows ?? null) : null
}

interface Shown extends Props {
  readonly rows: readonly BandRow[]
  readonly asOf: number | null
  readonly earlier: readonly BandRow[] | null
}

function Bands({ meter, view, rows, asOf, earlier }: Shown) {
  const { t } = useTranslation()
  const { zone, now } = useSite()
  const colours = useChartColours()
  const today = startOfDay(now(), zone)
  const days = useMemo(
    () => bandDays(rows, bucketsOf(view.span, 'day', today, zone), zone),
    [rows, view.span, today, zone],
  )
  const option = useMemo(
    () => bandOption({ days, unit: 'kWh', colours, words: bandWords(t) }),
    [days, colours, t],
  )
  if (rows.length === 0)
    return <EmptyState what={t('meterData.bands.empty')} todo={t('meterData.bands.emptyTodo')} />
  const measured = days.filter(({ row }) => row?.usage.state === 'measured')
  const off = rows.filter((row) => !row.sumOk || !row.usage.sumOk).length
  return (
    <div className="meter-table">
      <EChart
        label={t('meterData.bands.chart', { name: meter.tableNo })}
        option={option}
        height={CHART_HEIGHT}
      />
      <div className="meter-caption">
        <span>{t('meterData.bands.coverage', { n: measured.length, of: days.length })}</span>
        {off > 0 ? <State tone="attention">{t('meterData.bands.sumOffCount', { n: off })}</State> : null}
        <AsOf at={asOf} />
      </div>
      <Shares rows={rows} earlier={earlier} />
      <Days days={days} zone={zone} />
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

const NAMES = ['total', ...BAND_NAMES] as const
type Name = (typeof NAMES)[number]
type Sums = Readonly<Record<Name, string | null>>

const sumsOf = (rows: readonly BandRow[]): Sums =>
  Object.fromEntries(
    NAMES.map((name) => [name, sumDecimals(rows.map(({ usage }) => usage[name]))]),
  ) as Record<Name, string | null>

/** The share of the bands' own sum: the total may be off (I-24). */
function shareOf(sums: Sums, name: Name): string {
  const part = parseDecimal(sums[name])?.scaled
  const whole = parseDecimal(sumDecimals(BAND_NAMES.map((band) => sums[band])))?.scaled
  if (part === undefined || !whole || name === 'total') return NONE
  return `${formatNumber(((part / whole) * 100).toFixed(1))} %`
}

function Shares({ rows, earlier }: { rows: readonly BandRow[]; earlier: readonly BandRow[] | null }) {
  const { t } = useTranslation()
  const sums = sumsOf(rows)
  const before = earlier && sumsOf(earlier)
  const figure = (of: Sums) => (name: Name) => <Figure value={of[name]} unit="kWh" />
  const columns = [
    {
      key: 'band',
      align: 'left' as const,
      title: t('meterData.bands.column.band'),
      cell: (name: Name) => t(`meterData.band.${name}`),
    },
    { key: 'usage', title: t('meters.tab.usage'), cell: figure(sums) },
    {
      key: 'share',
      title: t('meterData.bands.column.share'),

      cell: (name: Name) => shareOf(sums, name),
    },
    ...(before
      ? [
          {
            key: 'earlier',
            title: t('meterData.bands.column.earlier'),

            cell: figure(before),
          },
          {
            key: 'earlierShare',
            title: t('meterData.bands.column.earlierShare'),

            cell: (name: Name) => shareOf(before, name),
          },
        ]
      : []),
  ]
  return (
    <SheetTable
      caption={t('meterData.bands.shares')}
      columns={columns}
      rows={NAMES}
      rowKey={(name) => name}
      dense
    />
  )
}

function Days({ days }: { days: readonly BandDay[]; zone: ZoneOffset }) {
  const { t } = useTranslation()
  const newest = useMemo(() => days.toReversed(), [days])
  const columns = useMemo(() => dayColumns(t), [t])
  return (
    <DataTable<BandDay>
      label={t('meterData.bands.days')}
      columns={columns}
      total={newest.length}
      rowAt={(index) => newest[index]}
      rowKey={({ day }) => day}
      height={HEIGHT}
    />
  )
}

function dayColumns(t: TFunction): readonly Column<BandDay>[] {
  return [
    {
      key: 'day',
      title: t('meterData.bands.column.day'),
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
      width: 220,
      render: ({ row }) => check(row, t),
    },
  ]
}

function check(row: BandRow | null, t: TFunction) {
  if (!row || row.usage.state === 'gap') return <State>{t('meterData.bands.gap')}</State>
  if (row.usage.state === 'reset') return <State tone="attention">{t('meterData.bands.reset')}</State>
  if (row.sumOk && row.usage.sumOk) return null
  return <State tone="attention">{t('meterData.bands.sumOff')}</State>
}
