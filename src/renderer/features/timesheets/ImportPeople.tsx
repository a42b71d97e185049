import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { downloadBase64 } from '../../ui/download.ts'
import { Code } from '../../ui/figures.tsx'
import type { ResultColumn } from '../sheet-import/ImportResult.tsx'
import { IMPORT_TIMEOUT_MS, SheetImport, type SheetFile } from '../sheet-import/SheetImport.tsx'

type Row = Output<'attendance.import'>['rows'][number]

const columnsOf = (t: TFunction): ResultColumn<Row>[] => [
  { title: t('attendance.phone'), cell: (row) => <Code>{row.phone}</Code> },
  { title: t('attendance.name'), cell: (row) => row.name },
]

interface Props {
  readonly projectId: string
  readonly projectName: string
  readonly open: boolean
  readonly onClose: () => void
}

/** Workers of a project from a sheet. */
export function ImportPeople({ projectId, projectName, open, onClose }: Props) {
  const { t } = useTranslation()
  const text = useCodeText()
  const judge = useWrite('attendance.import', { timeoutMs: IMPORT_TIMEOUT_MS })
  const apply = useWrite('attendance.import', { timeoutMs: IMPORT_TIMEOUT_MS })
  const named: Readonly<Record<string, string>> = { phone: t('attendance.phone'), name: t('attendance.name') }
  return (
    <SheetImport<Row>
      open={open}
      onClose={onClose}
      title={t('timesheets.importer.title', { project: projectName })}
      hint={t('timesheets.importer.hint')}
      judge={{ ...judge, mutate: (file: SheetFile) => judge.mutate({ ...file, projectId, dryRun: true }) }}
      apply={{ ...apply, mutate: (file: SheetFile) => apply.mutate({ ...file, projectId, dryRun: false }) }}
      template={useWrite('attendance.importTemplate', { onSuccess: downloadBase64 })}
      columns={columnsOf(t)}
      why={({ column, code }) => `${named[column] ?? column}: ${text('attendance.importError', code)}`}
    />
  )
}
