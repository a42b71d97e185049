import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Input } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'
import { MayButton } from '../../app/why-not.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { State, type Tone } from '../../ui/figures.tsx'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { useLanWords, type LanStatus } from './use-words.ts'

/** Stopping waits for requests that run, starting for the port, ms. */
const SWITCH_MS = 30_000

const TONES: Readonly<Record<LanStatus['state'], Tone>> = {
  off: 'neutral',
  starting: 'neutral',
  on: 'good',
  failed: 'bad',
}

/** On or off, and what that means for the people with phones. */
export function Service({ status }: { status: LanStatus }) {
  const { t } = useTranslation()
  const start = useWrite('lan.start', { timeoutMs: SWITCH_MS })
  const stop = useWrite('lan.stop', { timeoutMs: SWITCH_MS })
  const error = start.error ?? stop.error
  const { state } = status
  return (
    <Panel title={t('lan.service.title')} extra={<Switch {...{ status, start, stop }} />}>
      <div className="sd-stack">
        <div className="lan-state">
          <State tone={TONES[state]}>{t(`lan.service.state.${state}`)}</State>
          {status.url === null ? null : <code>{status.url}</code>}
        </div>
        {error ? <ErrorState error={error} /> : null}
        <Problem status={status} />
        <Warnings status={status} />
        <p>{t(state === 'on' ? 'lan.service.onMeans' : 'lan.service.offMeans')}</p>
        <p className="sd-quiet">{t('lan.service.plain')}</p>
      </div>
    </Panel>
  )
}

interface Switching {
  readonly mutate: (input: Input<'lan.start'>) => void
  readonly isPending: boolean
}

function Switch(props: { status: LanStatus; start: Switching; stop: Switching }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const { status, start, stop } = props
  const busy = start.isPending || stop.isPending
  const askToStop = () =>
    modal.confirm({
      title: t('lan.service.stopTitle'),
      content: t('lan.service.stopMeans'),
      okText: t('lan.service.stop'),
      cancelText: t('lan.service.keep'),
      onOk: () => stop.mutate({}),
    })
  const on = status.state === 'on' || status.state === 'starting'
  return (
    <div className="sd-actions">
      {status.state === 'failed' ? (
        <MayButton operation="lan.stop" disabled={busy} onClick={() => stop.mutate({})}>
          {t('lan.service.stop')}
        </MayButton>
      ) : null}
      {on ? (
        <MayButton operation="lan.stop" loading={busy} onClick={askToStop}>
          {t('lan.service.stop')}
        </MayButton>
      ) : (
        <MayButton operation="lan.start" type="primary" loading={busy} onClick={() => start.mutate({})}>
          {t(status.state === 'failed' ? 'lan.service.again' : 'lan.service.start')}
        </MayButton>
      )}
    </div>
  )
}

/** Why it failed, and the other port where one helps. */
function Problem({ status }: { status: LanStatus }) {
  const { t } = useTranslation()
  const words = useLanWords()
  const update = useWrite('settings.update')
  const { problem, otherPort } = status
  if (problem === null) return null
  const { what, todo } = words.problem(problem)
  return (
    <div className="sd-message" data-tone="bad" role="alert">
      <strong>{what}</strong>
      <span>{todo}</span>
      {otherPort === null ? null : (
        <div className="sd-actions">
          <MayButton
            operation="settings.update"
            size="small"
            loading={update.isPending}
            onClick={() => update.mutate({ changes: { 'lan.port': otherPort } })}
          >
            {t('lan.service.otherPort', { port: otherPort })}
          </MayButton>
        </div>
      )}
      {update.error ? <ErrorState error={update.error} brief /> : null}
    </div>
  )
}

function Warnings({ status: { missing, publishedKeys } }: { status: LanStatus }) {
  const { t } = useTranslation()
  const words = useLanWords()
  return (
    <>
      {missing.length === 0 ? null : (
        <Notice>
          <strong>{t('lan.credentials.missingNotice')}</strong>
          <span>{t('lan.credentials.missingTodo', { parts: words.parts(missing) })}</span>
        </Notice>
      )}
      {publishedKeys.length === 0 ? null : (
        <Notice>
          <strong>{t('lan.credentials.publishedNotice')}</strong>
          <span>{t('lan.credentials.publishedTodo', { parts: words.parts(publishedKeys) })}</span>
        </Notice>
      )}
    </>
  )
}
