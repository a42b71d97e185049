import { Button } from 'antd'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ProvisioningDevice } from '#shared/contract/provisioning.ts'
import { MayButton } from '../../app/why-not.tsx'
import { Code, State, type Tone } from '../../ui/figures.tsx'
import { Signal } from '../../ui/Signal.tsx'
import { BlinkButton } from './BlinkButton.tsx'
import { labelOf } from './DeviceName.tsx'
import { StageBar } from './StageBar.tsx'
import { openStepOf } from './stages.ts'
import { DEVICE_TONES } from './tones.ts'
import { useRunWords } from './words.ts'

interface LineProps {
  readonly device: ProvisioningDevice
  /** nothing more happens in this run */
  readonly closed: boolean
  readonly onSkip: (name: string) => void
  readonly onLook: (name: string) => void
}

/** One charger: who, its bar, what happens now. */
export const DeviceLine = memo(function DeviceLine({ device, closed, onSkip, onLook }: LineProps) {
  const { t } = useTranslation()
  const { name, deviceCode, alias, state, signal, attempts } = device
  const open = state === 'waiting' || state === 'running' || state === 'asking'
  const label = labelOf(device)
  return (
    <li className="run-line" data-state={state}>
      <span className="run-line-who">
        <Link to={`/chargers/${name}`} title={name}>
          {label}
        </Link>
        {alias === '' ? null : <Code>{deviceCode}</Code>}
      </span>
      <StageBar device={device} />
      <span className="run-line-now">
        <Now device={device} />
        {attempts > 1 ? (
          <span className="sd-quiet"> {t('provisioning.attempts', { n: attempts })}</span>
        ) : null}
      </span>
      <span className="run-line-signal">{signal ? <Signal dbm={signal.median} /> : null}</span>
      <span className="run-line-tools">
        {state === 'asking' ? (
          <Button
            size="small"
            onClick={() => onLook(name)}
            aria-label={`${t('provisioning.count.asking')} ${label}`}
          >
            {t('provisioning.count.asking')}
          </Button>
        ) : null}
        {open && !closed ? (
          <>
            {state === 'asking' ? null : <BlinkButton name={name} label={label} bare />}
            <MayButton
              operation="provisioning.skip"
              size="small"
              type="text"
              onClick={() => onSkip(name)}
              aria-label={`${t('provisioning.skip')} ${label}`}
            >
              {t('provisioning.skip')}
            </MayButton>
          </>
        ) : null}
      </span>
    </li>
  )
})

function Now({ device }: { device: ProvisioningDevice }) {
  const { t } = useTranslation()
  const words = useRunWords()
  const { state, reason } = device
  const step = openStepOf(device)
  if (state === 'running' && step) return t('provisioning.doing', { step: words.step(step.step) })
  if (state === 'asking' && step?.question)
    return <OneLine tone="attention" text={words.question(step.question)} />
  if (state === 'failed' && reason) return <OneLine tone="bad" text={words.reason(reason)} />
  if (state === 'skipped' && reason) return words.reason(reason)
  return <State tone={DEVICE_TONES[state]}>{t(`provisioning.count.${state}`)}</State>
}

/** The rows of a run stay as high as they are; the whole sentence stands below or on hover. */
function OneLine({ tone, text }: { tone: Tone; text: string }) {
  return (
    <span className="sd-cut" title={text}>
      <State tone={tone}>{text}</State>
    </span>
  )
}
