import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportKind, MeterImportRow } from '#shared/contract/meter-import.ts'
import { MayButton } from '../../app/why-not.tsx'
import type { Column } from '../../ui/column.ts'
import { Figure, State, Time } from '../../ui/figures.tsx'
import type { Filter, FilterValues } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { ImportDrawer } from './ImportDrawer.tsx'
import { ImportMeters } from './ImportMeters.tsx'

const KINDS: readonly ImportKind[] = ['readings', 'attributes']
const STATES = ['valid', 'withdrawn'] as const

function inputOf({ kind, state, query }: FilterValues) {
  const known = KINDS.find((one) => one === kind)
  const stands = STATES.find((one) => one === state)
  return {
    ...(known ? { kind: known } : {}),
    ...(stands ? { state: stands } : {}),
    ...(query ? { query } : {}),
  }
}

/** Which files brought readings or attributes of meters, who took them and when (表计导入). */
export function ImportsPage() {
  const { t } = useTranslation()
  const [wizard, setWizard] = useState<ImportKind | null>(null)
  const columns = useMemo(() => importColumns(t), [t])
  const filters = useMemo((): readonly Filter[] => importFilters(t), [t])
  const actions = KINDS.map((kind) => (
    <MayButton
      key={kind}
      operation="meters.import"
      type={kind === 'readings' ? 'primary' : 'default'}
      onClick={() => setWizard(kind)}
    >
      {t(`meterImport.open.${kind}`)}
    </MayButton>
  ))
  return (
    <>
      <ListPage
        operation="meters.imports"
        title={t('meterImport.title')}
        purpose={t('meterImport.purpose')}
        columns={columns}
        filters={filters}
        input={inputOf}
        rowKey={(row) => row.id}
        export="meters.imports"
        actions={actions.toReversed()}
        empty={{ what: t('meterImport.empty'), todo: t('meterImport.emptyTodo') }}
        drawer={DRAWER}
      />
      {wizard === null ? null : <ImportMeters kind={wizard} onClose={() => setWizard(null)} />}
    </>
  )
}

const DRAWER = {
  title: (row: MeterImportRow) => row.fileName,
  body: (row: MeterImportRow) => <ImportDrawer key={row.id} row={row} />,
}

const importFilters = (t: TFunction): readonly Filter[] => [
  { kind: 'search', key: 'query', label: t('meterImport.search') },
  {
    kind: 'select',
    key: 'kind',
    label: t('meterImport.kind'),
    width: 110,
    options: KINDS.map((value) => ({ value, label: t(`meterImport.kindName.${value}`) })),
  },
  {
    kind: 'select',
    key: 'state',
    label: t('meterImport.state'),
    width: 110,
    options: STATES.map((value) => ({ value, label: t(`meterImport.stateName.${value}`) })),
  },
]

const importColumns = (t: TFunction): readonly Column<MeterImportRow>[] => [
  {
    key: 'at',
    title: t('meterImport.at'),
    width: 130,
    render: (row) => <Time at={row.at} />,
    export: { format: 'time' },
  },
  { key: 'fileName', title: t('meterImport.fileName'), width: 260 },
  {
    key: 'kind',
    title: t('meterImport.kind'),
    width: 100,
    render: (row) => t(`meterImport.kindName.${row.kind}`),
    export: {
      format: 'text',
      words: Object.fromEntries(KINDS.map((kind) => [kind, t(`meterImport.kindName.${kind}`)])),
    },
  },
  {
    key: 'rows',
    title: t('meterImport.rows'),
    width: 80,
    align: 'right',
    render: (row) => <Figure value={row.rows} />,
    export: { format: 'integer' },
  },
  {
    key: 'changed',
    title: t('meterImport.changed'),
    width: 100,
    align: 'right',
    render: (row) => <Figure value={row.changed} />,
    export: { format: 'integer' },
  },
  { key: 'by', title: t('meterImport.by'), width: 100, render: (row) => row.by ?? '' },
  {
    key: 'withdrawnAt',
    title: t('meterImport.state'),
    width: 170,
    render: (row) =>
      row.withdrawnAt === null ? (
        <State tone="good">{t('meterImport.stateName.valid')}</State>
      ) : (
        <State tone="neutral">
          {t('meterImport.stateName.withdrawn')} <Time at={row.withdrawnAt} />
        </State>
      ),
    export: { format: 'time' },
  },
]
