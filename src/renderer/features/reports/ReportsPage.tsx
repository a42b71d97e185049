import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { REPORTS, type ReportName } from '#shared/contract/reports.ts'
import { AsOf } from '../../ui/AsOf.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { PageHead } from '../../ui/PageHead.tsx'
import { Reading } from '../../ui/states.tsx'
import { BookButton } from './BookButton.tsx'
import { DayBar } from './DayBar.tsx'
import { printPath, reportPath } from './paths.ts'
import { ReportGrid } from './ReportGrid.tsx'
import { useReportFilters } from './report-filters.ts'
import { useReport, useReportFacts } from './use-report.ts'
import './reports.css'

/** Numbers for the office: one report at a time, filtered in the address. */
export function ReportsPage() {
  const { t } = useTranslation()
  const asked = useReport()
  const { report, filter, read, state } = asked
  const filters = useReportFilters(report, read.data)
  const facts = useReportFacts(filter, read.data)
  const name = t(`reports.name.${report}`)
  const query = window.location.hash.split('?')[1] ?? ''
  return (
    <div className="sd-page" data-template="list">
      <PageHead
        title={t('reports.title')}
        titleText={`${name} · ${t('reports.title')}`}
        purpose={t(`reports.purpose.${report}`)}
        aside={read.data ? <AsOf at={read.data.asOf} failing={read.isError} /> : null}
        actions={
          <>
            <BookButton filter={filter} name={name} facts={facts} table={read.data} />
            <Link to={printPath(report, query)}>
              <Button icon={<PrinterOutlined />}>{t('reports.print')}</Button>
            </Link>
          </>
        }
      />
      <ReportChoice report={report} />
      {/* another report has other fields: what is half typed does not go along */}
      <FilterBar key={report} filters={filters} state={state} />
      {report === 'day' ? <DayBar table={read.data} filter={filter} set={state.set} /> : null}
      <Reading read={read} lines={12}>
        {(table) => (
          <>
            <ReportGrid key={report} table={table} filter={filter} label={name} />
            <footer className="sd-totals">
              <span className="sd-figure">{t('reports.rows', { n: table.rows.length })}</span>
              {facts.map(({ label, value }) => (
                <span key={label}>
                  {label} {value}
                </span>
              ))}
            </footer>
          </>
        )}
      </Reading>
    </div>
  )
}

/** Which report; a link each, so that it is a place of its own. */
function ReportChoice({ report }: { report: ReportName }) {
  const { t } = useTranslation()
  return (
    <nav className="rp-choice" aria-label={t('reports.choice')}>
      {REPORTS.map((one) => (
        <Link key={one} to={reportPath(one)} {...(one === report ? { 'aria-current': 'page' as const } : {})}>
          {t(`reports.name.${one}`)}
        </Link>
      ))}
    </nav>
  )
}
