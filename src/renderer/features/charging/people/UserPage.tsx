import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { maskPhone } from '#shared/privacy.ts'
import type { UserRow } from '#shared/contract/users.ts'
import { useRead } from '../../../api/queries.ts'
import { formatMoney } from '../../../app/format.ts'
import { useMay, useSite } from '../../../app/site.tsx'
import { DetailPage } from '../../../ui/DetailPage.tsx'
import { State } from '../../../ui/figures.tsx'
import { useFilters } from '../../../ui/filters.ts'
import { ListPart } from '../../../ui/ListPart.tsx'
import { Reading } from '../../../ui/states.tsx'
import { weekBefore } from '../day-span.ts'
import { ChargesList } from '../money/ChargesList.tsx'
import { orderColumnsWithout } from '../orders/columns.tsx'
import { ordersInput } from '../orders/list-input.ts'
import { orderBody } from '../orders/OrderDrawer.tsx'
import { BarButton } from './BarButton.tsx'
import { BarredBy } from './BarredBy.tsx'
import { Ledger, LedgerCheck } from './Ledger.tsx'
import { useUserFacts } from './user-facts.tsx'
import '../charging.css'

/** One user: the last week's orders first, coins and who bars him behind. */
export function UserPage() {
  const { user = '' } = useParams()
  const read = useRead('users.get', { user }, { keepPrevious: false })
  return <Reading read={read}>{(row) => <UserDetail row={row} />}</Reading>
}

function UserDetail({ row }: { row: UserRow }) {
  const { t } = useTranslation()
  const { values, set } = useFilters(['tab'])
  const tabs = [
    { key: 'ledger', label: t('charging.users.ledger'), children: <Ledger user={row.user} /> },
    { key: 'charges', label: t('charging.users.charges'), children: <ChargesList user={row.user} /> },
    { key: 'barred', label: t('charging.users.barred'), children: <BarredBy user={row.user} /> },
  ]
  const tab = tabs.find(({ key }) => key === values['tab'])?.key ?? 'ledger'
  return (
    <DetailPage
      title={row.userName || maskPhone(row.user)}
      state={row.unpaid ? <State tone="attention">{t('charging.users.unpaid')}</State> : null}
      back={{ to: '/charging/users', label: t('charging.users.title') }}
      actions={<BarButton user={row.user} />}
      facts={useUserFacts(row)}
      main={<UserOrders user={row.user} />}
      above={<LedgerCheck user={row.user} />}
      tabs={tabs}
      tab={tab}
      onTab={(next) => set({ tab: next })}
    />
  )
}

/** The last seven days unless another first day is chosen. */
function UserOrders({ user }: { user: string }) {
  const { t } = useTranslation()
  const { now, zone } = useSite()
  const phones = useMay('supervisor')
  const week = weekBefore(now(), zone)
  const columns = useMemo(
    () =>
      orderColumnsWithout(t, phones, ['userName', 'user', 'deviceCode', 'managerName', 'manager', 'orderId']),
    [t, phones],
  )
  return (
    <>
      <header className="sd-panel-head">
        <h2>{t('charging.users.orders')}</h2>
        <span className="sd-quiet">{t('charging.users.lastWeekHint')}</span>
      </header>
      <ListPart
        operation="orders.list"
        label={t('charging.users.orders')}
        columns={columns}
        filters={[
          { kind: 'day', key: 'from', label: t('charging.orders.from') },
          { kind: 'day', key: 'to', label: t('charging.orders.to') },
        ]}
        input={(values) => ordersInput({ ...values, user, from: values['from'] ?? week }, zone)}
        rowKey={(row) => row.orderId}
        export="orders.list"
        empty={{ what: t('charging.dashboard.empty') }}
        lines={8}
        drawer={{
          title: (row) => `${row.alias || row.deviceCode} · ${formatMoney(row.moneyFen)}`,
          body: orderBody,
        }}
      />
    </>
  )
}
