import { DownloadOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'

export interface TemplateWrite {
  readonly isPending: boolean
  mutate(input: { format: 'xlsx' | 'csv'; sample?: boolean }): void
}

/** The sheet as the import reads it: empty, or with rows that show how. */
export function TemplateButton({ template }: { template: TemplateWrite }) {
  const { t } = useTranslation()
  const items = [
    { key: 'xlsx', label: t('sheetImport.templateXlsx') },
    { key: 'csv', label: t('sheetImport.templateCsv') },
    { key: 'sample-xlsx', label: t('sheetImport.sampleXlsx') },
    { key: 'sample-csv', label: t('sheetImport.sampleCsv') },
  ]
  const onClick = ({ key }: { key: string }) =>
    template.mutate({
      format: key.endsWith('csv') ? 'csv' : 'xlsx',
      ...(key.startsWith('sample') ? { sample: true } : {}),
    })
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick }}>
      <Button icon={<DownloadOutlined />} loading={template.isPending}>
        {t('sheetImport.template')}
      </Button>
    </Dropdown>
  )
}
