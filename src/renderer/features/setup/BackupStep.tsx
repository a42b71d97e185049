import { useRead } from '../../api/queries.ts'
import { Reading } from '../../ui/states.tsx'
import { PlaceForm } from '../backups/PlaceForm.tsx'
import { StatusPanel } from '../backups/StatusPanel.tsx'
import { useTranslation } from 'react-i18next'
import { dropDraft, keepDraft, readDraft } from './draft.ts'
import type { StepProps } from './SetupWizard.tsx'

const DRAFT = 'backups'

/** What is backed up here already, and the place elsewhere that outlives this computer. */
export function BackupStep({ onNext, skip }: StepProps) {
  const { t } = useTranslation()
  const status = useRead('backups.status', {})
  return (
    <div className="sd-stack">
      <StatusPanel />
      <Reading read={status} lines={4}>
        {({ second }) => (
          <PlaceForm
            second={second}
            verb={t('setup.saveNext')}
            initial={readDraft(DRAFT)['folder']}
            onTyped={(folder) => keepDraft(DRAFT, { folder })}
            onDone={() => {
              dropDraft(DRAFT)
              onNext()
            }}
            extra={skip}
          />
        )}
      </Reading>
    </div>
  )
}
