import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportVersion } from '#shared/contract/reports.ts'
import type { Column } from '../../ui/column.ts'
import { Facts, Figure, Time } from '../../ui/figures.tsx'
import type { Filter, FilterValues } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { ChangeTable } from './ChangeTable.tsx'
import { dayPath } from './paths.ts'
import './reports.css'

const inputOf = ({ day }: FilterValues) =>
  day !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(day) ? { day } : {}

/** Who closed which days, and computed them anew, when and why. */
export function ClosedDaysPage() {
  const { t } = useTranslation()
  const columns = useMemo(() => versionColumns(t), [t])
  const filters = useMemo(
    (): readonly Filter[] => [{ kind: 'day', key: 'day', label: t('reports.filter.day') }],
    [t],
  )
  return (
    <ListPage
      operation="reports.versions"
      title={t('reports.closed.title')}
      purpose={t('reports.closed.purpose')}
      columns={columns}
      filters={filters}
      input={inputOf}
      rowKey={(row) => `${row.day} ${row.version}`}
      export="reports.versions"
      empty={{ what: t('reports.closed.empty'), todo: t('reports.closed.emptyTodo') }}
      drawer={DRAWER}
    />
  )
}

const DRAWER = {
  title: (row: ReportVersion) => `${row.day} · ${row.version}`,
  body: (row: ReportVersion) => <Version row={row} />,
  link: (row: ReportVersion) => dayPath(row.day, row.version),
}

function Version({ row }: { row: ReportVersion }) {
  const { t } = useTranslation()
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          { label: t('reports.closed.at'), value: <Time at={row.at} /> },
          { label: t('reports.closed.by'), value: row.by },
          { label: t('reports.closed.reason'), value: row.reason },
          { label: t('reports.closed.asOf'), value: <Time at={row.asOf} /> },
          { label: t('reports.column.meters'), value: <Figure value={row.meters} /> },
        ]}
      />
      {row.version > 1 ? <ChangeTable day={row.day} version={row.version} /> : null}
    </div>
  )
}

const versionColumns = (t: TFunction): readonly Column<ReportVersion>[] => [
  { key: 'day', title: t('reports.filter.day'), width: 110 },
  {
    key: 'version',
    title: t('reports.filter.version'),
    width: 70,
    align: 'right',
    export: { format: 'integer' },
  },
  {
    key: 'at',
    title: t('reports.closed.at'),
    width: 130,
    render: (row) => <Time at={row.at} />,
    export: { format: 'time' },
  },
  { key: 'by', title: t('reports.closed.by'), width: 110 },
  { key: 'reason', title: t('reports.closed.reason'), width: 260 },
  {
    key: 'meters',
    title: t('reports.column.meters'),
    width: 80,
    align: 'right',
    export: { format: 'integer' },
  },
  {
    key: 'changed',
    title: t('reports.closed.changed'),
    width: 90,
    align: 'right',
    export: { format: 'integer' },
  },
  {
    key: 'asOf',
    title: t('reports.closed.asOf'),
    width: 130,
    render: (row) => <Time at={row.asOf} />,
    export: { format: 'time' },
  },
]
