import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRead } from '../../api/queries.ts'
import { formatMoney, formatNumber } from '../../app/format.ts'
import { useMay } from '../../app/site.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { Facts, State, type Tone } from '../../ui/figures.tsx'
import type { Status } from './tiles.ts'

type Lan = Status['lan']

const TONES: Readonly<Record<Lan['state'], Tone>> = {
  off: 'neutral',
  starting: 'neutral',
  on: 'good',
  failed: 'bad',
}

/** The charging business today, and whether phones reach it. */
export function Charging({ lan }: { lan: Lan }) {
  const { t } = useTranslation()
  const staff = useMay('supervisor', 'cashier', 'viewer')
  const today = useRead('orders.dashboard', { days: 1 }, { enabled: staff })
  const barred = useRead('users.list', { blacklisted: true, limit: 1 }, { enabled: staff })
  const chargers = useRead('devices.list', { limit: 1 }, { enabled: staff })
  // a site without chargers and without phones has nothing here
  if (!staff || !chargers.data || (chargers.data.total === 0 && lan.state === 'off')) return null
  const orders = today.data && (
    <Link to="/charging">
      {t('today.charging.ordersOf', {
        n: formatNumber(today.data.totals.count),
        money: formatMoney(today.data.totals.moneyFen),
      })}
    </Link>
  )
  const people = barred.data && (
    <Link to="/charging/users?barred=yes">{t('today.charging.people', { n: barred.data.total })}</Link>
  )
  return (
    <Panel
      title={t('today.charging.title')}
      extra={<Link to="/charging/ports">{t('today.charging.ports')}</Link>}
    >
      <Facts
        facts={[
          { label: t('today.charging.lan'), value: <Service lan={lan} /> },
          { label: t('today.charging.orders'), value: orders },
          { label: t('today.charging.barred'), value: people },
        ]}
      />
    </Panel>
  )
}

/** The way to the service is for those who may see it. */
function Service({ lan: { state, url } }: { lan: Lan }): ReactNode {
  const { t } = useTranslation()
  const may = useMay('supervisor', 'installer')
  const words = <State tone={TONES[state]}>{t(`lan.service.state.${state}`)}</State>
  return (
    <>
      {may ? <Link to="/lan">{words}</Link> : words}
      {url === null ? null : <span className="sd-quiet today-url"> {url}</span>}
    </>
  )
}
