import { useTranslation } from 'react-i18next'
import type { ReportCell, ReportFilter, ReportTable } from '#shared/contract/reports.ts'
import type { Fact } from '../../ui/figures.tsx'
import { PaperHead, PaperPage } from '../../ui/PaperPage.tsx'
import { EmptyState, Reading } from '../../ui/states.tsx'
import { cellText, isFigure, rowsOf, sumsOf, type ReportRow } from './cells.ts'
import { liesAcross, MOST_COLUMNS, MOST_ROWS, pagesOf, printed, ROWS } from './paper.ts'
import { reportPath } from './paths.ts'
import { useReport, useReportFacts, useReportWords } from './use-report.ts'
import './report-paper.css'

/** A report on A4: what was asked on every page, sums of each page and of all. */
export function PrintReport() {
  const { t } = useTranslation()
  const { report, filter, read } = useReport()
  const facts = useReportFacts(filter, read.data)
  const name = t(`reports.name.${report}`)
  const span = typeof facts[0]?.value === 'string' ? facts[0].value : ''
  const query = window.location.hash.split('?')[1] ?? ''
  const across = read.data !== undefined && liesAcross(read.data)
  const fits = read.data !== undefined && read.data.columns.length <= MOST_COLUMNS
  return (
    <PaperPage
      landscape={across}
      title={`${name} ${span}`.trim()}
      back={{ to: reportPath(report, query), label: name }}
      ready={fits}
      pdf={`${name} ${span}`.trim().concat('.pdf')}
    >
      <Reading read={read}>
        {(table) =>
          fits ? (
            <Pages {...{ table, filter, facts, name }} />
          ) : (
            <EmptyState what={t('reports.paper.tooWide')} todo={t('reports.paper.tooWideTodo')} />
          )
        }
      </Reading>
    </PaperPage>
  )
}

interface PagesProps {
  readonly table: ReportTable
  readonly filter: ReportFilter
  readonly facts: readonly Fact[]
  readonly name: string
}

function Pages({ table, filter, facts, name }: PagesProps) {
  const { t } = useTranslation()
  const pages = pagesOf(rowsOf(table), liesAcross(table) ? ROWS.landscape : ROWS.portrait)
  const cut = table.rows.length > MOST_ROWS
  return pages.map((rows, i) => (
    <section className="rp-paper" key={rows[0]?.index ?? 'none'}>
      <PaperHead title={name} of={t('reports.paper.page', { page: i + 1, pages: pages.length })} />
      <p className="paper-block rp-paper-facts">
        {facts.map(({ label, value }) => (
          <span key={label}>
            {label} {value}
          </span>
        ))}
        {cut ? <strong>{t('reports.paper.cut', { n: MOST_ROWS })}</strong> : null}
      </p>
      <Lines
        {...{ table, filter, rows }}
        of={{ page: i + 1, pages: pages.length }}
        last={i === pages.length - 1}
      />
    </section>
  ))
}

interface LinesProps {
  readonly table: ReportTable
  readonly filter: ReportFilter
  readonly rows: readonly ReportRow[]
  readonly of: { readonly page: number; readonly pages: number }
  readonly last: boolean
}

function Lines({ table, filter, rows, of, last }: LinesProps) {
  const { t } = useTranslation()
  const words = useReportWords()
  const { many, shown } = printed(table)
  const columns = pick(table.columns, shown)
  const sums = { columns, shown }
  return (
    <table className="rp-paper-table" data-many={many ? '' : undefined}>
      <thead>
        <tr>
          {columns.map((column, i) => (
            <th key={i} scope="col" {...marksOf(column)}>
              {words.title(column, filter)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Line key={row.index} row={row} {...sums} />
        ))}
        {rows.length === 0 ? (
          <tr>
            <td colSpan={columns.length}>{t(`reports.empty.${table.report}`)}</td>
          </tr>
        ) : null}
      </tbody>
      {table.total && rows.length > 0 ? (
        <tfoot>
          <Sums label={t('reports.paper.pageTotal', of)} cells={sumsOf(table, rows)} {...sums} />
          {last ? <Sums label={t('reports.paper.total')} cells={table.total} {...sums} /> : null}
        </tfoot>
      ) : null}
    </table>
  )
}

type Columns = ReportTable['columns']

const pick = (columns: Columns, shown: readonly number[]): Columns => shown.flatMap((i) => columns[i] ?? [])

/** Figures stand right; what belongs to a bucket stands closer. */
const marksOf = (column: Columns[number]) => ({
  'data-key': column.key,
  ...(isFigure(column) ? { 'data-figure': '' } : {}),
})

interface ShownProps {
  /** those printed, and where they stand in the report */
  readonly columns: Columns
  readonly shown: readonly number[]
}

function Line({ row, columns, shown }: ShownProps & { row: ReportRow }) {
  const { t } = useTranslation()
  const words = useReportWords()
  const text = (cell: ReportCell, column: Columns[number], at: number) => {
    const mark = row.marks?.get(at)
    if (mark === 'reset') return words.word('reset')
    if (row.kind === 'subtotal' && at === 1) return t('reports.subtotal')
    const plain = paperText(cell, column, words)
    if (mark === 'estimated') return `≈${plain}`
    return plain === '' && column.at !== undefined ? '–' : plain
  }
  return (
    <tr data-kind={row.kind}>
      {columns.map((column, i) => (
        <td key={i} {...marksOf(column)}>
          {text(row.cells[shown[i] ?? -1] ?? null, column, shown[i] ?? -1)}
        </td>
      ))}
    </tr>
  )
}

/** Thousands stand together where a month of days shares a page. */
const paperText = (cell: ReportCell, column: Columns[number], words: ReturnType<typeof useReportWords>) =>
  column.at === undefined ? cellText(cell, column, words) : String(cell ?? '')

function Sums({
  label,
  cells,
  columns,
  shown,
}: ShownProps & { label: string; cells: readonly ReportCell[] }) {
  const words = useReportWords()
  const own = shown.map((i) => cells[i] ?? null)
  // the label takes the columns in front that have no sum
  const lead = Math.max(
    1,
    own.findIndex((cell) => cell !== null),
  )
  return (
    <tr>
      <th scope="row" colSpan={lead}>
        {label}
      </th>
      {columns.slice(lead).map((column, i) => (
        <td key={i} {...marksOf(column)}>
          {paperText(own[lead + i] ?? null, column, words)}
        </td>
      ))}
    </tr>
  )
}
