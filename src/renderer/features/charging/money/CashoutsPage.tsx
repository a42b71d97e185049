import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '../../../app/format.ts'
import { useMay } from '../../../app/site.tsx'
import type { FilterValues } from '../../../ui/filters.ts'
import { ListPage } from '../../../ui/ListPage.tsx'
import { useManagerOptions } from '../options.ts'
import { cashoutColumns, cashoutStates } from './cashout-columns.tsx'
import { cashoutBody } from './CashoutDrawer.tsx'
import '../charging.css'

const STATES = ['waiting', 'paid', 'failed'] as const

function input({ state, manager }: FilterValues) {
  const known = STATES.find((one) => one === state)
  return { ...(known ? { state: known } : {}), ...(manager ? { manager: manager.slice(0, 11) } : {}) }
}

/** Withdrawals that managers asked for; decided once. */
export function CashoutsPage() {
  const { t } = useTranslation()
  const phones = useMay('supervisor')
  const managers = useManagerOptions()
  const columns = useMemo(() => cashoutColumns(t, phones), [t, phones])
  return (
    <ListPage
      operation="cashouts.list"
      title={t('charging.cashouts.title')}
      purpose={t('charging.cashouts.purpose')}
      columns={columns}
      filters={[
        { kind: 'select', key: 'state', label: t('charging.cashouts.state'), options: cashoutStates(t) },
        {
          kind: 'select',
          key: 'manager',
          label: t('charging.manager'),
          options: managers,
          width: 180,
          searches: true,
        },
      ]}
      input={input}
      rowKey={(row) => row.cashOutId}
      export="cashouts.list"
      empty={{ what: t('charging.cashouts.empty'), todo: t('charging.cashouts.emptyTodo') }}
      drawer={{ title: (row) => `${row.bankUser} · ${formatMoney(row.cashFen)}`, body: cashoutBody }}
    />
  )
}
