import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterEvent } from '#shared/contract/meter-decisions.ts'
import { useFormat } from '../../app/site.tsx'
import type { Column, ListInput } from '../../ui/column.ts'
import { Code, Facts, Figure, State } from '../../ui/figures.tsx'
import type { Filter, FilterValues } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { EventDecision, EventPart } from './EventPart.tsx'
import { meterPath } from './paths.ts'
import { unitOf } from './words.ts'
import './meters.css'

const KINDS = ['rollover', 'reset', 'spike', 'dip', 'drop', 'jump'] as const
const STATES = ['parked', 'decided'] as const

/** Falls and jumps of all registers (读数异常); those that wait for a decision make no usage until then. */
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
      export="meters.events"
      empty={{ what: t('meters.event.empty'), todo: t('meters.event.emptyTodo') }}
      drawer={{
        title: (row) => row.tableNo,
        body: eventBody,
        link: (row) => meterPath(row.meterId),
      }}
    />
  )
}

const eventBody = (row: MeterEvent, close: () => void) => (
  <EventBody key={`${row.meterId} ${row.at}`} row={row} close={close} />
)

function EventBody({ row, close }: { row: MeterEvent; close: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          { label: t('meters.column.place'), value: row.place },
          ...(row.name && row.name !== row.tableNo
            ? [{ label: t('meters.column.name'), value: row.name }]
            : []),
        ]}
      />
      <EventPart event={row} unit={unitOf(row.meterKind)} onDecided={close} />
      <EventDecision event={row} />
    </div>
  )
}

function eventInput(values: FilterValues): ListInput<'meters.events'> {
  const state = STATES.find((one) => one === values['state'])
  const kind = KINDS.find((one) => one === values['kind'])
  const query = values['query']
  return { ...(query ? { query } : {}), ...(state ? { state } : {}), ...(kind ? { kind } : {}) }
}

const eventFilters = (t: TFunction): readonly Filter[] => [
  { kind: 'search', key: 'query', label: t('meters.event.search') },
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

const words = <T extends string>(values: readonly T[], word: (value: T) => string) =>
  Object.fromEntries(values.map((value) => [value, word(value)]))

function eventColumns(t: TFunction, full: (at: number) => string): readonly Column<MeterEvent>[] {
  return [
    {
      key: 'tableNo',
      title: t('meters.column.tableNo'),
      width: 150,
      render: (row) => <Code>{row.tableNo}</Code>,
    },
    { key: 'place', title: t('meters.column.place'), width: 150, render: (row) => row.place },
    {
      key: 'kind',
      title: t('meters.event.kindLabel'),
      width: 130,
      render: (row) => t(`meters.event.${row.kind}`),
      export: { format: 'text', words: words(KINDS, (kind) => t(`meters.event.${kind}`)) },
    },
    {
      key: 'at',
      title: t('meters.readings.at'),
      width: 170,
      render: (row) => <span className="sd-figure">{full(row.at)}</span>,
      export: { format: 'time' },
    },
    {
      key: 'before',
      title: t('meters.event.before'),
      width: 130,
      align: 'right',
      render: (row) => <Figure value={row.before.value} />,
      export: { format: 'decimal', key: 'before.value' },
    },
    {
      key: 'value',
      title: t('meters.readings.value'),
      width: 130,
      align: 'right',
      render: (row) => <Figure value={row.value} />,
      export: { format: 'decimal' },
    },
    {
      key: 'usage',
      title: t('meters.event.counted'),
      width: 120,
      align: 'right',
      render: (row) => <Figure value={row.usage} unit={row.usage === null ? '' : unitOf(row.meterKind)} />,
      export: { format: 'decimal' },
    },
    {
      key: 'state',
      title: t('meters.event.stateLabel'),
      width: 110,
      render: (row) => (
        <State tone={row.state === 'parked' ? 'attention' : 'good'}>
          {t(`meters.event.state.${row.state}`)}
        </State>
      ),
      export: { format: 'text', words: words(STATES, (state) => t(`meters.event.state.${state}`)) },
    },
  ]
}
