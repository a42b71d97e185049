import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { parseDateTime, DAY, type ZoneOffset } from '#shared/time.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { useSite } from '../../app/site.tsx'
import type { Column, RowOf } from '../../ui/column.ts'
import { Code, Facts, Time } from '../../ui/figures.tsx'
import type { Filter, FilterOption, FilterValues } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'

type Row = RowOf<'audit.list'>
const DOORS = ['desktop', 'browser', 'api', 'inproc', 'start'] as const

export function AuditList() {
  const { t } = useTranslation()
  const { zone } = useSite()
  return (
    <ListPage
      operation="audit.list"
      title={t('audit.title')}
      purpose={t('audit.purpose')}
      columns={columns(t)}
      rowKey={(row) => row.id}
      filters={filters(t)}
      input={(values) => input(values, zone)}
      empty={{ what: t('audit.empty'), todo: t('audit.emptyTodo') }}
      drawer={{ title: operationOf, body: auditEntry }}
      export="audit.list"
    />
  )
}

const filters = (t: TFunction): Filter[] => [
  {
    kind: 'select',
    key: 'operation',
    label: t('audit.operation'),
    width: 200,
    options: operations(t),
    typed: true,
  },
  { kind: 'search', key: 'operator', label: t('audit.operator'), width: 160 },
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
  return {
    ...(values['operation'] ? { operation: values['operation'] } : {}),
    ...(values['operator'] ? { operator: values['operator'] } : {}),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to: to + DAY }),
  }
}

function doorName(t: TFunction, door: string): string {
  const known = DOORS.find((name) => name === door)
  return known ? t(`audit.doorName.${known}`) : door
}

const whoOf = (t: TFunction, { operator, door }: Row) =>
  operator ?? (door === 'start' ? doorName(t, door) : t('audit.nobody'))

const outcomeName = (t: TFunction, outcome: string) => (outcome === 'ok' ? t('audit.outcomeOk') : outcome)

function Operation({ name }: { name: string }) {
  const text = useCodeText()
  return <span title={name}>{text('audit.operationName', name)}</span>
}

const columns = (t: TFunction): Column<Row>[] => [
  {
    key: 'at',
    title: t('audit.at'),
    width: 110,
    render: (row) => <Time at={row.at} />,
    export: { format: 'time' },
  },
  {
    key: 'operator',
    title: t('audit.operator'),
    width: 110,
    render: (row) => whoOf(t, row),
  },
  {
    key: 'operation',
    title: t('audit.operation'),
    width: 190,
    render: operationOf,
  },
  { key: 'target', title: t('audit.target'), width: 200 },
  { key: 'outcome', title: t('audit.outcome'), width: 110, render: (row) => outcomeName(t, row.outcome) },
  { key: 'door', title: t('audit.door'), width: 80, render: (row) => doorName(t, row.door) },
  { key: 'hash', title: t('audit.hash'), width: 180, hidden: true, render: (row) => <Code>{row.hash}</Code> },
]

const operationOf = (row: Row) => <Operation name={row.operation} />

const auditEntry = (row: Row) => <AuditEntry row={row} />

function AuditEntry({ row }: { row: Row }) {
  const { t } = useTranslation()
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          { label: t('audit.at'), value: <Time at={row.at} /> },
          {
            label: t('audit.operation'),
            value: (
              <>
                <Operation name={row.operation} /> <Code>{row.operation}</Code>
              </>
            ),
          },
          { label: t('audit.operator'), value: whoOf(t, row) },
          { label: t('audit.door'), value: doorName(t, row.door) },
          { label: t('audit.target'), value: row.target },
          { label: t('audit.outcome'), value: outcomeName(t, row.outcome) },
          { label: t('audit.hash'), value: <Code>{row.hash}</Code> },
        ]}
      />
      <Recorded title={t('audit.before')} value={row.before} />
      <Recorded title={t('audit.after')} value={row.after} />
    </div>
  )
}

function Recorded({ title, value }: { title: string; value: unknown }) {
  if (value === null || value === undefined) return null
  return (
    <section>
      <h2 className="sd-quiet">{title}</h2>
      <pre className="sd-pre">{JSON.stringify(value, null, 2)}</pre>
    </section>
  )
}
