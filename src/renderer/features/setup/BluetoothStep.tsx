import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/queries.ts'
import { RadioBanner } from '../chargers/RadioBanner.tsx'
import { BluetoothState } from '../settings/BluetoothState.tsx'
import type { StepProps } from './SetupWizard.tsx'

/** What the radio says of itself, and the cure on this system. */
export function BluetoothStep({ onNext, skip }: StepProps) {
  const { t } = useTranslation()
  const radio = useRead('chargers.radio', {})
  return (
    <div className="sd-stack">
      <BluetoothState />
      {radio.data ? <RadioBanner radio={radio.data} /> : null}
      <div className="sd-actions sd-actions-end">
        {skip}
        <Button type="primary" onClick={onNext}>
          {t('setup.next')}
        </Button>
      </div>
    </div>
  )
}
