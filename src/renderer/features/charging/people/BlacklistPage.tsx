import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../../app/site.tsx'
import { ListPage } from '../../../ui/ListPage.tsx'
import { useManagerOptions } from '../options.ts'
import { barColumns } from './bar-columns.tsx'
import { BarButton } from './BarButton.tsx'
import '../charging.css'

/** Who may not use whose chargers. */
export function BlacklistPage() {
  const { t } = useTranslation()
  const phones = useMay('supervisor')
  const managers = useManagerOptions()
  const columns = useMemo(() => barColumns(t, phones), [t, phones])
  return (
    <ListPage
      operation="blacklist.list"
      title={t('charging.blacklist.title')}
      purpose={t('charging.blacklist.purpose')}
      columns={columns}
      filters={[
        { kind: 'text', key: 'user', label: t('charging.blacklist.userSearch'), width: 220 },
        {
          kind: 'select',
          key: 'manager',
          label: t('charging.manager'),
          options: managers,
          width: 180,
          searches: true,
        },
      ]}
      input={({ user, manager }) => ({
        ...(user ? { user: user.slice(0, 11) } : {}),
        ...(manager ? { manager: manager.slice(0, 11) } : {}),
      })}
      rowKey={(row) => `${row.user} ${row.manager}`}
      export="blacklist.list"
      actions={<BarButton main />}
      empty={{ what: t('charging.blacklist.empty'), todo: t('charging.blacklist.emptyTodo') }}
    />
  )
}
