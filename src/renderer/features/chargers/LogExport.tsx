import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime } from '#shared/time.ts'
import { useClient, type Client } from '../../api/client.ts'
import { useErrorText } from '../../app/i18n/dynamic.ts'
import { useSite } from '../../app/site.tsx'
import { downloadBlob } from '../../ui/download.ts'
import { useFilters } from '../../ui/filters.ts'
import { logInput } from './ExchangeLog.tsx'
import { toJsonLines, toText, type LogLine } from './export-log.ts'

const PAGE = 1000

/** All lines as filtered; lines that come meanwhile are left for the next time. */
async function allLines(client: Client, input: ReturnType<typeof logInput>): Promise<LogLine[]> {
  const first = await client.call('chargers.exchanges', { ...input, limit: PAGE })
  const rows = [...first.rows]
  const { total } = first
  while (rows.length < total) {
    const next = await client.call('chargers.exchanges', { ...input, limit: PAGE, offset: rows.length })
    if (next.rows.length === 0) break
    // newer lines push the older ones on: what was had already comes again
    rows.push(...next.rows.slice(Math.min(next.rows.length, next.total - total)))
  }
  return rows
}

export function LogExport({ name }: { name: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useClient()
  const site = useSite()
  const errorText = useErrorText()
  const { values } = useFilters(['text', 'direction'])
  const [busy, setBusy] = useState(false)
  const write = async (kind: 'jsonl' | 'txt') => {
    setBusy(true)
    try {
      const lines = await allLines(client, logInput(name, values))
      const text = kind === 'jsonl' ? toJsonLines(lines) : toText(lines, site.zone)
      const stamp = formatDateTime(site.now(), site.zone).replaceAll(/[-:]/g, '').replace(' ', '-')
      const file = `${name}-${stamp}.${kind}`
      downloadBlob(file, new Blob([text], { type: 'text/plain;charset=utf-8' }))
      void message.info(t('chargers.log.exported', { n: lines.length, name: file }))
    } catch (error) {
      const { what, todo } = errorText(error)
      void message.error(`${what} · ${todo}`)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'jsonl', label: t('chargers.log.jsonl') },
          { key: 'txt', label: t('chargers.log.plain') },
        ],
        onClick: ({ key }) => void write(key === 'jsonl' ? 'jsonl' : 'txt'),
      }}
    >
      <Button icon={<DownloadOutlined />} loading={busy} title={t('chargers.log.exportHint')}>
        {t('chargers.log.export')}
      </Button>
    </Dropdown>
  )
}
