import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column, RowOf } from '../../ui/column.ts'
import { Facts, Figure, Time } from '../../ui/figures.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { Notice } from '../../ui/states.tsx'
import { useFilters } from '../../ui/filters.ts'
import { ToSync } from './ToSync.tsx'
import { codeOf, deviceOf, figure, given, rawFacts, time, useRegionFilter, useWordFilter } from './parts.tsx'
import { devicePath } from './paths.ts'

type Row = RowOf<'water.flows'>

const columns = (t: TFunction): Column<Row>[] => [
  time('created_at', t('water.flows.created')),
  deviceOf('device_code', t('water.device')),
  { key: 'username', title: t('water.user'), width: 90 },
  { key: 'house_number', title: t('water.house'), width: 150 },
  { key: 'status', title: t('water.status'), width: 90 },
  figure('settle_flow', t('water.settleFlow')),
  figure('total_flow', t('water.totalFlow')),
  figure('last_month_flow', t('water.lastMonth')),
  figure('balance', t('water.balance')),
  { ...codeOf<Row>('flow_chart_url', t('water.detail.vendor'), 240), hidden: true },
]

/** WE-2: what was settled and counted, meter by meter (流水). */
export function FlowsPage() {
  const { t } = useTranslation()
  const { values } = useFilters(['region'])
  const region = useRegionFilter(t('water.region'), 'devices')
  const status = useWordFilter('flows', 'status', t('water.status'))
  const shown = useMemo(() => columns(t), [t])
  return (
    <ListPage
      operation="water.flows"
      title={t('water.flows.title')}
      purpose={t('water.flows.purpose')}
      columns={shown}
      rowKey={(row) => `${row.device_code} ${row.created_at ?? row.raw?.['created_at'] ?? ''}`}
      filters={[region, { kind: 'text', key: 'device', label: t('water.device') }, status]}
      input={(f) => given({ region_id: f['region'], device_code: f['device'], watch_status: f['status'] })}
      empty={{ what: t('water.notYet'), action: <ToSync /> }}
      asOf={(answer) => answer.asOf}
      export="water.flows"
      above={values['region'] ? <Notice tone="neutral">{t('water.regionNote')}</Notice> : null}
      drawer={{
        title: (row) => row.device_code,
        body: drawer(t),
        link: (row) => devicePath(row.device_code),
      }}
    />
  )
}

const drawer = (t: TFunction) =>
  function FlowDrawer(row: Row) {
    return (
      <Facts
        facts={[
          { label: t('water.user'), value: row.username },
          { label: t('water.house'), value: row.house_number },
          { label: t('water.status'), value: row.status },
          { label: t('water.flows.created'), value: <Time at={row.created_at} /> },
          { label: t('water.settleFlow'), value: <Figure value={row.settle_flow} decimals={2} /> },
          { label: t('water.totalFlow'), value: <Figure value={row.total_flow} decimals={2} /> },
          { label: t('water.lastMonth'), value: <Figure value={row.last_month_flow} decimals={2} /> },
          { label: t('water.balance'), value: <Figure value={row.balance} decimals={2} /> },
          ...rawFacts(row),
        ]}
      />
    )
  }
