import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { DAY, startOfDay } from '#shared/time.ts'
import { useRead } from '../../api/queries.ts'
import { useSite, useFormat } from '../../app/site.tsx'
import { DetailPage } from '../../ui/DetailPage.tsx'
import { EChart } from '../../ui/EChart.tsx'
import { Figure, Time } from '../../ui/figures.tsx'
import { useFilters } from '../../ui/filters.ts'
import { ListPart } from '../../ui/ListPart.tsx'
import { EmptyState, Reading } from '../../ui/states.tsx'
import { smallBars } from '../meters/small-bars.ts'
import { useChartColours } from '../meters/use-chart-colours.ts'
import { unitOf } from '../meters/words.ts'
import { paymentColumns, readingColumns } from './HistoryPages.tsx'
import { VendorPicture } from './VendorPicture.tsx'
import { LinkedRooms } from './parts.tsx'
import { meterPath } from './paths.ts'
import './water.css'

const DAYS = 31

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
      title={deviceCode}
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
          <OwnChart deviceCode={deviceCode} />
          <VendorPicture key={deviceCode} deviceCode={deviceCode} />
        </div>
      }
      tab={values['tab'] === 'payments' ? 'payments' : 'readings'}
      onTab={(key) => set({ tab: key === 'readings' ? '' : key })}
      tabs={[
        { key: 'readings', label: t('water.detail.tab.readings'), children: <Readings code={deviceCode} /> },
        { key: 'payments', label: t('water.detail.tab.payments'), children: <Payments code={deviceCode} /> },
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

const LINES = 10

function Readings({ code }: { code: string }) {
  const { t } = useTranslation()
  const columns = useMemo(() => readingColumns(t).filter(({ key }) => key !== 'device_code'), [t])
  return (
    <ListPart
      operation="water.readings"
      label={t('water.readings.title')}
      columns={columns}
      input={() => ({ device_code: code })}
      rowKey={(row) => String(row.collected_at ?? row.raw?.['collected_at'])}
      export="water.readings"
      exportName={`${t('water.readings.title')} ${code}`}
      empty={{ what: t('water.nothing') }}
      asOf={(answer) => answer.asOf}
      lines={LINES}
    />
  )
}

function Payments({ code }: { code: string }) {
  const { t } = useTranslation()
  const columns = useMemo(() => paymentColumns(t).filter(({ key }) => key !== 'device_code'), [t])
  return (
    <ListPart
      operation="water.payments"
      label={t('water.payments.title')}
      columns={columns}
      input={() => ({ device_code: code })}
      rowKey={(row) => `${row.user_code} ${row.collected_at ?? ''} ${row.amcount_recharged ?? ''}`}
      export="water.payments"
      exportName={`${t('water.payments.title')} ${code}`}
      empty={{ what: t('water.nothing') }}
      asOf={(answer) => answer.asOf}
      lines={LINES}
    />
  )
}
