import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSite } from '../../app/site.tsx'
import type { Column, RowOf } from '../../ui/column.ts'
import { Facts, Figure, Time } from '../../ui/figures.tsx'
import type { Filter } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { ToSync } from './ToSync.tsx'
import { codeOf, deviceOf, figure, given, rawFacts, spanOf, time } from './parts.tsx'
import { devicePath } from './paths.ts'

type Reading = RowOf<'water.readings'>
type Payment = RowOf<'water.payments'>

export const readingColumns = (t: TFunction): Column<Reading>[] => [
  time('collected_at', t('water.at')),
  deviceOf('device_code', t('water.device')),
  { key: 'username', title: t('water.user'), width: 90 },
  { key: 'house_number', title: t('water.house'), width: 150 },
  figure('total_flow', t('water.totalFlow')),
  figure('settle_flow', t('water.settleFlow')),
  figure('last_month_flow', t('water.lastMonth')),
  figure('balance', t('water.balance'), 90),
  // no unit: nobody says which (W-20)
  {
    ...codeOf<Reading>('battery_voltage', t('water.battery'), 70),
    align: 'right',
    export: { format: 'decimal' },
  },
  { key: 'status', title: t('water.status'), width: 90 },
]

export const paymentColumns = (t: TFunction): Column<Payment>[] => [
  time('collected_at', t('water.at')),
  { key: 'user_name', title: t('water.user'), width: 90 },
  codeOf('user_code', t('water.userCode'), 110),
  deviceOf('device_code', t('water.device')),
  { key: 'address', title: t('water.address'), width: 200 },
  figure('amcount_recharged', t('water.payments.amount')),
  figure('account_balance', t('water.accounts.accountBalance')),
  figure('surplus_balance', t('water.payments.surplus')),
  { key: 'payment_method', title: t('water.payments.method'), width: 90 },
  { key: 'recharge_status', title: t('water.payments.state'), width: 90 },
  { key: 'user_type', title: t('water.payments.userType'), width: 90, hidden: true },
  { key: 'price_mode', title: t('water.payments.priceMode'), width: 90, hidden: true },
]

const filters = (t: TFunction): Filter[] => [
  { kind: 'text', key: 'device', label: t('water.device') },
  { kind: 'text', key: 'code', label: t('water.userCode'), width: 120 },
  { kind: 'text', key: 'user', label: t('water.user'), width: 110 },
  { kind: 'text', key: 'address', label: t('water.address'), width: 140 },
  { kind: 'day', key: 'from', label: t('water.from') },
  { kind: 'day', key: 'to', label: t('water.to') },
]

/** WE-6: every reading (抄收). */
export function ReadingsPage() {
  const { t } = useTranslation()
  const { zone } = useSite()
  const shown = useMemo(() => readingColumns(t), [t])
  return (
    <ListPage
      operation="water.readings"
      title={t('water.readings.title')}
      purpose={t('water.readings.purpose')}
      columns={shown}
      rowKey={(row) => `${row.device_code} ${row.collected_at ?? row.raw?.['collected_at'] ?? ''}`}
      filters={filters(t)}
      input={(f) => ({
        ...given({
          device_code: f['device'],
          user_code: f['code'],
          username: f['user'],
          address: f['address'],
        }),
        ...spanOf(f, zone),
      })}
      empty={{ what: t('water.notYet'), action: <ToSync /> }}
      asOf={(answer) => answer.asOf}
      export="water.readings"
      drawer={{
        title: (row) => row.device_code,
        body: readingDrawer(t),
        link: (row) => devicePath(row.device_code),
      }}
    />
  )
}

const readingDrawer = (t: TFunction) =>
  function ReadingDrawer(row: Reading) {
    return (
      <Facts
        facts={[
          { label: t('water.at'), value: <Time at={row.collected_at} /> },
          { label: t('water.user'), value: row.username },
          { label: t('water.house'), value: row.house_number },
          { label: t('water.totalFlow'), value: <Figure value={row.total_flow} decimals={2} /> },
          { label: t('water.usage31'), value: (row.latest_31_day_usage ?? []).join(', ') },
          { label: t('water.battery'), value: row.battery_voltage },
          { label: t('water.status'), value: row.status },
          ...rawFacts(row),
        ]}
      />
    )
  }

/** WE-7: payments (缴费). */
export function PaymentsPage() {
  const { t } = useTranslation()
  const { zone } = useSite()
  const shown = useMemo(() => paymentColumns(t), [t])
  return (
    <ListPage
      operation="water.payments"
      title={t('water.payments.title')}
      purpose={t('water.payments.purpose')}
      columns={shown}
      rowKey={(row) =>
        `${row.device_code} ${row.user_code} ${row.collected_at ?? ''} ${row.amcount_recharged ?? ''}`
      }
      filters={filters(t)}
      input={(f) => ({
        ...given({
          device_code: f['device'],
          user_code: f['code'],
          username: f['user'],
          address: f['address'],
        }),
        ...spanOf(f, zone),
      })}
      empty={{ what: t('water.notYet'), action: <ToSync /> }}
      asOf={(answer) => answer.asOf}
      export="water.payments"
      drawer={{ title: (row) => `${row.user_name} ${row.user_code}`, body: paymentDrawer(t) }}
    />
  )
}

const paymentDrawer = (t: TFunction) =>
  function PaymentDrawer(row: Payment) {
    return (
      <div className="sd-stack">
        <Facts
          facts={[
            { label: t('water.at'), value: <Time at={row.collected_at} /> },
            {
              label: t('water.payments.amount'),
              value: <Figure value={row.amcount_recharged} decimals={2} />,
            },
            {
              label: t('water.payments.surplus'),
              value: <Figure value={row.surplus_balance} decimals={2} />,
            },
            { label: t('water.payments.method'), value: row.payment_method },
            { label: t('water.payments.state'), value: row.recharge_status },
            { label: t('water.payments.userType'), value: row.user_type },
            { label: t('water.payments.priceMode'), value: row.price_mode },
            { label: t('water.address'), value: row.address },
            ...rawFacts(row),
          ]}
        />
        <p className="sd-quiet">{t('water.payments.rawKey')}</p>
      </div>
    )
  }
