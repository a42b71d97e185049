import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { CheckList } from './CheckList.tsx'
import type { StepProps } from './SetupWizard.tsx'
import { useChecks } from './use-checks.ts'

/** What was done and what remains; the rest stays on Today. */
export function SummaryStep({ onNext }: StepProps) {
  const { t } = useTranslation()
  const checks = useChecks(true)
  return (
    <div className="sd-stack">
      {checks ? <CheckList checks={checks} /> : null}
      <Button type="primary" size="large" block autoFocus onClick={onNext}>
        {t('setup.finish')}
      </Button>
    </div>
  )
}
