import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { parseDateTime, DAY, type ZoneOffset } from '#shared/time.ts'
import { useSite } from '../../app/site.tsx'
import type { Column } from '../../ui/column.ts'
import { Code, Time } from '../../ui/figures.tsx'
import { useFilters, type Filter, type FilterOption, type FilterValues } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { AuditEntry, doorName, Operation, outcomeName, whoOf, type AuditRow } from './AuditEntry.tsx'
import { ChainActions, ChainState, useWalk } from './Chain.tsx'

export function AuditList() {
  const { t } = useTranslation()
  const { zone } = useSite()
  const walk = useWalk()
  const { values } = useFilters(KEYS)
  return (
    <ListPage
      operation="audit.list"
      title={t('audit.title')}
      purpose={t('audit.purpose')}
      columns={columns(t)}
      rowKey={(row) => row.id}
      filters={filters(t)}
      input={(held) => input(held, zone)}
      empty={{ what: t('audit.empty'), todo: t('audit.emptyTodo') }}
      drawer={{ title: operationOf, body: auditEntry }}
      export="audit.list"
      actions={<ChainActions walk={walk} filter={input(values, zone)} />}
      above={<ChainState walk={walk} />}
    />
  )
}

const KEYS = ['query', 'operation', 'operator', 'target', 'outcome', 'from', 'to']

const filters = (t: TFunction): Filter[] => [
  { kind: 'search', key: 'query', label: t('audit.query'), width: 200 },
  {
    kind: 'select',
    key: 'operation',
    label: t('audit.operation'),
    width: 180,
    options: operations(t),
    typed: true,
  },
  { kind: 'text', key: 'operator', label: t('audit.operator'), width: 120 },
  { kind: 'text', key: 'target', label: t('audit.target'), width: 140 },
  {
    kind: 'select',
    key: 'outcome',
    label: t('audit.outcome'),
    width: 110,
    options: [
      { value: 'ok', label: t('audit.outcomeOk') },
      { value: 'refused', label: t('audit.outcomeRefused') },
    ],
  },
  { kind: 'day', key: 'from', label: t('audit.from') },
  { kind: 'day', key: 'to', label: t('audit.to') },
]

/** Every operation the audit knows, by its words; the operation's own name on hover. */
const operations = (t: TFunction): FilterOption[] =>
  Object.entries(t('audit.operationName', { returnObjects: true })).flatMap(([area, names]) =>
    Object.entries(names).map(([name, label]) => ({
      value: `${area}.${name}`,
      label,
      title: `${area}.${name}`,
    })),
  )

/** Days as people mean them: both ends included. */
function input(values: FilterValues, zone: ZoneOffset) {
  const from = values['from'] ? parseDateTime(values['from'], zone) : null
  const to = values['to'] ? parseDateTime(values['to'], zone) : null
  const { query, operation, operator, target, outcome } = values
  return {
    ...(query ? { query } : {}),
    ...(operation ? { operation } : {}),
    ...(operator ? { operator } : {}),
    ...(target ? { target } : {}),
    ...(outcome ? { outcome } : {}),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to: to + DAY }),
  }
}

const columns = (t: TFunction): Column<AuditRow>[] => [
  {
    key: 'at',
    title: t('audit.at'),
    width: 110,
    render: (row) => <Time at={row.at} />,
    export: { format: 'time' },
  },
  { key: 'operator', title: t('audit.operator'), width: 110, render: (row) => whoOf(t, row) },
  { key: 'operation', title: t('audit.operation'), width: 190, render: operationOf },
  { key: 'target', title: t('audit.target'), width: 200 },
  { key: 'outcome', title: t('audit.outcome'), width: 110, render: (row) => outcomeName(t, row.outcome) },
  { key: 'door', title: t('audit.door'), width: 80, render: (row) => doorName(t, row.door) },
  { key: 'place', title: t('audit.place'), width: 160 },
  { key: 'hash', title: t('audit.hash'), width: 180, hidden: true, render: (row) => <Code>{row.hash}</Code> },
]

const operationOf = (row: AuditRow) => <Operation name={row.operation} />
const auditEntry = (row: AuditRow) => <AuditEntry row={row} />
