import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Output } from '#shared/contract/index.ts'
import { formatNumber } from '../../../app/format.ts'
import { Money } from '../../../ui/figures.tsx'
import { ChargerName } from '../Charger.tsx'
import { hoursOf } from '../orders/tones.ts'
import { ordersPath } from '../paths.ts'

type Dashboard = Output<'orders.dashboard'>

/** What each charger brought, most first, with its share as a bar; a click leads to its orders of these days. */
export function Devices({ data, from }: { data: Dashboard; from: string }) {
  const { t } = useTranslation()
  const most = Math.max(1, ...data.byDevice.map(({ moneyFen }) => moneyFen))
  return (
    <section className="sd-panel">
      <header className="sd-panel-head">
        <h2>{t('charging.dashboard.byDevice')}</h2>
      </header>
      <div className="cg-scroll-day" tabIndex={0} role="region" aria-label={t('charging.dashboard.byDevice')}>
        <table className="sd-sheet">
          <thead>
            <tr>
              <th scope="col">{t('charging.charger')}</th>
              <th scope="col">{t('charging.dashboard.orders')}</th>
              <th scope="col">{t('charging.dashboard.duration')}</th>
              <th scope="col">{t('charging.dashboard.money')}</th>
              <th scope="col" data-align="left" className="cg-share-head">
                {t('charging.dashboard.share')}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.byDevice.map((row) => (
              <tr key={row.deviceCode}>
                <th scope="row">
                  <Link to={ordersPath({ device: row.deviceCode, from })}>
                    <ChargerName alias={row.alias} deviceCode={row.deviceCode} />
                  </Link>
                </th>
                <td>{formatNumber(row.count)}</td>
                <td>{t('charging.hours', { n: formatNumber(hoursOf(row.units)) })}</td>
                <td>
                  <Money fen={row.moneyFen} />
                </td>
                <td data-align="left">
                  <span className="cg-share">
                    <i aria-hidden style={{ width: `${(row.moneyFen / most) * 100}%` }} />
                    <span>{shareText(row.moneyFen, data.totals.moneyFen)}</span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const shareText = (part: number, whole: number): string =>
  whole === 0 ? '' : `${Math.round((part / whole) * 100)}%`
