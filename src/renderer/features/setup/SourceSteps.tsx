import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/queries.ts'
import { Reading } from '../../ui/states.tsx'
import { ConnectionForm } from '../settings/ConnectionForm.tsx'
import { Section } from '../settings/Settings.tsx'
import { WATER_ADVANCED, waterFields } from '../settings/fields.ts'
import { dropDraft, keepDraft, readDraft } from './draft.ts'
import type { StepProps } from './SetupWizard.tsx'

export function ImrStep(props: StepProps) {
  return <Connection source="imr" {...props} />
}

export function CampusStep(props: StepProps) {
  return <Connection source="campus" {...props} />
}

function Connection({ source, onNext, skip }: StepProps & { source: 'imr' | 'campus' }) {
  const { t } = useTranslation()
  return (
    <ConnectionForm
      key={source}
      source={source}
      verb={t('setup.saveNext')}
      initial={readDraft(source)}
      onTyped={(values) => keepDraft(source, values)}
      onSaved={() => {
        dropDraft(source)
        onNext()
      }}
      extra={skip}
    />
  )
}

/** Its ways of saying who one is differ from site to site, so it has the form of the settings. */
export function WaterStep({ onNext, skip }: StepProps) {
  const { t } = useTranslation()
  const settings = useRead('settings.get', {})
  return (
    <Reading read={settings} lines={4}>
      {(data) => (
        <div className="sd-stack">
          <Section
            data={data}
            title=""
            fieldsOf={(get) => waterFields(get('upstreams.water.auth.kind') ?? 'none')}
            advanced={WATER_ADVANCED}
            tests="water"
          />
          <div className="sd-actions sd-actions-end">
            {skip}
            <Button type="primary" disabled={!data.values.upstreams?.water?.baseUrl} onClick={onNext}>
              {t('setup.next')}
            </Button>
          </div>
        </div>
      )}
    </Reading>
  )
}
