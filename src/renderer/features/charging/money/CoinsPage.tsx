import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '../../../app/format.ts'
import { useMay } from '../../../app/site.tsx'
import type { FilterValues } from '../../../ui/filters.ts'
import { ListPage } from '../../../ui/ListPage.tsx'
import { chargeColumns, chargeStates } from './charge-columns.tsx'
import { chargeBody } from './ChargeDrawer.tsx'
import '../charging.css'

const STATES = ['pending', 'success', 'failed'] as const

function input({ state, user }: FilterValues) {
  const known = STATES.find((one) => one === state)
  return { ...(known ? { state: known } : {}), ...(user ? { user: user.slice(0, 11) } : {}) }
}

/** Purchases of coins; staff confirm what was paid at the desk. */
export function CoinsPage() {
  const { t } = useTranslation()
  const phones = useMay('supervisor')
  const columns = useMemo(() => chargeColumns(t, phones), [t, phones])
  return (
    <ListPage
      operation="coins.charges"
      title={t('charging.coins.title')}
      purpose={t('charging.coins.purpose')}
      columns={columns}
      filters={[
        { kind: 'select', key: 'state', label: t('charging.coins.state'), options: chargeStates(t) },
        { kind: 'text', key: 'user', label: t('charging.coins.phoneSearch'), width: 220 },
      ]}
      input={input}
      rowKey={(row) => row.payId}
      export="coins.charges"
      empty={{ what: t('charging.coins.empty'), todo: t('charging.coins.emptyTodo') }}
      drawer={{ title: (row) => formatMoney(row.priceFen), body: chargeBody }}
    />
  )
}
