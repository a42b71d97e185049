import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { Output } from '#shared/contract/index.ts'
import { formatMoney, formatNumber } from '../../../app/format.ts'
import { useMay, useSite } from '../../../app/site.tsx'
import type { Filter, FilterOption } from '../../../ui/filters.ts'
import { ListPage } from '../../../ui/ListPage.tsx'
import { useChargerOptions, useManagerOptions } from '../options.ts'
import { orderColumns, stateOptions } from './columns.tsx'
import { OPEN, ordersInput } from './list-input.ts'
import { orderBody } from './OrderDrawer.tsx'
import { hoursOf } from './tones.ts'
import '../charging.css'

/** Charging orders with their totals. */
export function OrdersPage() {
  const { t } = useTranslation()
  const { zone } = useSite()
  const phones = useMay('supervisor')
  const chargers = useChargerOptions()
  const managers = useManagerOptions()
  const columns = useMemo(() => orderColumns(t, phones), [t, phones])
  return (
    <ListPage
      operation="orders.list"
      title={t('charging.orders.title')}
      purpose={t('charging.orders.purpose')}
      columns={columns}
      filters={orderFilters(t, chargers, managers)}
      input={(values) => ordersInput(values, zone)}
      rowKey={(row) => row.orderId}
      totals={orderTotals}
      export="orders.list"
      empty={{ what: t('charging.orders.empty'), todo: t('charging.orders.emptyTodo') }}
      drawer={{
        title: (row) => `${row.userName || row.orderId} · ${formatMoney(row.moneyFen)}`,
        body: orderBody,
      }}
    />
  )
}

const orderFilters = (
  t: TFunction,
  chargers: readonly FilterOption[],
  managers: readonly FilterOption[],
): readonly Filter[] => [
  { kind: 'search', key: 'query', label: t('charging.orders.search'), width: 320 },
  {
    kind: 'select',
    key: 'state',
    label: t('charging.orders.state'),
    options: [{ value: OPEN, label: t('charging.orders.open') }, ...stateOptions(t)],
    width: 110,
  },
  {
    kind: 'select',
    key: 'device',
    label: t('charging.charger'),
    options: chargers,
    width: 140,
    searches: true,
  },
  {
    kind: 'select',
    key: 'port',
    label: t('charging.port'),
    options: [1, 2, 3, 4].map((port) => ({ value: String(port), label: t('charging.portNo', { port }) })),
    width: 90,
  },
  {
    kind: 'select',
    key: 'manager',
    label: t('charging.manager'),
    options: managers,
    width: 120,
    searches: true,
  },
  { kind: 'text', key: 'user', label: t('charging.phone'), width: 130 },
  { kind: 'day', key: 'from', label: t('charging.orders.from') },
  { kind: 'day', key: 'to', label: t('charging.orders.to') },
]

const orderTotals = ({ totals }: Output<'orders.list'>) => <OrderTotals of={totals} />

/** Over the whole filter, without cancelled orders. */
function OrderTotals({ of }: { of: Output<'orders.list'>['totals'] }) {
  const { t } = useTranslation()
  const parts = [
    t('charging.orders.totals', { n: formatNumber(of.count) }),
    t('charging.orders.totalsDuration', { n: formatNumber(hoursOf(of.units)) }),
    t('charging.orders.totalsMoney', { money: formatMoney(of.moneyFen) }),
    t('charging.orders.totalsCash', { money: formatMoney(of.cashFen) }),
    t('charging.orders.totalsCoins', { n: formatNumber(of.coins) }),
  ]
  return (
    <>
      {parts.map((part) => (
        <span key={part} className="sd-figure">
          {part}
        </span>
      ))}
    </>
  )
}
