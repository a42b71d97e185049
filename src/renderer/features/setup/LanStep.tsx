import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/queries.ts'
import { Reading } from '../../ui/states.tsx'
import { Reach } from '../lan/Reach.tsx'
import { Service } from '../lan/Service.tsx'
import '../lan/lan.css'
import type { StepProps } from './SetupWizard.tsx'

/** Card, port, on or off: the same parts as on its own page. */
export function LanStep({ onNext, skip }: StepProps) {
  const { t } = useTranslation()
  const status = useRead('lan.status', {})
  const settings = useRead('settings.get', {})
  return (
    <Reading read={status} lines={6}>
      {(now) => (
        <div className="sd-stack">
          {settings.data ? <Reach status={now} settings={settings.data} /> : null}
          <Service status={now} />
          <div className="sd-actions sd-actions-end">
            {skip}
            <Button type="primary" onClick={onNext}>
              {t('setup.next')}
            </Button>
          </div>
        </div>
      )}
    </Reading>
  )
}
