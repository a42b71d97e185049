import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/queries.ts'
import { Reading } from '../../ui/states.tsx'
import { PlaceForm } from './PlaceForm.tsx'

/** The second place on the page of the backups. */
export function PlaceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const status = useRead('backups.status', {})
  return (
    <Modal open title={t('backups.action.place')} footer={null} onCancel={onClose}>
      <div className="sd-stack">
        <p className="sd-quiet">{t('backups.placePurpose')}</p>
        <Reading read={status}>
          {({ second }) => <PlaceForm second={second} verb={t('common.action.save')} onDone={onClose} />}
        </Reading>
      </div>
    </Modal>
  )
}
