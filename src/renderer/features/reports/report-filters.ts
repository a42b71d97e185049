import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportName, ReportTable } from '#shared/contract/reports.ts'
import { REPORT_DEFAULTS } from '#shared/report-defaults.ts'
import { formatDay } from '#shared/time.ts'
import { useRead } from '../../api/queries.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { useSite } from '../../app/site.tsx'
import type { Filter } from '../../ui/filters.ts'
import {
  BUCKETS,
  FACTORS,
  FILTER_KEYS,
  GROUPS,
  KINDS,
  LAYOUTS,
  MOSTS,
  TENDERS,
  WHATS,
  type FilterKey,
} from './wanted.ts'

/** The fields over a report; an empty one says what holds meanwhile, its days as `table` has them. */
export function useReportFilters(report: ReportName, table: ReportTable | undefined): readonly Filter[] {
  const { t } = useTranslation()
  const code = useCodeText()
  const { zone } = useSite()
  const from = table?.from ?? null
  const to = table?.to ?? null
  const places = useRead('reports.places', {}).data?.places
  return useMemo(() => {
    const label = (key: FilterKey) => t(`reports.filter.${key}`)
    const words = (key: FilterKey, values: readonly string[], standard?: string): Filter => ({
      kind: 'select',
      key,
      label: label(key),
      ...(standard === undefined ? {} : { standard: code('reports.word', standard) }),
      options: values.map((value) => ({ value, label: code('reports.word', value) })),
    })
    const numbers = (key: 'most' | 'factor', values: readonly number[], unit: string): Filter => ({
      kind: 'select',
      key,
      label: label(key),
      standard: `${REPORT_DEFAULTS[key]} ${unit}`.trim(),
      options: values.map((value) => ({ value: String(value), label: `${value} ${unit}`.trim() })),
    })
    const day = (key: FilterKey, at: number | null): Filter => ({
      kind: 'day',
      key,
      label: label(key),
      ...(at === null ? {} : { standard: formatDay(at, zone) }),
    })
    const fields: Readonly<Record<FilterKey, Filter>> = {
      from: day('from', from),
      // the last day is included
      to: day('to', to === null ? null : to - 1),
      day: day('day', from),
      bucket: words('bucket', BUCKETS, REPORT_DEFAULTS.bucket),
      layout: words('layout', LAYOUTS, REPORT_DEFAULTS.layout),
      kind: words('kind', KINDS, report === 'success' ? 'allKinds' : REPORT_DEFAULTS.kind),
      group: words('group', GROUPS, REPORT_DEFAULTS.group),
      what: words('what', WHATS),
      tender: words('tender', TENDERS),
      most: numbers('most', MOSTS, ''),
      factor: numbers('factor', FACTORS, '×'),
      place: {
        kind: 'select',
        key: 'place',
        label: label('place'),
        typed: true,
        width: 160,
        options: (places ?? []).filter((place) => place !== '').map((value) => ({ value, label: value })),
      },
      query: { kind: 'search', key: 'query', label: label('query'), width: 200 },
      below: { kind: 'money', key: 'below', label: label('below'), placeholder: '0.00' },
      operator: { kind: 'text', key: 'operator', label: label('operator'), width: 130 },
      version: { kind: 'text', key: 'version', label: label('version'), width: 90 },
    }
    const keys: readonly FilterKey[] = FILTER_KEYS[report]
    return keys.map((key) => fields[key])
  }, [t, code, places, report, zone, from, to])
}
