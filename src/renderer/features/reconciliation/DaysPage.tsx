import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ReconciliationDay } from '#shared/contract/reconciliation.ts'
import { Facts, Time } from '../../ui/figures.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { CLASSES } from './classes.ts'
import { dayColumns } from './columns.tsx'
import { SumsTable } from './SumsTable.tsx'

const NO_INPUT = {}

export function DaysPage() {
  const { t } = useTranslation()
  const columns = useMemo(() => dayColumns(t), [t])
  return (
    <ListPage
      operation="reconciliation.list"
      title={t('reconciliation.daysTitle')}
      purpose={t('reconciliation.daysPurpose')}
      columns={columns}
      input={() => NO_INPUT}
      rowKey={(row) => row.day}
      export="reconciliation.list"
      actions={<Link to="/reconciliation">{t('reconciliation.title')}</Link>}
      empty={{ what: t('reconciliation.daysEmpty'), todo: t('reconciliation.daysEmptyTodo') }}
      drawer={{
        title: (row) => row.day,
        body: essentials,
        link: (row) => `/reconciliation?day=${row.day}`,
      }}
    />
  )
}

const essentials = (row: ReconciliationDay) => <Essentials day={row} />

function Essentials({ day }: { day: ReconciliationDay }) {
  const { t } = useTranslation()
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          { label: t('reconciliation.state'), value: t(`reconciliation.stateName.${day.state}`) },
          { label: t('reconciliation.scope'), value: t(`reconciliation.scopeName.${day.scope}`) },
          { label: t('reconciliation.ranAt'), value: <Time at={day.ranAt} /> },
          { label: t('reconciliation.sign.signedBy'), value: day.signedBy },
          { label: t('reconciliation.sign.note'), value: day.note },
        ]}
      />
      <SumsTable day={day} classes={CLASSES} />
    </div>
  )
}
