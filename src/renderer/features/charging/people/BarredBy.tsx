import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPart } from '../../../ui/ListPart.tsx'
import { useMay } from '../../../app/site.tsx'
import { barColumns } from './bar-columns.tsx'

/** The managers whose chargers this user may not use. */
export function BarredBy({ user }: { user: string }) {
  const { t } = useTranslation()
  const phones = useMay('supervisor')
  const columns = useMemo(() => barColumns(t, phones), [t, phones])
  return (
    <ListPart
      operation="blacklist.list"
      label={t('charging.users.barred')}
      columns={columns}
      input={() => ({ user })}
      rowKey={(row) => `${row.user} ${row.manager}`}
      empty={{ what: t('charging.users.notBarred') }}
      lines={6}
    />
  )
}
