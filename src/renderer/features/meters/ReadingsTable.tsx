import type { TFunction } from 'i18next'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../app/format.ts'
import { useFormat } from '../../app/site.tsx'
import type { Column, RowOf } from '../../ui/column.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Figure, State } from '../../ui/figures.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx'
import { useRows } from '../../ui/use-rows.ts'
import type { Span } from './spans.ts'

type Reading = RowOf<'meters.readings'>

const HEIGHT = 12 * 32 + 34

/** Register values as the vendor sent them, ascending; two values at one instant are flagged. */
export function ReadingsTable({ meterId, span, unit }: { meterId: string; span: Span; unit: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const columns = useMemo(() => readingColumns(t, unit, format.full), [t, unit, format])
  const [range, setRange] = useState({ first: 0, last: 20 })
  const onRange = useCallback((next: { first: number; last: number }) => setRange(next), [])
  const rows = useRows('meters.readings', { meterId, from: span.from, to: span.to }, range)
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
        dimmed={rows.stale}
        height={HEIGHT}
        empty={<EmptyState what={t('meters.readings.empty')} todo={t('meters.readings.emptyTodo')} />}
      />
      <footer className="sd-totals">{t('common.list.total', { n: formatNumber(rows.total) })}</footer>
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
      render: (row) => <Flags flags={row.flags ?? []} />,
    },
  ]
}

function Flags({ flags }: { flags: NonNullable<Reading['flags']> }) {
  const { t } = useTranslation()
  return flags.map((flag) => (
    <State key={flag} tone={flag === 'conflict' ? 'attention' : 'neutral'}>
      <span title={t(`meters.readings.${flag}Hint`)}>{t(`meters.readings.${flag}`)}</span>
    </State>
  ))
}
