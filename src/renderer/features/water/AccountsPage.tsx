import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFilters } from '../../ui/filters.ts'
import type { Column, RowOf } from '../../ui/column.ts'
import { Facts, Figure, State, Time } from '../../ui/figures.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { Notice } from '../../ui/states.tsx'
import { Phone } from './Phone.tsx'
import { ToSync } from './ToSync.tsx'
import { codeOf, figure, given, rawFacts, time, useRegionFilter } from './parts.tsx'

type Row = RowOf<'water.costs'>

export const owes = (arrears: string | null) => arrears !== null && Number(arrears) > 0

export function Arrears({ value }: { value: string | null }) {
  return (
    <State tone={owes(value) ? 'bad' : 'neutral'}>
      <Figure value={value} decimals={2} />
    </State>
  )
}

const columns = (t: TFunction): Column<Row>[] => [
  codeOf('user_code', t('water.userCode'), 120),
  { key: 'username', title: t('water.user'), width: 110 },
  { key: 'phone_number', title: t('water.phone'), width: 130 },
  figure('account_balance', t('water.accounts.accountBalance'), 120),
  figure('consumed_amount', t('water.accounts.consumed'), 120),
  {
    ...figure<Row>('arrears_balance', t('water.accounts.arrears'), 120),
    sortable: true,
    render: (row) => <Arrears value={row.arrears_balance} />,
  },
  // a period or an instant: the day is what both have (W-24)
  time('last_billing_date', t('water.accounts.lastBilling'), true),
]

/** WE-3: accounts and what they owe (账户). */
export function AccountsPage() {
  const { t } = useTranslation()
  const { values } = useFilters(['region'])
  const region = useRegionFilter(t('water.region'), 'accounts')
  const shown = useMemo(() => columns(t), [t])
  return (
    <ListPage
      operation="water.costs"
      title={t('water.accounts.title')}
      purpose={t('water.accounts.purpose')}
      columns={shown}
      rowKey={(row) => row.user_code}
      filters={[
        region,
        { kind: 'search', key: 'user', label: t('water.user'), width: 180 },
        { kind: 'text', key: 'code', label: t('water.userCode') },
      ]}
      input={(f) => given({ region_id: f['region'], user_name: f['user'], user_code: f['code'] })}
      empty={{ what: t('water.notYet'), action: <ToSync /> }}
      asOf={(answer) => answer.asOf}
      export="water.costs"
      above={values['region'] ? <Notice tone="neutral">{t('water.regionNote')}</Notice> : null}
      drawer={{ title: (row) => `${row.username} ${row.user_code}`, body: drawer(t) }}
    />
  )
}

const drawer = (t: TFunction) =>
  function AccountDrawer(row: Row) {
    return (
      <Facts
        facts={[
          { label: t('water.phone'), value: <Phone account={row.user_code} masked={row.phone_number} /> },
          {
            label: t('water.accounts.accountBalance'),
            value: <Figure value={row.account_balance} decimals={2} />,
          },
          { label: t('water.accounts.consumed'), value: <Figure value={row.consumed_amount} decimals={2} /> },
          { label: t('water.accounts.arrears'), value: <Arrears value={row.arrears_balance} /> },
          { label: t('water.accounts.lastBilling'), value: <Time at={row.last_billing_date} day /> },
          ...rawFacts(row),
        ]}
      />
    )
  }
