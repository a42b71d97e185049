import { useQueryClient } from '@tanstack/react-query'
import { Button, Steps } from 'antd'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SETUP_STEPS, type SetupStep } from '#shared/setup.ts'
import { readKey, useWrite } from '../../api/queries.ts'
import { useSite } from '../../app/site.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { DoorCorner } from '../operators/DoorCorner.tsx'
import { BackupStep } from './BackupStep.tsx'
import { Begin } from './Begin.tsx'
import { BluetoothStep } from './BluetoothStep.tsx'
import { LanStep } from './LanStep.tsx'
import { CampusStep, ImrStep, WaterStep } from './SourceSteps.tsx'
import { SummaryStep } from './SummaryStep.tsx'
import './setup.css'

/** What a step gets: where it leads, and the way past it. */
export interface StepProps {
  readonly onNext: () => void
  /** to leave it for later */
  readonly skip: ReactNode
}

const STEPS: Readonly<Record<SetupStep, (props: StepProps) => ReactNode>> = {
  imr: ImrStep,
  campus: CampusStep,
  water: WaterStep,
  bluetooth: BluetoothStep,
  lan: LanStep,
  backups: BackupStep,
  summary: SummaryStep,
}

/**
 * The first hour. Every step saves its own and then says so to the settings, so that a closed window goes on where
 * it was; nothing waits for the end to be written.
 */
export function SetupWizard() {
  const { t } = useTranslation()
  const { hello } = useSite()
  const { go, error, busy } = useSteps()
  const step = hello.firstRun ? null : hello.setup
  const at = step === null ? 0 : SETUP_STEPS.indexOf(step) + 1
  useEffect(() => {
    document.title = `${t('operators.firstRun.title')} · ${t('common.app')}`
  }, [t])
  return (
    <main className="sd-door">
      <DoorCorner />
      <section className="sd-door-card setup-card">
        <h1>{t('operators.firstRun.title')}</h1>
        <div className="setup-columns">
          <Steps
            size="small"
            orientation="vertical"
            current={at}
            items={[
              { title: t('operators.firstRun.stepAdmin') },
              ...SETUP_STEPS.map((one) => ({ title: t(`setup.step.${one}`) })),
            ]}
          />
          <div className="setup-step">
            {step === null ? <Begin /> : <Step key={step} step={step} go={go} busy={busy} />}
            {error ? <ErrorState error={error} /> : null}
          </div>
        </div>
      </section>
    </main>
  )
}

function Step({ step, go, busy }: { step: SetupStep; go: (to: SetupStep | null) => void; busy: boolean }) {
  const { t } = useTranslation()
  const at = SETUP_STEPS.indexOf(step)
  const next = () => go(SETUP_STEPS[at + 1] ?? null)
  const before = SETUP_STEPS[at - 1]
  const Body = STEPS[step]
  const heading = useFocusWhereLost()
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        {t(`setup.step.${step}`)}
      </h2>
      <p className="sd-quiet">{t(`setup.purpose.${step}`)}</p>
      <Body
        onNext={next}
        skip={
          <>
            {before ? (
              <Button type="text" disabled={busy} onClick={() => go(before)}>
                {t('common.action.back')}
              </Button>
            ) : null}
            <Button disabled={busy} onClick={next}>
              {t('common.action.later')}
            </Button>
          </>
        }
      />
      {step === 'summary' ? null : <p className="sd-quiet">{t(`setup.without.${step}`)}</p>}
    </>
  )
}

/** The button that led here is gone: without this the next Tab would begin at the top of the page. */
function useFocusWhereLost() {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus()
  }, [])
  return heading
}

function useSteps() {
  const queries = useQueryClient()
  const save = useWrite('settings.update', {
    onSuccess: () => void queries.invalidateQueries({ queryKey: readKey('system.hello', {}) }),
  })
  return {
    go: (to: SetupStep | null) => save.mutate({ changes: { 'setup.step': to } }),
    error: save.error,
    busy: save.isPending,
  }
}
