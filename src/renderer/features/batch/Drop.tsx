import { InboxOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useWrite } from '../../api/queries.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { downloadBase64 } from '../../ui/download.ts'
import { ErrorState, Notice, WithReason } from '../../ui/states.tsx'
import { TemplateButton } from '../sheet-import/TemplateButton.tsx'
import { MOST_FILE_BYTES } from '#shared/uploads.ts'
import { base64Of, fileFault } from './read-file.ts'

/** Judging 20 000 rows takes longer than a call usually may. */
const CHECK_TIMEOUT_MS = 120_000

/** A sheet comes in by drag or by button; what comes back is a dry run. */
export function Drop() {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const { take, busy, error, tooBig } = useCheck()
  const input = useRef<HTMLInputElement>(null)
  const reason = useWhyNot('recharge.batchCheck')
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file && reason === null) take(file)
  }
  return (
    <div className="sd-stack">
      <section
        className="batch-drop"
        aria-label={t('batch.drop')}
        data-over={over ? '' : undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(reason === null)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <InboxOutlined className="batch-drop-icon" aria-hidden />
        <div>
          <strong>{busy ? t('batch.checking') : t('batch.drop')}</strong>
          <p className="sd-quiet">{t('batch.dropHint')}</p>
        </div>
        <span className="sd-spring" />
        <Template />
        <WithReason reason={reason}>
          <Button
            type="primary"
            loading={busy}
            disabled={reason !== null}
            onClick={() => input.current?.click()}
          >
            {t('batch.choose')}
          </Button>
        </WithReason>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t('batch.choose')}
          accept=".xlsx,.csv,.txt"
          onChange={(event) => {
            const file = event.target.files?.[0]
            event.target.value = ''
            if (file) take(file)
          }}
        />
      </section>
      {tooBig ? <Notice tone="bad">{t('batch.tooBig')}</Notice> : null}
      {error ? <Refused error={error} /> : null}
    </div>
  )
}

function useCheck() {
  const navigate = useNavigate()
  const [tooBig, setTooBig] = useState(false)
  const check = useWrite('recharge.batchCheck', {
    timeoutMs: CHECK_TIMEOUT_MS,
    onSuccess: ({ id }) => void navigate(`/recharge/batch/${encodeURIComponent(id)}`),
  })
  const [unread, setUnread] = useState<unknown>(null)
  const take = (file: File) => {
    check.reset()
    setUnread(null)
    setTooBig(file.size > MOST_FILE_BYTES)
    if (file.size > MOST_FILE_BYTES) return
    base64Of(file).then((base64) => check.mutate({ fileName: file.name.slice(0, 200), base64 }), setUnread)
  }
  return { take, busy: check.isPending, error: check.error ?? unread, tooBig }
}

function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const refused = fileFault(error)
  if (!refused) return <ErrorState error={error} safe={t('batch.nothing')} />
  return (
    <div className="sd-message" data-tone="bad" role="alert">
      <strong>{t(`batch.file.${refused.fault}`, { missing: refused.missing })}</strong>
      <span>{t('batch.nothing')}</span>
    </div>
  )
}

function Template() {
  return <TemplateButton template={useWrite('recharge.batchTemplate', { onSuccess: downloadBase64 })} />
}
