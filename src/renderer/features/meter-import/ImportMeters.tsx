import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import type { ImportKind } from '#shared/contract/meter-import.ts'
import { useWrite } from '../../api/queries.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { downloadBase64 } from '../../ui/download.ts'
import { Code } from '../../ui/figures.tsx'
import type { ResultColumn } from '../sheet-import/ImportResult.tsx'
import { SheetImport } from '../sheet-import/SheetImport.tsx'
import { useJobImport } from './use-job-import.tsx'

type Row = Output<'meters.importResult'>['rows'][number]

const FIELDS = ['name', 'place', 'house', 'user', 'digits'] as const

/** What the sheet says, and what stands there now. */
function columnsOf(t: TFunction, kind: ImportKind): ResultColumn<Row>[] {
  const meter = { title: t('meters.column.tableNo'), cell: (row: Row) => <Code>{row.tableNo}</Code> }
  if (kind === 'readings')
    return [
      meter,
      { title: t('meterImport.column.at'), cell: (row) => <Code>{row.given['at']}</Code> },
      {
        title: t('meterImport.column.value'),
        cell: (row) => <span className="sd-figure">{row.given['value']}</span>,
      },
      {
        title: t('meterImport.was'),
        cell: (row) => <span className="sd-figure sd-quiet">{row.was['value']}</span>,
      },
    ]
  return [
    meter,
    ...FIELDS.map((field) => ({
      title: t(`meterImport.column.${field}`),
      cell: (row: Row) => <Field given={row.given[field] ?? ''} was={row.was[field] ?? ''} />,
    })),
  ]
}

function Field({ given, was }: { given: string; was: string }) {
  if (given === '' || given === was) return <span className="sd-quiet">{was}</span>
  return (
    <>
      {given} {was === '' ? null : <del className="sd-quiet">{was}</del>}
    </>
  )
}

/** Readings or attributes of meters from a sheet. */
export function ImportMeters({ kind, onClose }: { kind: ImportKind; onClose: () => void }) {
  const { t } = useTranslation()
  const text = useCodeText()
  const template = useWrite('meters.importTemplate', { onSuccess: downloadBase64 })
  return (
    <SheetImport<Row>
      open
      onClose={onClose}
      title={t(`meterImport.wizard.${kind}`)}
      hint={t(`meterImport.hint.${kind}`)}
      {...useJobImport(kind)}
      template={{ ...template, mutate: ({ format }) => template.mutate({ kind, format }) }}
      columns={columnsOf(t, kind)}
      why={({ column, code }) => `${text('meterImport.column', column)}: ${text('meterImport.error', code)}`}
    />
  )
}
