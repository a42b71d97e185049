import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterEvent } from '#shared/contract/meter-decisions.ts'
import { useFormat } from '../../app/site.tsx'
import type { Column, ListInput } from '../../ui/column.ts'
import { Code, Figure, State } from '../../ui/figures.tsx'
import type { Filter, FilterValues } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { EventPart } from './EventPart.tsx'
import { meterPath } from './paths.ts'
import { unitOf } from './words.ts'
import './meters.css'

const KINDS = ['rollover', 'reset', 'spike', 'dip', 'drop', 'jump'] as const
const STATES = ['parked', 'decided'] as const

/** Falls and jumps of all registers; those that wait for a decision make no usage until then. */
export function EventsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const columns = useMemo(() => eventColumns(t, format.full), [t, format])
  return (
    <ListPage
      operation="meters.events"
      title={t('meters.event.title')}
      purpose={t('meters.event.purpose')}
      columns={columns}
      filters={eventFilters(t)}
      input={eventInput}
      rowKey={(row) => `${row.meterId} ${row.at} ${row.kind}`}
      empty={{ what: t('meters.event.empty'), todo: t('meters.event.emptyTodo') }}
      drawer={{
        title: (row) => row.tableNo,
        body: eventBody,
        link: (row) => meterPath(row.meterId),
      }}
    />
  )
}

const eventBody = (row: MeterEvent) => (
  <EventPart key={`${row.meterId} ${row.at}`} event={row} unit={unitOf(row.meterKind)} />
)

function eventInput(values: FilterValues): ListInput<'meters.events'> {
  const state = STATES.find((one) => one === values['state'])
  const kind = KINDS.find((one) => one === values['kind'])
  return { ...(state ? { state } : {}), ...(kind ? { kind } : {}) }
}

const eventFilters = (t: TFunction): readonly Filter[] => [
  {
    kind: 'select',
    key: 'state',
    label: t('meters.event.stateLabel'),
    options: STATES.map((value) => ({ value, label: t(`meters.event.state.${value}`) })),
  },
  {
    kind: 'select',
    key: 'kind',
    label: t('meters.event.kindLabel'),
    options: KINDS.map((value) => ({ value, label: t(`meters.event.${value}`) })),
  },
]

const eventColumns = (t: TFunction, full: (at: number) => string): readonly Column<MeterEvent>[] => [
  {
    key: 'tableNo',
    title: t('meters.column.tableNo'),
    width: 150,
    render: (row) => <Code>{row.tableNo}</Code>,
  },
  { key: 'place', title: t('meters.column.place'), width: 200, render: (row) => row.place },
  {
    key: 'kind',
    title: t('meters.event.kindLabel'),
    width: 130,
    render: (row) => t(`meters.event.${row.kind}`),
  },
  {
    key: 'before',
    title: t('meters.event.before'),
    width: 130,
    align: 'right',
    render: (row) => <Figure value={row.before.value} />,
  },
  {
    key: 'at',
    title: t('meters.readings.at'),
    width: 180,
    render: (row) => <span className="sd-figure">{full(row.at)}</span>,
  },
  {
    key: 'value',
    title: t('meters.readings.value'),
    width: 130,
    align: 'right',
    render: (row) => <Figure value={row.value} />,
  },
  {
    key: 'state',
    title: t('meters.event.stateLabel'),
    width: 120,
    render: (row) => (
      <State tone={row.state === 'parked' ? 'attention' : 'neutral'}>
        {t(`meters.event.state.${row.state}`)}
      </State>
    ),
  },
]
