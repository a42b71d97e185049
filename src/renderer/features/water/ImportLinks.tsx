import { Button, Modal } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'
import { useClient } from '../../api/client.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { downloadBase64 } from '../../ui/download.ts'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { base64Of } from '../batch/read-file.ts'

type Result = Output<'water.importLinks'>

/** A file is looked at first; only then is it taken. */
export function ImportLinks({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<{ fileName: string; base64: string } | null>(null)
  const run = useWrite('water.importLinks')
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return
    const next = { fileName: chosen.name, base64: await base64Of(chosen) }
    setFile(next)
    run.mutate({ ...next, dryRun: true })
  }
  const close = () => {
    setFile(null)
    run.reset()
    onClose()
  }
  const isDry = run.variables?.dryRun ?? true
  const ready = run.data !== undefined && isDry && run.data.counts.new > 0
  return (
    <Modal
      open={open}
      title={t('water.links.importTitle')}
      okText={t('water.links.apply', { n: run.data?.counts.new ?? 0 })}
      cancelText={t('common.action.close')}
      okButtonProps={{ disabled: !ready, loading: run.isPending }}
      onOk={() => file && run.mutate({ ...file, dryRun: false })}
      onCancel={close}
      destroyOnHidden
    >
      <div className="sd-stack">
        <p className="sd-quiet">{t('water.links.fileHint')}</p>
        <div className="sd-actions">
          <input
            ref={input}
            type="file"
            accept=".xlsx,.csv"
            hidden
            aria-label={t('water.links.file')}
            onChange={(event) => void choose(event.target.files?.[0])}
          />
          <Button onClick={() => input.current?.click()}>{t('water.links.file')}</Button>
          <Button
            onClick={() =>
              void client.call('water.linkTemplate', { format: 'xlsx' }).then((made) => downloadBase64(made))
            }
          >
            {t('water.links.template')}
          </Button>
          <span>{file?.fileName}</span>
        </div>
        {run.error ? <ErrorState error={run.error} /> : null}
        {run.data ? <Outcome result={run.data} isDry={isDry} fileName={file?.fileName ?? ''} /> : null}
      </div>
    </Modal>
  )
}

const SHOWN = 8

function Outcome({ result, isDry, fileName }: { result: Result; isDry: boolean; fileName: string }) {
  const { t } = useTranslation()
  const text = useCodeText()
  const wrong = result.rows.filter((row) => row.error !== null)
  const { errorFile } = result
  const type = fileName.toLowerCase().endsWith('.xlsx') ? XLSX : 'text/csv;charset=utf-8'
  return (
    <Notice tone={wrong.length > 0 ? 'attention' : 'good'}>
      <strong>{t(isDry ? 'water.links.result' : 'water.links.done', result.counts)}</strong>
      <ul>
        {wrong.slice(0, SHOWN).map((row) => (
          <li key={row.row}>
            {t('water.links.row', { n: row.row })}：{text('water.importError', row.error?.code ?? '')}
          </li>
        ))}
      </ul>
      {errorFile ? (
        <Button size="small" onClick={() => downloadBase64({ name: fileName, type, base64: errorFile })}>
          {t('water.links.errorFile')}
        </Button>
      ) : null}
    </Notice>
  )
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
