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

type Row = Output<'water.importLinks'>['rows'][number]

const columnsOf = (t: TFunction): ResultColumn<Row>[] => [
  { title: t('water.links.room'), cell: (row) => row.room },
  { title: t('water.device'), cell: (row) => <Code>{row.device_code}</Code> },
  { title: t('water.userCode'), cell: (row) => <Code>{row.user_code}</Code> },
]

/** Which room, meter and account belong together, from a sheet. */
export function ImportLinks({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const text = useCodeText()
  return (
    <SheetImport<Row>
      open={open}
      onClose={onClose}
      title={t('water.links.importTitle')}
      hint={t('water.links.fileHint')}
      {...useImport('water.importLinks', (file) => file)}
      template={useWrite('water.linkTemplate', { onSuccess: downloadBase64 })}
      columns={columnsOf(t)}
      why={({ code }) => text('water.importError', code)}
    />
  )
}
