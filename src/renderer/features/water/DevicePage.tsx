import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { DAY, startOfDay } from '#shared/time.ts'
import { useRead } from '../../api/queries.ts'
import { useSite, useFormat } from '../../app/site.tsx'
import { DetailPage } from '../../ui/DetailPage.tsx'
import { EChart } from '../../ui/EChart.tsx'
import { Code, Figure, Time } from '../../ui/figures.tsx'
import { useFilters } from '../../ui/filters.ts'
import { EmptyState, ErrorState, Reading } from '../../ui/states.tsx'
import { smallBars } from '../meters/small-bars.ts'
import { useChartColours } from '../meters/use-chart-colours.ts'
import { unitOf } from '../meters/words.ts'
import { Entries, Jobs, Payments, Readings } from './device-lists.tsx'
import { VendorPicture } from './VendorPicture.tsx'
import { LinkedRooms } from './parts.tsx'
import { meterPath } from './paths.ts'
import './water.css'

const DAYS = 31
const TABS = ['readings', 'payments', 'schedules', 'operations'] as const

/** One water meter: what it is, its own chart beside the vendor's, its readings and payments. */
export function DevicePage() {
  const { t } = useTranslation()
  const { deviceCode = '' } = useParams()
  const last = useRead('water.readings', { device_code: deviceCode, limit: 1 })
  const links = useRead('water.links', { query: deviceCode, limit: 20 })
  const { values, set } = useFilters(['tab'])
  const row = last.data?.rows[0]
  const tied = links.data?.rows.filter((one) => one.devices.some((d) => d.device_code === deviceCode)) ?? []
  return (
    <DetailPage
      title={<Code>{deviceCode}</Code>}
      titleText={deviceCode}
      purpose={[row?.username, row?.house_number].filter(Boolean).join(' · ')}
      back={{ to: '/water', label: t('water.detail.back') }}
      actions={<Link to={meterPath(deviceCode)}>{t('water.openMeter')}</Link>}
      facts={[
        { label: t('water.user'), value: row?.username },
        { label: t('water.house'), value: row?.house_number },
        { label: t('water.status'), value: row?.status },
        { label: t('water.detail.lastRead'), value: <Time at={row?.collected_at} /> },
        { label: t('water.totalFlow'), value: <Figure value={row?.total_flow} decimals={2} /> },
        { label: t('water.battery'), value: row?.battery_voltage },
        {
          label: t('water.detail.accounts'),
          value: tied.map((one) => `${one.username} ${one.user_code}`.trim()).join(', '),
        },
        {
          label: t('water.rooms'),
          value: <LinkedRooms rooms={tied.flatMap((one) => one.rooms)} t={t} />,
        },
      ]}
      main={
        <div className="water-charts">
          {last.error ? <ErrorState error={last.error} retry={() => void last.refetch()} /> : null}
          <OwnChart deviceCode={deviceCode} />
          <VendorPicture key={deviceCode} deviceCode={deviceCode} />
        </div>
      }
      tab={TABS.find((tab) => tab === values['tab']) ?? 'readings'}
      onTab={(key) => set({ tab: key === 'readings' ? '' : key })}
      tabs={[
        { key: 'readings', label: t('water.detail.tab.readings'), children: <Readings code={deviceCode} /> },
        { key: 'payments', label: t('water.detail.tab.payments'), children: <Payments code={deviceCode} /> },
        { key: 'schedules', label: t('water.detail.tab.schedules'), children: <Jobs code={deviceCode} /> },
        {
          key: 'operations',
          label: t('water.detail.tab.operations'),
          children: <Entries code={deviceCode} />,
        },
      ]}
    />
  )
}

function OwnChart({ deviceCode }: { deviceCode: string }) {
  const { t } = useTranslation()
  const { zone } = useSite()
  const format = useFormat()
  const to = startOfDay(format.now(), zone) + DAY
  const usage = useRead('meters.usage', {
    meterIds: [`water:${deviceCode}`],
    from: to - DAYS * DAY,
    to,
    bucket: 'day',
  })
  const colours = useChartColours()
  const rows = usage.data?.rows
  const option = useMemo(
    () =>
      smallBars({
        days: (rows ?? []).map((row) => ({ day: row.bucket, usage: row.usage })),
        unit: unitOf('water'),
        gapWord: t('meters.state.gap'),
        zone,
        colours,
      }),
    [rows, t, zone, colours],
  )
  return (
    <section>
      <h2 className="sd-quiet">{t('water.detail.own')}</h2>
      <Reading read={usage} lines={5}>
        {(data) =>
          data.rows.some((row) => row.usage !== null) ? (
            <EChart label={t('water.detail.own')} option={option} height={180} />
          ) : (
            <EmptyState what={t('water.detail.ownEmpty')} />
          )
        }
      </Reading>
    </section>
  )
}
