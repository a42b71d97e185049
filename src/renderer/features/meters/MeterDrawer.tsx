import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterRow } from '#shared/contract/meters.ts'
import { DAY, startOfDay } from '#shared/time.ts'
import { useRead } from '../../api/queries.ts'
import { useSite } from '../../app/site.tsx'
import { EChart } from '../../ui/EChart.tsx'
import { Code, Facts, Figure } from '../../ui/figures.tsx'
import { Reading } from '../../ui/states.tsx'
import { sumDecimals } from './decimals.ts'
import { GateState, KindText, OnlineState, ReadAt, Removed } from './MeterBits.tsx'
import { smallBars } from './small-bars.ts'
import { useChartColours } from './use-chart-colours.ts'
import type { UsageRow } from './usage-rows.ts'
import { unitOf } from './words.ts'

const RECENT_DAYS = 14

/** The essentials of one meter beside the list. */
export function MeterDrawer({ row }: { row: MeterRow }) {
  const { t } = useTranslation()
  const facts = [
    { label: t('meters.column.kind'), value: <KindText row={row} /> },
    { label: t('meters.column.place'), value: row.place },
    { label: t('meters.column.house'), value: row.house },
    { label: t('meters.column.user'), value: row.user },
    {
      label: t('meters.column.lastReading'),
      value: <Figure value={row.lastReading} unit={unitOf(row.kind)} />,
    },
    {
      label: t('meters.column.lastReadAt'),
      value: <ReadAt at={row.lastReadAt} />,
    },
    { label: t('meters.column.online'), value: <OnlineState row={row} /> },
    { label: t('meters.column.gate'), value: <GateState row={row} /> },
    { label: t('meters.column.deviceId'), value: <Code>{row.deviceId}</Code> },
    { label: t('meters.column.project'), value: row.project },
  ]
  return (
    <>
      <Removed row={row} />
      <Facts facts={facts} />
      <RecentUsage row={row} />
    </>
  )
}

function RecentUsage({ row }: { row: MeterRow }) {
  const { t } = useTranslation()
  const site = useSite()
  const to = startOfDay(site.now(), site.zone)
  const usage = useRead(
    'meters.usage',
    { meterIds: [row.id], from: to - RECENT_DAYS * DAY, to, bucket: 'day' },
    { keepPrevious: false },
  )
  return (
    <section className="meter-recent">
      <h2>{t('meters.drawer.recent')}</h2>
      <Reading read={usage} lines={3}>
        {(answer) => <RecentBars row={row} rows={answer.rows} />}
      </Reading>
    </section>
  )
}

function RecentBars({ row, rows }: { row: MeterRow; rows: readonly UsageRow[] }) {
  const { t } = useTranslation()
  const { zone } = useSite()
  const colours = useChartColours()
  const unit = unitOf(row.kind)
  const total = sumDecimals(rows.map(({ usage }) => usage))
  const option = useMemo(
    () =>
      smallBars({
        days: rows.map(({ bucket, usage }) => ({ day: bucket, usage })),
        unit,
        gapWord: t('meters.state.gap'),
        zone,
        colours,
      }),
    [rows, unit, t, zone, colours],
  )
  return (
    <>
      <EChart label={t('meters.chart.label', { name: row.tableNo })} option={option} height={110} />
      <p className="sd-quiet">
        {t('meters.drawer.total')} <Figure value={total} unit={unit} />
      </p>
    </>
  )
}
