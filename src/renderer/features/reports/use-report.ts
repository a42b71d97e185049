import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { ReportFilter, ReportName, ReportTable } from '#shared/contract/reports.ts'
import { REPORT_DEFAULTS } from '#shared/report-defaults.ts'
import { formatDay } from '#shared/time.ts'
import { useRead } from '../../api/queries.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { formatMoney } from '../../app/format.ts'
import { useFormat, useSite } from '../../app/site.tsx'
import { useFilters, type FilterState } from '../../ui/filters.ts'
import type { Fact } from '../../ui/figures.tsx'
import { bucketTitle, type Words } from './cells.ts'
import { FILTER_KEYS, filterOf, reportOf } from './wanted.ts'

export interface AskedReport {
  readonly report: ReportName
  readonly state: FilterState
  readonly filter: ReportFilter
  readonly read: ReturnType<typeof useRead<'reports.get'>>
}

/** The report that the address names, as filtered there. */
export function useReport(): AskedReport {
  const { zone } = useSite()
  const report = reportOf(useParams()['report'])
  const state = useFilters(FILTER_KEYS[report])
  const filter = useMemo(() => filterOf(report, state.values, zone), [report, state.values, zone])
  return { report, state, filter, read: useRead('reports.get', filter, { keepPrevious: false }) }
}

/** Titles of columns and words of cells. */
export function useReportWords() {
  const code = useCodeText()
  const format = useFormat()
  const { zone } = useSite()
  const words: Words = {
    word: (value) => code('reports.word', value),
    time: (at) => format.time(at),
    day: (at) => formatDay(at, zone),
  }
  return {
    ...words,
    title: ({ key, at }: ReportTable['columns'][number], { bucket }: ReportFilter) =>
      at === undefined ? code('reports.column', key) : bucketTitle(at, bucket === 'month', zone),
  }
}

/** What was asked and what it rests on: heads the paper, and goes along in the file. */
export function useReportFacts(filter: ReportFilter, table: ReportTable | undefined): Fact[] {
  const { t } = useTranslation()
  const { word } = useReportWords()
  const { zone } = useSite()
  const format = useFormat()
  if (!table) return []
  const { from, to, coverage, asOf, closed } = table
  const byMeters = !['arrears', 'waterArrears', 'recharge', 'regions'].includes(filter.report)
  const kind = filter.kind ?? (filter.report === 'success' ? undefined : REPORT_DEFAULTS.kind)
  const facts: [string, string | null | undefined][] = [
    [t('reports.fact.span'), from === null || to === null ? null : spanText(from, to, zone)],
    [t('reports.filter.bucket'), filter.bucket && word(filter.bucket)],
    [t('reports.filter.kind'), byMeters ? word(kind ?? 'allKinds') : null],
    [t('reports.filter.place'), filter.place],
    [t('reports.filter.query'), filter.query],
    [t('reports.filter.what'), filter.what && word(filter.what)],
    [
      t('reports.filter.factor'),
      filter.report === 'unusual' ? `${filter.factor ?? REPORT_DEFAULTS.factor} ×` : null,
    ],
    [t('reports.filter.below'), filter.report === 'arrears' ? formatMoney(filter.belowFen ?? 0) : null],
    [t('reports.filter.operator'), filter.operator],
    [t('reports.filter.tender'), filter.tender && word(filter.tender)],
    [t('reports.fact.coverage'), coverage && `${coverage.measured} / ${coverage.total}`],
    [t('reports.fact.asOf'), asOf === null ? t('reports.fact.never') : format.full(asOf).slice(0, 16)],
    [
      t('reports.fact.closed'),
      closed &&
        t('reports.fact.closedBy', {
          version: closed.version,
          who: closed.by,
          time: format.full(closed.at).slice(0, 16),
        }),
    ],
    [t('reports.fact.reason'), closed?.reason],
  ]
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []))
}

function spanText(from: number, to: number, zone: number): string {
  const [first, last] = [formatDay(from, zone), formatDay(to - 1, zone)]
  return first === last ? first : `${first} – ${last}`
}
