import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { maskPhone } from '#shared/privacy.ts'
import type { UserRow } from '#shared/contract/users.ts'
import { useMay } from '../../../app/site.tsx'
import { Facts } from '../../../ui/figures.tsx'
import { ListPage } from '../../../ui/ListPage.tsx'
import { userPath } from '../paths.ts'
import { BarButton } from './BarButton.tsx'
import { LedgerCheck } from './Ledger.tsx'
import { useUserFacts } from './user-facts.tsx'
import { userColumns } from './users-columns.tsx'
import '../charging.css'

/** People who use the chargers. */
export function UsersPage() {
  const { t } = useTranslation()
  const phones = useMay('supervisor')
  const columns = useMemo(() => userColumns(t, phones), [t, phones])
  return (
    <ListPage
      operation="users.list"
      title={t('charging.users.title')}
      purpose={t('charging.users.purpose')}
      columns={columns}
      filters={[
        { kind: 'search', key: 'query', label: t('charging.users.search') },
        {
          kind: 'select',
          key: 'barred',
          label: t('charging.users.barred'),
          options: [
            { value: 'yes', label: t('charging.users.barredOnly') },
            { value: 'no', label: t('charging.users.notBarred') },
          ],
        },
      ]}
      input={({ query, barred }) => ({
        ...(query ? { query: query.slice(0, 60) } : {}),
        ...(barred === undefined ? {} : { blacklisted: barred === 'yes' }),
      })}
      rowKey={(row) => row.user}
      export="users.list"
      empty={{ what: t('charging.users.empty'), todo: t('charging.users.emptyTodo') }}
      drawer={{
        title: (row) => row.userName || maskPhone(row.user),
        body: userBody,
        link: (row) => userPath(row.user),
      }}
    />
  )
}

const userBody = (row: UserRow) => <UserDrawer row={row} />

function UserDrawer({ row }: { row: UserRow }) {
  return (
    <div className="sd-stack">
      <div className="sd-actions">
        <BarButton user={row.user} />
      </div>
      <Facts facts={useUserFacts(row)} />
      <LedgerCheck user={row.user} />
    </div>
  )
}
