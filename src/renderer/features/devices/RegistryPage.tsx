import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { MayButton } from '../../app/why-not.tsx'
import { useFilters, type Filter } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { deviceColumns } from './columns.tsx'
import { DeviceEssentials } from './DeviceEssentials.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { listInput } from './list-input.ts'
import { MarkBar } from './MarkBar.tsx'
import { devicePath } from './paths.ts'
import { RegisterDialog } from './RegisterDialog.tsx'
import { useMarks } from './use-marks.ts'
import './devices.css'

const FILTERS = ['query', 'state', 'bound', 'price'] as const

/** The charger registry: every charger with its price, its owner, and what it last said of its ports. */
export function RegistryPage() {
  const { t } = useTranslation()
  const columns = useMemo(() => deviceColumns(t), [t])
  const marked = useMarks()
  const { values } = useFilters(FILTERS)
  return (
    <ListPage
      operation="devices.list"
      title={t('devices.title')}
      purpose={t('devices.purpose')}
      columns={columns}
      filters={useRegistryFilters()}
      input={listInput}
      rowKey={(row) => row.deviceCode}
      export="devices.list"
      marks={{
        has: marked.has,
        toggle: marked.toggle,
        title: t('devices.selection.label'),
        label: (row) => t('devices.selection.of', { code: row.deviceCode }),
      }}
      above={marked.codes.length > 0 ? <MarkBar marked={marked} input={listInput(values)} /> : null}
      actions={<Actions />}
      empty={{ what: t('devices.empty'), todo: t('devices.emptyTodo') }}
      drawer={{
        title: (row) => row.alias || row.deviceCode,
        body: essentials,
        link: (row) => devicePath(row.deviceCode),
      }}
    />
  )
}

const essentials = (row: DeviceRow) => <DeviceEssentials device={row} />

function useRegistryFilters(): readonly Filter[] {
  const { t } = useTranslation()
  return [
    { kind: 'search', key: 'query', label: t('devices.filter.query') },
    {
      kind: 'select',
      key: 'state',
      label: t('devices.state'),
      options: [
        { value: '0', label: t('devices.enabled') },
        { value: '1', label: t('devices.disabled') },
      ],
    },
    {
      kind: 'select',
      key: 'bound',
      label: t('devices.filter.bound'),
      options: [
        { value: 'yes', label: t('devices.filter.boundYes') },
        { value: 'no', label: t('devices.filter.boundNo') },
      ],
    },
    {
      kind: 'select',
      key: 'price',
      label: t('devices.filter.price'),
      options: [{ value: 'none', label: t('devices.filter.priceNo') }],
    },
  ]
}

function Actions() {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'import' | 'register' | null>(null)
  return (
    <>
      <MayButton operation="devices.import" onClick={() => setOpen('import')}>
        {t('devices.import')}
      </MayButton>
      <MayButton operation="devices.register" type="primary" onClick={() => setOpen('register')}>
        {t('devices.register')}
      </MayButton>
      <ImportDialog open={open === 'import'} onClose={() => setOpen(null)} />
      <RegisterDialog open={open === 'register'} onClose={() => setOpen(null)} />
    </>
  )
}
