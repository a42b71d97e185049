import { ExperimentOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead, useWrite } from '../../api/queries.ts'
import { ErrorState, Notice } from '../../ui/states.tsx'

/** The demo site is built anew each time. */
const START_MS = 90_000

/** Starts the practice console and opens it beside this one. */
export function PracticeButton() {
  const { t } = useTranslation()
  // its window may be closed by hand
  const state = useRead('system.practice', {}, { everyMs: 5000 })
  const run = useWrite('system.practice', {
    timeoutMs: START_MS,
    onSuccess: ({ url }) => {
      void state.refetch()
      if (url !== null) window.open(url, '_blank', 'noopener')
    },
  })
  const on = state.data?.state === 'on'
  if (!state.data || state.data.state === 'unavailable') return null
  return (
    <div className="sd-stack">
      <div className="sd-actions">
        <Button
          icon={<ExperimentOutlined />}
          loading={run.isPending}
          onClick={() => run.mutate({ run: true })}
        >
          {t(on ? 'setup.practice.again' : 'setup.practice.start')}
        </Button>
        {on ? (
          <Button disabled={run.isPending} onClick={() => run.mutate({ run: false })}>
            {t('setup.practice.stop')}
          </Button>
        ) : null}
      </div>
      {run.isPending ? <p className="sd-quiet">{t('setup.practice.starting')}</p> : null}
      {on && run.data?.state === 'on' && run.data.url === null ? (
        <Notice tone="neutral">{t('setup.practice.window')}</Notice>
      ) : null}
      {run.error ? <ErrorState error={run.error} /> : null}
      {run.data?.url ? (
        <Notice tone="neutral">
          <a href={run.data.url} target="_blank" rel="noreferrer">
            {t('setup.practice.link')}
          </a>
        </Notice>
      ) : null}
    </div>
  )
}

export function PracticeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal open title={t('setup.practice.title')} footer={null} onCancel={onClose} width={460}>
      <div className="sd-stack">
        <p>{t('setup.practice.means')}</p>
        <PracticeButton />
      </div>
    </Modal>
  )
}
