import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column, RowOf } from '../../ui/column.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Facts, Time } from '../../ui/figures.tsx'
import { ListPart } from '../../ui/ListPart.tsx'
import { dataset } from './dataset.ts'
import { quarantineReason } from './quarantine-reason.ts'

type Row = RowOf<'sync.quarantine'>

/** Rows that could not be understood, with the row as it came. */
export function Quarantine() {
  const { t } = useTranslation()
  const columns = useMemo(() => quarantineColumns(t), [t])
  return (
    <ListPart
      operation="sync.quarantine"
      export="sync.quarantine"
      label={t('sync.quarantine.title')}
      columns={columns}
      filters={NO_FILTERS}
      input={() => ({})}
      rowKey={(row) => row.id}
      exportName={t('sync.quarantine.exportName')}
      empty={{ what: t('sync.quarantine.empty'), todo: t('sync.quarantine.emptyTodo') }}
      drawer={DRAWER}
    />
  )
}

const DRAWER = {
  title: (row: Row) => <Reason sentence={row.reason} />,
  body: (row: Row) => <OneRow row={row} />,
}

const NO_FILTERS: readonly [] = []

function reasonText(t: TFunction, sentence: string): string {
  const known = quarantineReason(sentence)
  return known ? t(`sync.bad.${known.code}`, { field: known.field, value: known.value }) : sentence
}

/** The reason in the operator's words; the core's own sentence on hover. */
function Reason({ sentence }: { sentence: string }) {
  const { t } = useTranslation()
  return <span title={sentence}>{reasonText(t, sentence)}</span>
}

const datasetText = (t: TFunction, value: string) => {
  const known = dataset(value)
  return known ? t(`sync.dataset.${known}`) : value
}

function quarantineColumns(t: TFunction): readonly Column<Row>[] {
  return [
    {
      key: 'at',
      title: t('sync.quarantine.at'),
      width: 110,
      render: (row) => <Time at={row.at} />,
      export: { format: 'time' },
    },
    {
      key: 'source',
      title: t('sync.quarantine.source'),
      width: 90,
      render: (row) => t(`common.source.${row.source}`),
    },
    {
      key: 'dataset',
      title: t('sync.quarantine.dataset'),
      width: 124,
      render: (row) => datasetText(t, row.dataset),
    },
    {
      key: 'reason',
      title: t('sync.quarantine.reason'),
      width: 220,
      render: (row) => <Reason sentence={row.reason} />,
    },
    {
      key: 'raw',
      title: t('sync.quarantine.raw'),
      width: 420,
      render: (row) => <code className="sd-cut">{row.raw}</code>,
    },
  ]
}

function OneRow({ row }: { row: Row }) {
  const { t } = useTranslation()
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          { label: t('sync.quarantine.reason'), value: <Reason sentence={row.reason} /> },
          { label: t('sync.quarantine.source'), value: t(`common.source.${row.source}`) },
          { label: t('sync.quarantine.dataset'), value: datasetText(t, row.dataset) },
          { label: t('sync.quarantine.at'), value: <Time at={row.at} /> },
        ]}
      />
      <div>
        <div className="sd-panel-head">
          <h2 className="sync-sub">{t('sync.quarantine.raw')}</h2>
          <CopyButton text={row.raw} />
        </div>
        <pre className="sd-pre">{row.raw}</pre>
      </div>
    </div>
  )
}
