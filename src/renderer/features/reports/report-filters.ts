import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportName } from '#shared/contract/reports.ts'
import { useRead } from '../../api/queries.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
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

/** The fields over a report. */
export function useReportFilters(report: ReportName): readonly Filter[] {
  const { t } = useTranslation()
  const code = useCodeText()
  const places = useRead('reports.places', {}).data?.places
  return useMemo(() => {
    const label = (key: FilterKey) => t(`reports.filter.${key}`)
    const words = (key: FilterKey, values: readonly string[]): Filter => ({
      kind: 'select',
      key,
      label: label(key),
      options: values.map((value) => ({ value, label: code('reports.word', value) })),
    })
    const numbers = (key: FilterKey, values: readonly number[], unit: string): Filter => ({
      kind: 'select',
      key,
      label: label(key),
      options: values.map((value) => ({ value: String(value), label: `${value} ${unit}`.trim() })),
    })
    const day = (key: FilterKey): Filter => ({ kind: 'day', key, label: label(key) })
    const fields: Readonly<Record<FilterKey, Filter>> = {
      from: day('from'),
      to: day('to'),
      day: day('day'),
      bucket: words('bucket', BUCKETS),
      layout: words('layout', LAYOUTS),
      kind: words('kind', KINDS),
      group: words('group', GROUPS),
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
  }, [t, code, places, report])
}
