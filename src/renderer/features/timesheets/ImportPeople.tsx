import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { downloadBase64 } from '../../ui/download.ts'
import { Code } from '../../ui/figures.tsx'
import type { ResultColumn } from '../sheet-import/ImportResult.tsx'
import { SheetImport } from '../sheet-import/SheetImport.tsx'
import { useImport } from '../sheet-import/use-import.ts'

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
  const calls = useImport('attendance.import', (file) => ({ ...file, projectId }))
  const named: Readonly<Record<string, string>> = { phone: t('attendance.phone'), name: t('attendance.name') }
  return (
    <SheetImport<Row>
      open={open}
      onClose={onClose}
      title={t('timesheets.importer.title', { project: projectName })}
      hint={t('timesheets.importer.hint')}
      {...calls}
      template={useWrite('attendance.importTemplate', { onSuccess: downloadBase64 })}
      columns={columnsOf(t)}
      why={({ column, code }) => `${named[column] ?? column}: ${text('attendance.importError', code)}`}
    />
  )
}
