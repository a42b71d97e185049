import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { JobProgress } from './JobProgress.tsx'

type Preview = Output<'retention.preview'>

/** Takes away what the dry run counted; readings only after their day was typed. */
export function RunDialog({ preview, onClose }: { preview: Preview; onClose: () => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const id = useId()
  const run = useWrite('retention.run')
  const rows = preview.rows.filter(({ goes }) => goes > 0)
  const thins = rows.some(({ kind }) => kind === 'readings')
  const confirm = thins ? preview.confirm : null
  const ready = confirm === null || typed.trim() === confirm
  return (
    <Modal open title={t('retention.run')} footer={null} onCancel={onClose}>
      {run.data ? (
        <JobProgress jobId={run.data.id} of="retention" onClose={onClose} />
      ) : (
        <form
          className="sd-stack"
          onSubmit={(event) => {
            event.preventDefault()
            if (ready) run.mutate({ kinds: rows.map(({ kind }) => kind), ...(confirm ? { confirm } : {}) })
          }}
        >
          <Notice>{t('retention.final')}</Notice>
          <ul>
            {rows.map(({ kind, goes }) => (
              <li key={kind}>{t('retention.willGo', { what: t(`retention.kind.${kind}`), goes })}</li>
            ))}
          </ul>
          {confirm === null ? null : (
            <div className="sd-field">
              <label htmlFor={id}>{t('retention.typeDay', { day: confirm })}</label>
              <Input
                id={id}
                autoComplete="off"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            </div>
          )}
          {run.error ? <ErrorState error={run.error} /> : null}
          <div className="sd-actions sd-actions-end">
            <Button onClick={onClose}>{t('common.action.cancel')}</Button>
            <Button danger type="primary" htmlType="submit" disabled={!ready} loading={run.isPending}>
              {t('retention.runNow')}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  )
}
