import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportColumn, ReportFilter, ReportTable } from '#shared/contract/reports.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { State } from '../../ui/figures.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { cellText, isFigure, NO_FIGURE, rowsOf, type ReportRow } from './cells.ts'
import { useReportWords } from './use-report.ts'

const WIDTHS: Readonly<Record<ReportColumn['format'], number>> = {
  text: 120,
  word: 100,
  decimal: 104,
  integer: 88,
  money: 116,
  time: 116,
  day: 100,
  percent: 88,
}
const BUCKET_WIDTH = 82
/** paths need more */
const WIDE = new Set(['region', 'room', 'rooms'])
const WIDE_WIDTH = 260

/** px of a figure of the tables' size, and of what stands around it */
const DIGIT = 8
const AROUND = 24

function widthOf({ key, format, at }: ReportColumn, sum: string): number {
  if (at !== undefined) return Math.max(BUCKET_WIDTH, sum.length * DIGIT + AROUND)
  return WIDE.has(key) ? WIDE_WIDTH : WIDTHS[format]
}

/** A report on the screen: its rows, and the sums as the last one. */
export function ReportGrid({
  table,
  filter,
  label,
}: {
  table: ReportTable
  filter: ReportFilter
  label: string
}) {
  const { t } = useTranslation()
  const words = useReportWords()
  const rows = useMemo(() => rowsOf(table), [table])
  const columns = table.columns.map((column, i): Column<ReportRow> => {
    const figure = isFigure(column)
    return {
      key: `${column.key}-${i}`,
      title: words.title(column, filter),
      width: widthOf(column, cellText(table.total?.[i] ?? null, column, words)),
      ...(figure ? { align: 'right' as const } : {}),
      render: (row) => <Cell row={row} column={column} at={i} />,
    }
  })
  return (
    <DataTable
      label={label}
      columns={columns}
      total={rows.length}
      rowAt={(index) => rows[index]}
      rowKey={(row) => String(row.index)}
      empty={<EmptyState what={t(`reports.empty.${table.report}`)} todo={t('reports.emptyTodo')} />}
    />
  )
}

function Cell({ row, column, at }: { row: ReportRow; column: ReportColumn; at: number }) {
  const { t } = useTranslation()
  const words = useReportWords()
  const cell = row.cells[at] ?? null
  const mark = row.marks?.get(at)
  if (row.kind !== 'row') return <strong className="sd-figure">{sumText(row, column, at, t, words)}</strong>
  if (mark === 'reset') return <State tone="attention">{words.word('reset')}</State>
  const text = cellText(cell, column, words)
  if (!isFigure(column)) return column.format === 'word' ? <State tone={toneOf(cell)}>{text}</State> : text
  if (mark === 'estimated')
    return (
      <span className="sd-figure" title={words.word('estimated')}>
        ≈ {text}
      </span>
    )
  return <span className="sd-figure">{text === '' ? NO_FIGURE : text}</span>
}

const toneOf = (cell: unknown) => (cell === 'high' || cell === 'reset' ? 'attention' : 'neutral')

/** The first cell says what the row is; of a cashier's sum the second one does. */
function sumText(
  row: ReportRow,
  column: ReportColumn,
  at: number,
  t: TFunction,
  words: ReturnType<typeof useReportWords>,
): string {
  if (row.kind === 'total' && at === 0) return t('reports.total')
  if (row.kind === 'subtotal' && at === 1) return t('reports.subtotal')
  return cellText(row.cells[at] ?? null, column, words)
}
