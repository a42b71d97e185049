import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ZoneOffset } from '#shared/time.ts'
import { useSite } from '../../app/site.tsx'
import { SIZE } from '../../app/theme.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Figure, State } from '../../ui/figures.tsx'
import { bucketTitle, changeText, signed } from './labels.ts'
import { tableRows, totalsOf, type TableRow, type UsageCell } from './usage-rows.ts'
import type { UsageModel } from './use-usage.ts'

/** Rows in sight before the table scrolls. */
const MOST_ROWS = 12

/** The same numbers as the bars, the newest first. */
export function UsageTable({
  model,
  unit,
  onOpen,
}: {
  model: UsageModel
  unit: string
  onOpen: (bucket: number) => void
}) {
  const { t } = useTranslation()
  const { zone } = useSite()
  const columns = useMemo(() => usageColumns(t, model, unit, zone), [t, model, unit, zone])
  const rows = useMemo(
    () => tableRows(model.buckets, model.main.cells, model.others, model.running).toReversed(),
    [model],
  )
  return (
    <div className="meter-table">
      <DataTable
        label={t('meters.tab.usage')}
        columns={columns}
        total={rows.length}
        rowAt={(index) => rows[index]}
        rowKey={(row) => String(row.bucket)}
        onOpen={(row) => onOpen(row.bucket)}
        height={(Math.min(rows.length, MOST_ROWS) + 1) * SIZE.row + 2}
      />
      <TotalsLine model={model} unit={unit} />
    </div>
  )
}

function TotalsLine({ model, unit }: { model: UsageModel; unit: string }) {
  const { t } = useTranslation()
  const totals = totalsOf(model.main.cells, model.buckets.indexOf(model.running))
  return (
    <footer className="sd-totals">
      <span>
        {t('meters.table.total')} <Figure value={totals.sum} unit={unit} />
      </span>
      {model.others.map((other) => (
        <span key={other.key}>
          {other.name} <Figure value={totalsOf(other.cells).sum} unit={unit} />
        </span>
      ))}
      <span>{t('meters.chart.coverage', { measured: totals.measured, total: totals.total })}</span>
      <span>{t('meters.explain.hint')}</span>
    </footer>
  )
}

function usageColumns(
  t: TFunction,
  model: UsageModel,
  unit: string,
  zone: ZoneOffset,
): readonly Column<TableRow>[] {
  const named = (title: string) => (unit ? `${title} (${unit})` : title)
  const compared = model.others.length > 0
  return [
    {
      key: 'bucket',
      title: t(`meters.table.bucket.${model.bucket}`),
      width: 140,
      render: (row) => <span className="sd-figure">{bucketTitle(row.bucket, model.bucket, zone)}</span>,
    },
    {
      key: 'usage',
      title: compared ? model.main.name : named(t('meters.table.usage')),
      width: 140,
      align: 'right',
      render: (row) => <CellFigure cell={row} />,
    },
    ...model.others.map((other, i) => ({
      key: other.key,
      title: other.name,
      width: 140,
      align: 'right' as const,
      render: (row: TableRow) => <CellFigure cell={row.others[i] ?? null} />,
    })),
    ...(compared ? differenceColumns(t) : []),
    {
      key: 'state',
      title: t('meters.table.state'),
      width: 160,
      render: (row) => <CellState row={row} />,
    },
  ]
}

const differenceColumns = (t: TFunction): readonly Column<TableRow>[] => [
  {
    key: 'difference',
    title: t('meters.table.difference'),
    width: 110,
    align: 'right',
    render: (row) => <span className="sd-figure">{signed(row.difference)}</span>,
  },
  {
    key: 'perMille',
    title: t('meters.table.change'),
    width: 90,
    align: 'right',
    render: (row) => <span className="sd-figure">{changeText(row.perMille)}</span>,
  },
]

const CellFigure = ({ cell }: { cell: UsageCell | null }) => <Figure value={cell?.usage ?? null} />

function CellState({ row }: { row: TableRow }) {
  const { t } = useTranslation()
  if (row.running && row.state === 'gap') return t('meters.state.runningNone')
  const tone = row.state === 'reset' ? 'attention' : 'neutral'
  return (
    <State tone={tone}>
      {t(`meters.state.${row.state}`)}
      {row.running ? ` · ${t('meters.state.running')}` : ''}
    </State>
  )
}
