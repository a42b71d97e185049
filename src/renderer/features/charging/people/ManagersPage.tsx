import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { Link } from 'react-router'
import { useMay } from '../../../app/site.tsx'
import type { Column, RowOf } from '../../../ui/column.ts'
import { Facts, Figure, Money, Time } from '../../../ui/figures.tsx'
import { ListPage } from '../../../ui/ListPage.tsx'
import { blacklistPath, cashoutsPath, ordersPath } from '../paths.ts'
import { Phone } from '../Phone.tsx'
import '../charging.css'
import { maskPhone } from '#shared/privacy.ts'

type Manager = RowOf<'users.managers'>

/** Managers with their chargers and their income. */
export function ManagersPage() {
  const { t } = useTranslation()
  const phones = useMay('supervisor')
  const columns = useMemo(() => managerColumns(t, phones), [t, phones])
  return (
    <ListPage
      operation="users.managers"
      title={t('charging.managers.title')}
      purpose={t('charging.managers.purpose')}
      columns={columns}
      filters={[{ kind: 'search', key: 'query', label: t('charging.managers.search') }]}
      input={({ query }) => (query ? { query: query.slice(0, 60) } : {})}
      rowKey={(row) => row.manager}
      export="users.managers"
      empty={{ what: t('charging.managers.empty'), todo: t('charging.managers.emptyTodo') }}
      drawer={{
        title: (row) => row.managerName || maskPhone(row.manager),
        body: managerBody,
      }}
    />
  )
}

const managerColumns = (t: TFunction, phones: boolean): readonly Column<Manager>[] => [
  { key: 'managerName', title: t('charging.userName'), width: 140 },
  {
    key: 'manager',
    title: t('charging.phone'),
    width: 120,
    render: (row) => <Phone of={row.manager} />,
    export: phones ? { format: 'text' } : false,
  },
  {
    key: 'devices',
    title: t('charging.managers.devices'),
    width: 90,
    align: 'right',
    render: (row) => <Figure value={row.devices} />,
    export: { format: 'integer' },
  },
  {
    key: 'withdrawableFen',
    title: t('charging.managers.withdrawable'),
    width: 120,
    align: 'right',
    render: (row) => <Money fen={row.withdrawableFen} />,
    export: { format: 'money' },
  },
  {
    key: 'paidOutFen',
    title: t('charging.managers.paidOut'),
    width: 120,
    align: 'right',
    render: (row) => <Money fen={row.paidOutFen} />,
    export: { format: 'money' },
  },
  {
    key: 'firstAt',
    title: t('charging.managers.firstAt'),
    width: 110,
    render: (row) => <Time at={row.firstAt} />,
    export: { format: 'time' },
  },
]

const managerBody = (row: Manager) => <ManagerDrawer row={row} />

function ManagerDrawer({ row }: { row: Manager }) {
  const { t } = useTranslation()
  const seesCashouts = useMay('supervisor', 'viewer')
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          { label: t('charging.userName'), value: row.managerName },
          { label: t('charging.phone'), value: <Phone of={row.manager} whole="manager" /> },
          { label: t('charging.managers.devices'), value: <Figure value={row.devices} /> },
          { label: t('charging.managers.withdrawable'), value: <Money fen={row.withdrawableFen} /> },
          { label: t('charging.managers.paidOut'), value: <Money fen={row.paidOutFen} /> },
          { label: t('charging.managers.firstAt'), value: <Time at={row.firstAt} /> },
        ]}
      />
      <div className="sd-actions">
        <Link to={ordersPath({ manager: row.manager })}>{t('charging.managers.orders')}</Link>
        {seesCashouts ? (
          <Link to={cashoutsPath({ manager: row.manager })}>{t('charging.managers.cashouts')}</Link>
        ) : null}
        <Link to={blacklistPath({ manager: row.manager })}>{t('charging.managers.blacklist')}</Link>
      </div>
    </div>
  )
}
