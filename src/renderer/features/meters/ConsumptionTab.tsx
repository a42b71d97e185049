import { Segmented } from 'antd'
import type { TFunction } from 'i18next'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useRead } from '../../api/queries.ts'
import { formatNumber } from '../../app/format.ts'
import { useFormat } from '../../app/site.tsx'
import { AsOf } from '../../ui/AsOf.tsx'
import type { Column, RowOf } from '../../ui/column.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Figure } from '../../ui/figures.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx'
import { useRows } from '../../ui/use-rows.ts'
import type { MeterView } from './view-state.ts'
import { unitOf } from './words.ts'

type Row = RowOf<'meters.consumption'>
type Kind = 'records' | 'daily'

const HEIGHT = 12 * 32 + 34

/** What the vendor charged; all records or one a day, never both together (I-40). */
export function ConsumptionTab({ meter, view }: { meter: Output<'meters.get'>; view: MeterView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const kinds = (['records', 'daily'] as const).filter((kind) =>
    meter.has.includes(kind === 'daily' ? 'consumptionDaily' : 'consumption'),
  )
  const [chosen, setChosen] = useState<Kind | null>(null)
  const kind = chosen ?? kinds[0] ?? 'records'
  const input = { meterId: meter.id, ...view.span, kind }
  const [range, setRange] = useState({ first: 0, last: 20 })
  const onRange = useCallback((next: { first: number; last: number }) => setRange(next), [])
  const rows = useRows('meters.consumption', input, range)
  const sums = useRead('meters.consumption', { ...input, limit: 1 })
  const columns = useMemo(() => columnsOf(t, unitOf(meter.kind), format.full), [t, meter.kind, format])
  const failed = rows.error ? <ErrorState error={rows.error} retry={rows.retry} /> : null
  if (rows.pending) return failed ?? <Skeleton lines={8} />
  return (
    <div className="meter-table">
      {failed}
      {kinds.length > 1 ? (
        <Segmented
          aria-label={t('meterData.consumption.kind')}
          value={kind}
          onChange={setChosen}
          options={kinds.map((value) => ({ value, label: t(`meterData.consumption.${value}`) }))}
        />
      ) : null}
      <DataTable<Row>
        label={t('meterData.consumption.title')}
        columns={columns}
        total={rows.total}
        rowAt={rows.at}
        rowKey={(row) => String(row.at)}
        onRange={onRange}
        dimmed={rows.stale}
        height={HEIGHT}
        empty={
          <EmptyState what={t('meterData.consumption.empty')} todo={t('meterData.consumption.emptyTodo')} />
        }
      />
      <footer className="sd-totals">
        {t('common.list.total', { n: formatNumber(rows.total) })}
        {sums.data ? <Sums sums={sums.data.sums} /> : null}
        <AsOf at={sums.data?.asOf ?? null} />
      </footer>
    </div>
  )
}

function Sums({ sums }: { sums: Output<'meters.consumption'>['sums'] }) {
  const { t } = useTranslation()
  const figures = { dosage: formatNumber(sums.dosage), amount: formatNumber(sums.amount) }
  return <span className="sd-figure">{t('meterData.consumption.sums', figures)}</span>
}

function columnsOf(t: TFunction, unit: string, full: (at: number) => string): readonly Column<Row>[] {
  const figure = (key: 'reading' | 'dosage' | 'amount', title: string) => ({
    key,
    title,
    width: 140,
    align: 'right' as const,
    render: (row: Row) => <Figure value={row[key]} />,
  })
  const withUnit = (title: string) => (unit ? `${title} (${unit})` : title)
  return [
    {
      key: 'at',
      title: t('meterData.consumption.at'),
      width: 180,
      render: (row) => <span className="sd-figure">{full(row.at)}</span>,
    },
    figure('reading', withUnit(t('meterData.consumption.reading'))),
    figure('dosage', withUnit(t('meterData.consumption.dosage'))),
    figure('amount', t('meterData.consumption.amount')),
  ]
}
