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

type Row = Output<'devices.import'>['rows'][number]

const columnsOf = (t: TFunction): ResultColumn<Row>[] => [
  { title: t('devices.deviceCode'), cell: (row) => <Code>{row.deviceCode}</Code> },
  { title: t('devices.btName'), cell: (row) => <Code>{row.btName}</Code> },
  { title: t('devices.alias'), cell: (row) => row.alias },
]

/** Chargers from a sheet. */
export function ImportDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const text = useCodeText()
  const calls = useImport('devices.import', (file) => file)
  return (
    <SheetImport<Row>
      open={open}
      onClose={onClose}
      title={t('devices.importer.title')}
      hint={t('devices.importer.hint')}
      {...calls}
      template={useWrite('devices.importTemplate', { onSuccess: downloadBase64 })}
      columns={columnsOf(t)}
      why={({ column, code }) =>
        `${text('devices.importColumn', column)}: ${text('devices.importError', code)}`
      }
    />
  )
}
