import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { MayButton } from '../../app/why-not.tsx'
import type { Column, RowOf } from '../../ui/column.ts'
import { Facts, State, Time } from '../../ui/figures.tsx'
import type { Filter } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { OperatorForm } from './OperatorForm.tsx'

export type OperatorRow = RowOf<'operators.list'>

export function OperatorList() {
  const { t } = useTranslation()
  const [editing, setEditing] = useState<OperatorRow | 'new' | null>(null)
  const create = (
    <>
      <Link to="/operators/permissions">
        <Button>{t('operators.permissions.title')}</Button>
      </Link>
      <MayButton operation="operators.create" type="primary" onClick={() => setEditing('new')}>
        {t('common.action.create')}
      </MayButton>
    </>
  )
  const filters: Filter[] = [{ kind: 'search', key: 'query', label: t('common.list.search') }]
  const body = (row: OperatorRow) => (
    <div className="sd-stack">
      <OperatorFacts row={row} />
      <div className="sd-actions">
        <MayButton operation="operators.update" onClick={() => setEditing(row)}>
          {t('common.action.edit')}
        </MayButton>
      </div>
    </div>
  )
  return (
    <>
      <ListPage
        operation="operators.list"
        title={t('operators.title')}
        purpose={t('operators.purpose')}
        columns={columns(t)}
        rowKey={(row) => row.id}
        filters={filters}
        input={(values) => (values['query'] ? { query: values['query'] } : {})}
        empty={{ what: t('operators.empty'), todo: t('operators.emptyTodo') }}
        drawer={{ title: (row) => row.name, body }}
        actions={create}
        export="operators.list"
      />
      {editing === null ? null : (
        <OperatorForm row={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </>
  )
}

const roleNames = (t: TFunction, row: OperatorRow) =>
  row.roles.map((role) => t(`common.role.${role}`)).join(' · ')

function StateOf({ row }: { row: OperatorRow }) {
  const { t } = useTranslation()
  if (row.disabled) return <State tone="attention">{t('operators.disabled')}</State>
  return row.mustChangePin ? <State>{t('operators.ownPin.waiting')}</State> : t('operators.active')
}

const columns = (t: TFunction): Column<OperatorRow>[] => [
  { key: 'name', title: t('operators.name'), width: 140 },
  { key: 'roles', title: t('operators.roles'), width: 240, render: (row) => roleNames(t, row) },
  { key: 'phone', title: t('operators.phone'), width: 130 },
  { key: 'disabled', title: t('operators.state'), width: 100, render: (row) => <StateOf row={row} /> },
  {
    key: 'lastSignInAt',
    title: t('operators.lastSignInAt'),
    width: 120,
    render: (row) => <Time at={row.lastSignInAt} />,
    export: { format: 'time' },
  },
  {
    key: 'createdAt',
    title: t('operators.createdAt'),
    width: 120,
    render: (row) => <Time at={row.createdAt} />,
    export: { format: 'time' },
  },
]

function OperatorFacts({ row }: { row: OperatorRow }) {
  const { t } = useTranslation()
  return (
    <Facts
      facts={[
        { label: t('operators.roles'), value: roleNames(t, row) },
        { label: t('operators.phone'), value: row.phone },
        { label: t('operators.state'), value: <StateOf row={row} /> },
        { label: t('operators.lastSignInAt'), value: <Time at={row.lastSignInAt} /> },
        { label: t('operators.createdAt'), value: <Time at={row.createdAt} /> },
      ]}
    />
  )
}
