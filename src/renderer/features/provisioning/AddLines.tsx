import { ScanOutlined, UploadOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useRef, useState, type ClipboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../api/client.ts'
import { Panel } from '../../ui/DeskPage.tsx'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { fileFault } from '../batch/read-file.ts'
import { linesOfFile, TooBig } from './read-list.ts'

/** Codes come in by a USB scanner (it types and presses Enter), by hand, pasted, or from a file. */
export function AddLines({ onLines }: { onLines: (lines: readonly string[]) => Promise<void> }) {
  const { t } = useTranslation()
  const [failed, setFailed] = useState<unknown>(null)
  const take = (lines: readonly string[]) => {
    setFailed(null)
    onLines(lines).catch(setFailed)
  }
  return (
    <Panel title={t('provisioning.create.paste')} purpose={t('provisioning.create.pasteHint')}>
      <div className="sd-stack">
        <ScanField onLines={take} />
        <FileField onLines={take} />
        {failed === null ? null : <ErrorState error={failed} brief />}
      </div>
    </Panel>
  )
}

function ScanField({ onLines }: { onLines: (lines: readonly string[]) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const submit = () => {
    onLines([text])
    setText('')
  }
  const paste = (event: ClipboardEvent) => {
    const lines = event.clipboardData.getData('text').split(/\r?\n/)
    if (lines.length < 2) return
    event.preventDefault()
    onLines([text, ...lines])
    setText('')
  }
  return (
    <Input
      autoFocus
      prefix={<ScanOutlined />}
      aria-label={t('provisioning.create.scanLabel')}
      placeholder={t('provisioning.create.scanPlaceholder')}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={submit}
      onPaste={paste}
    />
  )
}

function FileField({ onLines }: { onLines: (lines: readonly string[]) => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const input = useRef<HTMLInputElement>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const take = async (file: File) => {
    setFailed(null)
    setBusy(true)
    try {
      onLines(await linesOfFile(client, file))
    } catch (error) {
      setFailed(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="run-file">
      <Button icon={<UploadOutlined />} loading={busy} onClick={() => input.current?.click()}>
        {t('provisioning.create.file')}
      </Button>
      <span className="sd-quiet">{t('provisioning.create.fileHint')}</span>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('provisioning.create.choose')}
        accept=".xlsx,.csv,.txt"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void take(file)
        }}
      />
      {failed === null ? null : <Refused error={failed} />}
    </div>
  )
}

function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation()
  if (error instanceof TooBig) return <Notice tone="bad">{t('sheetImport.tooBig')}</Notice>
  const refused = fileFault(error)
  if (!refused) return <ErrorState error={error} brief />
  return <Notice tone="bad">{t(`sheetImport.file.${refused.fault}`, { missing: refused.missing })}</Notice>
}
