import { Tabs } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '../../../app/format.ts'
import { useMay } from '../../../app/site.tsx'
import { useFilters } from '../../../ui/filters.ts'
import { ListPart } from '../../../ui/ListPart.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { orderColumns } from '../orders/columns.tsx'
import { orderBody } from '../orders/OrderDrawer.tsx'
import { RefundTasks } from './RefundTasks.tsx'
import { Zombies } from './Zombies.tsx'
import '../charging.css'

const TABS = ['zombies', 'unpaid', 'refunds'] as const
const OPEN = { state: ['unpaid' as const, 'pending' as const] }

/** What does not fit together, and the way to put it right. */
export function AbnormalPage() {
  const { t } = useTranslation()
  const { values, set } = useFilters(['tab'])
  const supervisor = useMay('supervisor')
  const shown = TABS.filter((tab) => tab !== 'refunds' || supervisor)
  const active = shown.find((tab) => tab === values['tab']) ?? 'zombies'
  const parts = { zombies: <Zombies />, unpaid: <UnpaidOrders />, refunds: <RefundTasks /> }
  return (
    <div className="sd-page" data-template="list">
      <PageHead title={t('charging.abnormal.title')} purpose={t('charging.abnormal.purpose')} />
      <Tabs
        className="sd-tabs cg-tabs"
        activeKey={active}
        onChange={(tab) => set({ tab, query: '', done: '' })}
        destroyOnHidden
        items={shown.map((key) => ({
          key,
          label: t(`charging.abnormal.tab.${key}`),
          children: parts[key],
        }))}
      />
    </div>
  )
}

function UnpaidOrders() {
  const { t } = useTranslation()
  const phones = useMay('supervisor')
  const columns = useMemo(() => orderColumns(t, phones), [t, phones])
  return (
    <ListPart
      operation="orders.list"
      label={t('charging.abnormal.tab.unpaid')}
      columns={columns}
      filters={[{ kind: 'search', key: 'query', label: t('charging.orders.search') }]}
      input={({ query }) => ({ ...OPEN, ...(query ? { query: query.slice(0, 100) } : {}) })}
      rowKey={(row) => row.orderId}
      export="orders.list"
      empty={{ what: t('charging.abnormal.unpaidEmpty') }}
      drawer={{
        title: (row) => `${row.userName || row.orderId} · ${formatMoney(row.moneyFen)}`,
        body: orderBody,
      }}
    />
  )
}
