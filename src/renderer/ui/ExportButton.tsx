import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Input } from '#shared/contract/index.ts'
import { useWrite } from '../api/queries.ts'
import { useErrorText } from '../app/i18n/dynamic.ts'
import type { Column, ExportAs } from './column.ts'
import { downloadBase64 } from './download.ts'

export type Exportable = Input<'exports.create'>['list']

/** Writing a year of readings takes longer than a call usually may. */
const EXPORT_TIMEOUT_MS = 180_000

export interface ExportButtonProps<Row> {
  readonly list: Exportable
  /** the list's own input, as filtered */
  readonly input: Readonly<Record<string, unknown>>
  /** file name without extension, in the operator's language */
  readonly name: string
  readonly columns: readonly Column<Row>[]
  readonly disabled?: boolean
}

/** Writes all rows as filtered, with the columns shown, to XLSX or CSV. */
export function ExportButton<Row>(props: ExportButtonProps<Row>) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const create = useWrite('exports.create', { timeoutMs: EXPORT_TIMEOUT_MS })
  const run = async (format: 'xlsx' | 'csv') => {
    try {
      const file = await create.mutateAsync({
        list: props.list,
        input: props.input,
        name: props.name,
        format,
        columns: exportColumns(props.columns),
      })
      downloadBase64(file)
      void message.info(t('common.list.exported', { n: file.rows, name: file.name }))
    } catch (error) {
      const { what, todo } = errorText(error)
      void message.error(`${what} · ${todo}`)
    }
  }
  const items = [
    { key: 'xlsx', label: t('common.list.exportXlsx') },
    { key: 'csv', label: t('common.list.exportCsv') },
  ]
  return (
    <Dropdown
      trigger={['click']}
      disabled={props.disabled ?? false}
      menu={{ items, onClick: ({ key }) => void run(key === 'csv' ? 'csv' : 'xlsx') }}
    >
      <Button icon={<DownloadOutlined />} loading={create.isPending} title={t('common.list.exportHint')}>
        {t('common.action.export')}
      </Button>
    </Dropdown>
  )
}

const TEXT: ExportAs = { format: 'text' }

function exportColumns<Row>(columns: readonly Column<Row>[]): Input<'exports.create'>['columns'] {
  return columns.flatMap((column) => {
    if (column.export === false) return []
    return [column.export ?? TEXT]
      .flat()
      .map(({ format, words, key = column.key, title = column.title }) => ({
        key,
        title,
        format,
        ...(words ? { words: { ...words } } : {}),
      }))
  })
}
