import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { formatMoney, formatNumber } from '../../../app/format.ts'
import { useSite } from '../../../app/site.tsx'
import { EChart } from '../../../ui/EChart.tsx'
import { Money, Time } from '../../../ui/figures.tsx'
import { hoursOf } from '../orders/tones.ts'
import { dayOption, hourOption } from './chart-options.ts'

type Dashboard = Output<'orders.dashboard'>

export function DayChart({ data }: { data: Dashboard }) {
  const { t } = useTranslation()
  const { zone } = useSite()
  const { byDay, totals } = data
  const option = useMemo(
    () =>
      dayOption(byDay, zone, {
        count: (n) => t('charging.dashboard.count', { n: formatNumber(n) }),
      }),
    [byDay, zone, t],
  )
  return (
    <section className="sd-panel">
      <header className="sd-panel-head">
        <h2>{t('charging.dashboard.byDay')}</h2>
      </header>
      <EChart
        label={t('charging.dashboard.byDayChart', { n: byDay.length, total: formatMoney(totals.moneyFen) })}
        option={option}
        height={200}
      />
    </section>
  )
}

export function HourChart({ data }: { data: Dashboard }) {
  const { t } = useTranslation()
  const { byHour, totals } = data
  const option = useMemo(
    () =>
      hourOption(byHour, {
        count: (n) => t('charging.dashboard.count', { n: formatNumber(n) }),
        unit: t('charging.dashboard.orders'),
      }),
    [byHour, t],
  )
  return (
    <section className="sd-panel">
      <header className="sd-panel-head">
        <h2>{t('charging.dashboard.byHour')}</h2>
        <span className="sd-quiet">{t('charging.dashboard.byHourPurpose')}</span>
      </header>
      <EChart label={t('charging.dashboard.byHourChart', { n: totals.count })} option={option} height={200} />
    </section>
  )
}

/** The same numbers as the chart by day, newest first. */
export function DayTable({ data }: { data: Dashboard }) {
  const { t } = useTranslation()
  return (
    <section className="sd-panel">
      <header className="sd-panel-head">
        <h2>{t('charging.dashboard.day')}</h2>
      </header>
      <div className="cg-scroll-day" tabIndex={0} role="region" aria-label={t('charging.dashboard.day')}>
        <table className="sd-sheet">
          <thead>
            <tr>
              <th scope="col">{t('charging.dashboard.day')}</th>
              <th scope="col">{t('charging.dashboard.orders')}</th>
              <th scope="col">{t('charging.dashboard.duration')}</th>
              <th scope="col">{t('charging.dashboard.money')}</th>
              <th scope="col">{t('charging.dashboard.cash')}</th>
              <th scope="col">{t('charging.dashboard.coins')}</th>
            </tr>
          </thead>
          <tbody>
            {data.byDay.toReversed().map((day) => (
              <tr key={day.day}>
                <th scope="row">
                  <Time at={day.day} day />
                </th>
                <td>{formatNumber(day.count)}</td>
                <td>{t('charging.hours', { n: formatNumber(hoursOf(day.units)) })}</td>
                <td>
                  <Money fen={day.moneyFen} />
                </td>
                <td>
                  <Money fen={day.cashFen} />
                </td>
                <td>{formatNumber(day.coins)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
