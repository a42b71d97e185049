import { Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { UpdateStatus } from '#shared/contract/updates.ts'
import { useWrite } from '../../api/queries.ts'
import { formatBytes } from '../../app/format.ts'
import { MayButton } from '../../app/why-not.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { Code, Time } from '../../ui/figures.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { Refusal, useBlockerNames } from './Refusal.tsx'

const DEFER_DAYS = 7

interface OfferProps {
  readonly status: UpdateStatus
  readonly offered: NonNullable<UpdateStatus['offered']>
}

/** What is new, and the way there: fetch, then install when nothing is under way. */
export function Offer({ status, offered }: OfferProps) {
  const { t, i18n } = useTranslation()
  const { deferredUntil } = status
  const notes = i18n.language.startsWith('zh') ? offered.notes.zh : offered.notes.en
  return (
    <Panel title={t('updates.offered', { version: offered.version })}>
      <div className="sd-stack">
        <p style={{ whiteSpace: 'pre-wrap' }}>{notes}</p>
        <p className="sd-quiet">
          {offered.name} · {formatBytes(offered.bytes)}
        </p>
        {deferredUntil === null ? null : (
          <p className="sd-quiet">
            {t('updates.deferredUntil')} <Time at={deferredUntil} />
          </p>
        )}
        {status.state === 'ready' ? <Ready status={status} /> : <Fetch status={status} offered={offered} />}
      </div>
    </Panel>
  )
}

function Fetch({ status: { state, receivedBytes }, offered }: OfferProps) {
  const { t } = useTranslation()
  const download = useWrite('updates.download')
  const cancel = useWrite('updates.cancel')
  const defer = useWrite('updates.defer')
  const error = download.error ?? cancel.error ?? defer.error
  const busy = state === 'downloading'
  const percent = Math.floor((receivedBytes / offered.bytes) * 100)
  return (
    <>
      {busy || receivedBytes > 0 ? (
        <Progress percent={percent} aria-label={t('updates.progress')} size="small" />
      ) : null}
      {error ? <ErrorState error={error} /> : null}
      <div className="sd-actions">
        {busy ? (
          <MayButton operation="updates.cancel" loading={cancel.isPending} onClick={() => cancel.mutate({})}>
            {t('updates.cancel')}
          </MayButton>
        ) : (
          <>
            <MayButton
              operation="updates.download"
              type="primary"
              loading={download.isPending}
              onClick={() => download.mutate({})}
            >
              {t(receivedBytes > 0 ? 'updates.goOn' : 'updates.download')}
            </MayButton>
            <MayButton
              operation="updates.defer"
              loading={defer.isPending}
              onClick={() => defer.mutate({ days: DEFER_DAYS })}
            >
              {t('updates.defer', { n: DEFER_DAYS })}
            </MayButton>
          </>
        )}
      </div>
    </>
  )
}

function Ready({ status: { byHand, file, blockers } }: { status: UpdateStatus }) {
  const { t } = useTranslation()
  const install = useWrite('updates.install')
  const waits = useBlockerNames()(blockers)
  if (byHand)
    return (
      <p>
        {t('updates.byHand')} <Code>{file ?? ''}</Code>
      </p>
    )
  return (
    <>
      <p className="sd-quiet">{t('updates.installPurpose')}</p>
      <Refusal error={install.error} waits={(list) => t('updates.waits', { list })} />
      {install.data ? <p>{t('updates.started')}</p> : null}
      <div>
        <MayButton
          operation="updates.install"
          type="primary"
          reason={waits === '' ? null : t('updates.waits', { list: waits })}
          loading={install.isPending}
          onClick={() => install.mutate({})}
        >
          {t('updates.install')}
        </MayButton>
      </div>
    </>
  )
}
