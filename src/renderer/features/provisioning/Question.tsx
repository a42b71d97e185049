import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ProvisioningDevice } from '#shared/contract/provisioning.ts'
import { useSite } from '../../app/site.tsx'
import { MayButton } from '../../app/why-not.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { Signal } from '../../ui/Signal.tsx'
import { BlinkButton } from './BlinkButton.tsx'
import { DeviceName, labelOf } from './DeviceName.tsx'
import { openStepOf, portOfStep } from './stages.ts'
import type { Asked } from './questions.ts'
import type { Answering } from './use-answer.ts'
import { useQuestionKeys } from './use-question-keys.ts'
import { useRunWords } from './words.ts'

/** The question that waits, large; Y and Enter say yes, N says no. */
export function Question({ answering, large }: { answering: Answering; large: boolean }) {
  const { t } = useTranslation()
  const { shown } = answering
  useQuestionKeys(answering)
  if (shown.kind === 'none') return null
  return (
    <section
      className="run-question"
      data-large={large ? '' : undefined}
      data-asking={shown.kind === 'question' ? '' : undefined}
      aria-label={t('provisioning.question.label')}
      aria-live="assertive"
    >
      {shown.kind === 'question' ? (
        <Ask asked={shown.asked} answering={answering} large={large} />
      ) : (
        <Working device={shown.device} />
      )}
      {answering.error ? <ErrorState error={answering.error} brief /> : null}
    </section>
  )
}

function Ask({ asked, answering, large }: { asked: Asked; answering: Answering; large: boolean }) {
  const { t } = useTranslation()
  const words = useRunWords()
  const { device, step } = asked
  const port = portOfStep(step.step)
  const others = answering.waiting.length - 1
  return (
    <>
      {port === null ? null : (
        <span className="run-port" aria-hidden>
          {port}
        </span>
      )}
      <div className="run-question-text">
        <Who device={device} />
        <p className="run-ask">{step.question ? words.question(step.question) : null}</p>
        <Until asked={asked} />
        {others > 0 ? (
          <Button type="link" size="small" onClick={answering.next}>
            {t('provisioning.question.more', { n: others })} →
          </Button>
        ) : null}
      </div>
      <div className="run-answers">
        <MayButton
          operation="provisioning.answer"
          type="primary"
          size="large"
          loading={answering.busy}
          aria-keyshortcuts="Y Enter"
          onClick={() => answering.answer(true)}
        >
          {t('provisioning.question.yes')} <kbd>Y</kbd>
        </MayButton>
        <MayButton
          operation="provisioning.answer"
          size="large"
          danger
          disabled={answering.busy}
          aria-keyshortcuts="N"
          onClick={() => answering.answer(false)}
        >
          {t('provisioning.question.no')} <kbd>N</kbd>
        </MayButton>
        {answering.lit ? (
          <MayButton
            operation="provisioning.answer"
            size="large"
            disabled={answering.busy}
            aria-keyshortcuts="L"
            onClick={answering.lit}
          >
            {t('provisioning.question.lit')} <kbd>L</kbd>
          </MayButton>
        ) : null}
        <BlinkButton name={device.name} label={labelOf(device)} size={large ? 'large' : 'middle'} />
      </div>
    </>
  )
}

function Who({ device }: { device: ProvisioningDevice }) {
  return (
    <div className="run-who">
      <DeviceName device={device} name />
      {device.signal ? <Signal dbm={device.signal.median} /> : null}
    </div>
  )
}

function Until({ asked }: { asked: Asked }) {
  const { t } = useTranslation()
  const site = useSite()
  const until = asked.step.question?.data?.['until']
  if (typeof until !== 'number') return null
  const left = Math.ceil((until - site.now()) / 1000)
  return (
    <span className="sd-quiet sd-figure">
      {left > 0 ? t('provisioning.question.left', { n: left }) : t('provisioning.question.over')}
    </span>
  )
}

function Working({ device }: { device: ProvisioningDevice }) {
  const { t } = useTranslation()
  const words = useRunWords()
  const step = openStepOf(device)
  return (
    <div className="run-question-text">
      <Who device={device} />
      <p className="run-ask">
        {step ? t('provisioning.doing', { step: words.step(step.step) }) : t('provisioning.question.working')}
      </p>
      <span className="sd-quiet">{t('provisioning.question.workingHint')}</span>
    </div>
  )
}
