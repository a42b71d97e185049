import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { MeterRow } from '#shared/contract/meters.ts'
import { useRead } from '../../api/queries.ts'
import { Code } from '../../ui/figures.tsx'
import type { Filter } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { meterColumns } from './columns.tsx'
import { listInput, SILENT_CHOICES } from './list-input.ts'
import { meterPath } from './paths.ts'
import { MeterDrawer } from './MeterDrawer.tsx'
import { SelectionBar, useChosenMeters } from './SelectionBar.tsx'
import './meters.css'

/** All meters of all sources (表计). */
export function MetersPage() {
  const { t } = useTranslation()
  const columns = useMemo(() => meterColumns(t), [t])
  const filters = useMemo(() => meterFilters(t), [t])
  const chosen = useChosenMeters()
  return (
    <ListPage
      operation="meters.list"
      title={t('meters.list.title')}
      purpose={t('meters.list.purpose')}
      columns={columns}
      filters={filters}
      input={listInput}
      rowKey={(row) => row.id}
      asOf={(answer) => answer.asOf}
      empty={useEmpty()}
      export="meters.list"
      actions={
        <Link to="/meter-imports">
          <Button>{t('meterImport.entry')}</Button>
        </Link>
      }
      marks={{
        has: chosen.has,
        toggle: chosen.toggle,
        title: t('meterData.selection.label'),
        label: (row) => t('meterData.selection.of', { no: row.tableNo }),
      }}
      above={chosen.rows.length > 0 ? <SelectionBar chosen={chosen} /> : null}
      drawer={DRAWER}
    />
  )
}

const DRAWER = {
  title: (row: MeterRow) => <Code>{row.tableNo}</Code>,
  body: (row: MeterRow) => <MeterDrawer row={row} />,
  link: (row: MeterRow) => meterPath(row.id),
}

function meterFilters(t: TFunction): readonly Filter[] {
  const options = <const K extends string>(values: readonly K[], label: (value: K) => string) =>
    values.map((value) => ({ value, label: label(value) }))
  const silent = (hours: number) =>
    hours < 72 ? t('meters.list.silentHours', { n: hours }) : t('meters.list.silentDays', { n: hours / 24 })
  return [
    { kind: 'search', key: 'query', label: t('meters.list.search') },
    {
      kind: 'select',
      key: 'kind',
      label: t('meters.list.kind'),
      width: 110,
      options: options(['electricity', 'water', 'unknown'], (v) => t(`meters.kind.${v}`)),
    },
    {
      kind: 'select',
      key: 'online',
      label: t('meters.list.online'),
      width: 100,
      options: options(['online', 'offline', 'unknown'], (v) => t(`meters.online.${v}`)),
    },
    {
      kind: 'select',
      key: 'gate',
      label: t('meters.list.gate'),
      width: 100,
      options: options(['open', 'closed', 'unknown'], (v) => t(`meters.gateFilter.${v}`)),
    },
    {
      kind: 'select',
      key: 'silentHours',
      label: t('meters.list.silent'),
      width: 150,
      options: SILENT_CHOICES.map((hours) => ({ value: String(hours), label: silent(hours) })),
    },
    {
      kind: 'select',
      key: 'active',
      label: t('meters.list.active'),
      width: 100,
      options: options(['true', 'false'], (v) =>
        t(v === 'true' ? 'meters.list.activeOnly' : 'meters.list.inactiveOnly'),
      ),
    },
  ]
}

/** Why there are no meters yet, and where to go. */
function useEmpty() {
  const { t } = useTranslation()
  const status = useRead('system.status', {})
  const configured = status.data?.sources.some(({ state }) => state !== 'unconfigured') ?? true
  return {
    what: t('meters.list.emptyTitle'),
    todo: configured ? t('meters.list.emptyNotSynced') : t('meters.list.emptyNotConfigured'),
    action: (
      <Link to={configured ? '/sync' : '/settings'}>
        <Button type="primary">{configured ? t('meters.list.toSync') : t('meters.list.toSettings')}</Button>
      </Link>
    ),
  }
}
