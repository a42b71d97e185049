import { DownloadOutlined } from '@ant-design/icons'
import { Button, Dropdown, Modal } from 'antd'
import { useRef, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'
import { downloadBase64 } from '../../ui/download.ts'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { base64Of, fileFault, MOST_BYTES } from '../batch/read-file.ts'
import { ImportResult } from './ImportResult.tsx'

/** Judging 20 000 rows takes longer than a call usually may. */
const IMPORT_TIMEOUT_MS = 180_000

type Sheet = Pick<Input<'devices.import'>, 'fileName' | 'base64'>

/** A sheet is judged first; nothing changes before that was seen. */
export function ImportDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      open={open}
      title={t('devices.importer.title')}
      footer={null}
      width={820}
      onCancel={onClose}
      destroyOnHidden
    >
      <Wizard onClose={onClose} />
    </Modal>
  )
}

function Wizard({ onClose }: { onClose: () => void }) {
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const judge = useWrite('devices.import', { timeoutMs: IMPORT_TIMEOUT_MS })
  const apply = useWrite('devices.import', { timeoutMs: IMPORT_TIMEOUT_MS })
  const reset = () => {
    judge.reset()
    apply.reset()
    setSheet(null)
    setFailed(null)
  }
  const take = async (file: File) => {
    reset()
    if (file.size > MOST_BYTES) return setFailed('tooBig')
    try {
      const next = { fileName: file.name.slice(0, 200), base64: await base64Of(file) }
      setSheet(next)
      judge.mutate({ ...next, dryRun: true })
    } catch (error) {
      setFailed(error)
    }
  }
  const result = apply.data ?? judge.data
  const error = failed ?? apply.error ?? judge.error
  return (
    <div className="sd-stack">
      {result && sheet ? (
        <ImportResult
          result={result}
          fileName={sheet.fileName}
          done={apply.data !== undefined}
          busy={apply.isPending}
          onApply={() => apply.mutate({ ...sheet, dryRun: false })}
          onOther={reset}
          onClose={onClose}
        />
      ) : (
        <Choose busy={judge.isPending} onFile={(file) => void take(file)} />
      )}
      {error ? <Refused error={error} /> : null}
    </div>
  )
}

function Choose({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) onFile(file)
  }
  return (
    <section
      className="device-drop"
      aria-label={t('devices.importer.drop')}
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <strong>{t(busy ? 'devices.importer.checking' : 'devices.importer.drop')}</strong>
      <p className="sd-quiet">{t('devices.importer.hint')}</p>
      <div className="sd-actions">
        <Template />
        <Button type="primary" loading={busy} onClick={() => input.current?.click()}>
          {t('devices.importer.choose')}
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('devices.importer.choose')}
        accept=".xlsx,.csv,.txt"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) onFile(file)
        }}
      />
    </section>
  )
}

function Template() {
  const { t } = useTranslation()
  const template = useWrite('devices.importTemplate', { onSuccess: downloadBase64 })
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'xlsx', label: 'XLSX' },
          { key: 'csv', label: 'CSV' },
        ],
        onClick: ({ key }) => template.mutate({ format: key === 'csv' ? 'csv' : 'xlsx' }),
      }}
    >
      <Button icon={<DownloadOutlined />} loading={template.isPending}>
        {t('devices.importer.template')}
      </Button>
    </Dropdown>
  )
}

function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation()
  if (error === 'tooBig') return <Notice tone="bad">{t('devices.importer.tooBig')}</Notice>
  const refused = fileFault(error)
  if (!refused) return <ErrorState error={error} safe={t('devices.importer.safe')} />
  return (
    <Notice tone="bad">
      <strong>{t(`devices.importer.file.${refused.fault}`, { missing: refused.missing })}</strong>
      <span>{t('devices.importer.safe')}</span>
    </Notice>
  )
}
