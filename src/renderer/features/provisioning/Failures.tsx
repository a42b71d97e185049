import { useTranslation } from 'react-i18next'
import type { ProvisioningDevice, Run } from '#shared/contract/provisioning.ts'
import { useWrite } from '../../api/queries.ts'
import { MayButton } from '../../app/why-not.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { BlinkButton } from './BlinkButton.tsx'
import { DeviceName, labelOf } from './DeviceName.tsx'
import { useRunWords } from './words.ts'

/** What did not pass, why, and once more. */
export function Failures({ run }: { run: Run }) {
  const { t } = useTranslation()
  const retry = useWrite('provisioning.retry')
  const left = run.devices.filter(({ state }) => state === 'failed' || state === 'skipped')
  if (left.length === 0) return null
  const may = run.state !== 'cancelled'
  const all = may ? (
    <MayButton
      operation="provisioning.retry"
      loading={retry.isPending}
      onClick={() => retry.mutate({ id: run.id })}
    >
      {t('provisioning.retryAll', { n: left.length })}
    </MayButton>
  ) : null
  return (
    <Panel
      title={t('provisioning.failures', { n: left.length })}
      purpose={t('provisioning.failuresHint')}
      extra={all}
    >
      <ul className="run-failures">
        {left.map((device) => (
          <Failure
            key={device.name}
            device={device}
            {...(may ? { onRetry: () => retry.mutate({ id: run.id, names: [device.name] }) } : {})}
          />
        ))}
      </ul>
      {retry.error ? <ErrorState error={retry.error} brief /> : null}
    </Panel>
  )
}

function Failure({ device, onRetry }: { device: ProvisioningDevice; onRetry?: () => void }) {
  const { t } = useTranslation()
  const words = useRunWords()
  const label = labelOf(device)
  const step = device.steps.find(({ state }) => state === 'failed')
  return (
    <li data-state={device.state}>
      <span className="run-line-who">
        <DeviceName device={device} />
      </span>
      <span>
        {device.reason ? words.reason(device.reason) : null}
        {step ? <span className="sd-quiet"> · {words.step(step.step)}</span> : null}
      </span>
      <span className="run-line-tools">
        {onRetry ? (
          <>
            <BlinkButton name={device.name} label={label} />
            <MayButton
              operation="provisioning.retry"
              size="small"
              aria-label={`${t('provisioning.retry')} ${label}`}
              onClick={onRetry}
            >
              {t('provisioning.retry')}
            </MayButton>
          </>
        ) : null}
      </span>
    </li>
  )
}
