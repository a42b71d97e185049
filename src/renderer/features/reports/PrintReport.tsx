import { useTranslation } from 'react-i18next'
import type { ReportCell, ReportFilter, ReportTable } from '#shared/contract/reports.ts'
import type { Fact } from '../../ui/figures.tsx'
import { PaperHead, PaperPage } from '../../ui/PaperPage.tsx'
import { EmptyState, Reading } from '../../ui/states.tsx'
import { cellText, isFigure, rowsOf, sumsOf, type ReportRow } from './cells.ts'
import { liesAcross, MOST_COLUMNS, MOST_ROWS, pagesOf, ROWS } from './paper.ts'
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
  const { columns, total } = table
  const many = columns.filter(({ at }) => at !== undefined).length > 12
  return (
    <table className="rp-paper-table" data-many={many ? '' : undefined}>
      <thead>
        <tr>
          {columns.map((column, i) => (
            <th
              key={i}
              scope="col"
              data-figure={isFigure(column) ? '' : undefined}
              data-bucket={bucketOf(column)}
            >
              {words.title(column, filter)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Line key={row.index} row={row} columns={columns} />
        ))}
        {rows.length === 0 ? (
          <tr>
            <td colSpan={columns.length}>{t(`reports.empty.${table.report}`)}</td>
          </tr>
        ) : null}
      </tbody>
      {total && rows.length > 0 ? (
        <tfoot>
          <Sums label={t('reports.paper.pageTotal', of)} cells={sumsOf(table, rows)} columns={columns} />
          {last ? <Sums label={t('reports.paper.total')} cells={total} columns={columns} /> : null}
        </tfoot>
      ) : null}
    </table>
  )
}

const bucketOf = ({ at }: ReportTable['columns'][number]) => (at === undefined ? undefined : '')

function Line({ row, columns }: { row: ReportRow; columns: ReportTable['columns'] }) {
  const { t } = useTranslation()
  const words = useReportWords()
  const text = (cell: ReportCell, i: number) => {
    const column = columns[i]
    const mark = row.marks?.get(i)
    if (!column) return ''
    if (mark === 'reset') return words.word('reset')
    if (row.kind === 'subtotal' && i === 1) return t('reports.subtotal')
    const plain = cellText(cell, column, words)
    if (mark === 'estimated') return `≈${plain}`
    return plain === '' && column.at !== undefined ? '–' : plain
  }
  return (
    <tr data-kind={row.kind}>
      {row.cells.map((cell, i) => (
        <td
          key={i}
          data-figure={columns[i] && isFigure(columns[i]) ? '' : undefined}
          data-bucket={columns[i] && bucketOf(columns[i])}
        >
          {text(cell, i)}
        </td>
      ))}
    </tr>
  )
}

function Sums(props: { label: string; cells: readonly ReportCell[]; columns: ReportTable['columns'] }) {
  const words = useReportWords()
  const { cells, columns } = props
  // the label takes the columns in front that have no sum
  const lead = Math.max(
    1,
    cells.findIndex((cell) => cell !== null),
  )
  return (
    <tr>
      <th scope="row" colSpan={lead}>
        {props.label}
      </th>
      {columns.slice(lead).map((column, i) => (
        <td key={i} data-figure={isFigure(column) ? '' : undefined} data-bucket={bucketOf(column)}>
          {cellText(cells[lead + i] ?? null, column, words)}
        </td>
      ))}
    </tr>
  )
}
