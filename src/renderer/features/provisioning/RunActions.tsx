import { App, Button, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Run } from '#shared/contract/provisioning.ts'
import { useWrite } from '../../api/queries.ts'
import { useErrorText } from '../../app/i18n/dynamic.ts'
import { MayButton } from '../../app/why-not.tsx'
import { labelsPath, reportPath } from './paths.ts'
import { hasEnded } from './tones.ts'

/** Pause, go on, cancel; labels and the report of what is there. */
export function RunActions({ run }: { run: Run }) {
  const { t } = useTranslation()
  const passed = run.devices.filter(({ state }) => state === 'passed').map(({ deviceCode }) => deviceCode)
  return (
    <>
      {hasEnded(run) ? null : <Turning run={run} />}
      {passed.length > 0 ? (
        <Link to={labelsPath(passed, run.id)}>
          <Button>{t('provisioning.labels')}</Button>
        </Link>
      ) : null}
      <Link to={reportPath(run.id)}>
        <Button type={hasEnded(run) ? 'primary' : 'default'}>{t('provisioning.report')}</Button>
      </Link>
    </>
  )
}

function Turning({ run }: { run: Run }) {
  const { t } = useTranslation()
  const { message, modal } = App.useApp()
  const errorText = useErrorText()
  const failed = (error: unknown) => void message.error(errorText(error).what)
  const pause = useWrite('provisioning.pause')
  const resume = useWrite('provisioning.resume')
  const cancel = useWrite('provisioning.cancel')
  const ask = () =>
    void modal.confirm({
      title: t('provisioning.cancelTitle'),
      content: t('provisioning.cancelText'),
      okText: t('provisioning.cancel'),
      okButtonProps: { danger: true },
      cancelText: t('provisioning.keep'),
      onOk: () => cancel.mutate({ id: run.id }, { onError: failed }),
    })
  return (
    <>
      <MayButton operation="provisioning.cancel" danger type="text" loading={cancel.isPending} onClick={ask}>
        {t('provisioning.cancel')}
      </MayButton>
      {run.state === 'paused' ? (
        <MayButton
          operation="provisioning.resume"
          type="primary"
          loading={resume.isPending}
          onClick={() => resume.mutate({ id: run.id }, { onError: failed })}
        >
          {t('provisioning.resume')}
        </MayButton>
      ) : (
        <MayButton
          operation="provisioning.pause"
          loading={pause.isPending}
          onClick={() => pause.mutate({ id: run.id }, { onError: failed })}
        >
          {t('provisioning.pause')}
        </MayButton>
      )}
    </>
  )
}

export function RunSwitches(props: {
  sound: boolean
  onSound: (on: boolean) => void
  installer: boolean
  onInstaller: (on: boolean) => void
}) {
  const { t } = useTranslation()
  return (
    <span className="run-switches">
      <label title={t('provisioning.soundHint')}>
        <Switch size="small" checked={props.sound} onChange={props.onSound} /> {t('provisioning.sound')}
      </label>
      <label title={t('provisioning.installerHint')}>
        <Switch size="small" checked={props.installer} onChange={props.onInstaller} />{' '}
        {t('provisioning.installerMode')}
      </label>
    </span>
  )
}
