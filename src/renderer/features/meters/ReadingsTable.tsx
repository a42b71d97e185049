import type { TFunction } from 'i18next'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../app/format.ts'
import { useFormat } from '../../app/site.tsx'
import type { Column, RowOf } from '../../ui/column.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { DetailDrawer } from '../../ui/DetailDrawer.tsx'
import { Figure } from '../../ui/figures.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx'
import { useRows } from '../../ui/use-rows.ts'
import { DecisionForm } from './DecisionForm.tsx'
import { Flags } from './Flags.tsx'
import type { Span } from './spans.ts'
import { useMayDecide } from './use-may-decide.ts'

type Reading = RowOf<'meters.readings'>

const HEIGHT = 12 * 32 + 34

interface Props {
  readonly meterId: string
  readonly span: Span
  readonly unit: string
}

/** Register values, ascending; two values at one instant are flagged. A row opens what can be put right about it. */
export function ReadingsTable({ meterId, span, unit }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const columns = useMemo(() => readingColumns(t, unit, format.full), [t, unit, format])
  const [range, setRange] = useState({ first: 0, last: 20 })
  const onRange = useCallback((next: { first: number; last: number }) => setRange(next), [])
  const rows = useRows('meters.readings', { meterId, from: span.from, to: span.to }, range)
  const [opened, setOpened] = useState<Reading | null>(null)
  const { may } = useMayDecide()
  const body = (row: Reading, close: () => void) => (
    <OneReading key={row.at} {...{ meterId, row, unit, close }} />
  )
  const failed = rows.error ? <ErrorState error={rows.error} retry={rows.retry} /> : null
  if (rows.pending) return failed ?? <Skeleton lines={8} />
  return (
    <div className="meter-table">
      {failed}
      <DataTable<Reading>
        label={t('meters.tab.readings')}
        columns={columns}
        total={rows.total}
        rowAt={rows.at}
        rowKey={(row) => String(row.at)}
        onRange={onRange}
        {...(may ? { onOpen: setOpened } : {})}
        selectedKey={opened ? String(opened.at) : null}
        dimmed={rows.stale}
        height={HEIGHT}
        empty={<EmptyState what={t('meters.readings.empty')} todo={t('meters.readings.emptyTodo')} />}
      />
      <footer className="sd-totals">
        <span>{t('common.list.total', { n: formatNumber(rows.total) })}</span>
        {may ? <span>{t('meters.readings.openHint')}</span> : null}
      </footer>
      <DetailDrawer
        row={opened}
        title={(row) => format.full(row.at)}
        body={body}
        onClose={() => setOpened(null)}
      />
    </div>
  )
}

export function readingColumns(
  t: TFunction,
  unit: string,
  full: (at: number) => string,
): readonly Column<Reading>[] {
  return [
    {
      key: 'at',
      title: t('meters.readings.at'),
      width: 180,
      render: (row) => <span className="sd-figure">{full(row.at)}</span>,
      export: { format: 'time' },
    },
    {
      key: 'value',
      title: unit ? `${t('meters.readings.value')} (${unit})` : t('meters.readings.value'),
      width: 160,
      align: 'right',
      render: (row) => <Figure value={row.value} />,
      export: { format: 'decimal' },
    },
    {
      key: 'flags',
      title: t('meters.readings.flags'),
      width: 240,
      render: (row) => <Flags flags={row.flags ?? []} value={row.value} original={row.original} />,
    },
  ]
}

/** The reading, and the form that puts it right or leaves it out. */
function OneReading(props: { meterId: string; row: Reading; unit: string; close: () => void }) {
  const { meterId, row, unit, close } = props
  return (
    <div className="sd-stack">
      <p>
        <Figure value={row.value} unit={unit} />{' '}
        <Flags flags={row.flags ?? []} value={row.value} original={row.original} />
      </p>
      <DecisionForm
        subject={{ meterId, at: row.at }}
        unit={unit}
        kinds={['value', 'ignore']}
        given={{ value: row.value }}
        onDone={close}
        onCancel={close}
      />
    </div>
  )
}
