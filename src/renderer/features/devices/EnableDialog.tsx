import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { ErrorState } from '../../ui/states.tsx'
import { ResultTable } from './ResultTable.tsx'

interface DialogProps {
  readonly codes: readonly string[]
  /** 0 enabled, 1 disabled */
  readonly to: 0 | 1
  readonly open: boolean
  readonly onClose: () => void
}

/** Switches chargers on or off for users; why stands where they see it. */
export function EnableDialog({ codes, to, open, onClose }: DialogProps) {
  const { t } = useTranslation()
  const n = codes.length
  return (
    <Modal
      open={open}
      title={t(to === 1 ? 'devices.disableForm.title' : 'devices.batch.enableTitle', { n })}
      footer={null}
      width={520}
      onCancel={onClose}
      destroyOnHidden
    >
      <EnableForm codes={codes} to={to} onClose={onClose} />
    </Modal>
  )
}

function EnableForm({ codes, to, onClose }: Omit<DialogProps, 'open'>) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const write = useWrite('devices.updateMany')
  const apply = () =>
    write.mutate({
      deviceCodes: [...codes],
      changes: { state: to, ...(to === 1 ? { stateReason: reason.trim() } : {}) },
    })
  return (
    <div className="sd-stack">
      {write.data ? (
        <ResultTable results={write.data.results} />
      ) : to === 1 ? (
        <label className="sd-field">
          {t('devices.disableForm.reason')}
          <Input
            autoFocus
            value={reason}
            maxLength={200}
            placeholder={t('devices.disableForm.reasonHint')}
            onChange={(event) => setReason(event.target.value)}
            onPressEnter={() => reason.trim() !== '' && apply()}
          />
        </label>
      ) : null}
      {write.error ? <ErrorState error={write.error} /> : null}
      <div className="sd-actions sd-actions-end">
        {write.data ? (
          <Button type="primary" onClick={onClose}>
            {t('common.action.close')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('common.action.cancel')}</Button>
            <Button
              type="primary"
              loading={write.isPending}
              disabled={to === 1 && reason.trim() === ''}
              onClick={apply}
            >
              {t(to === 1 ? 'devices.disableForm.action' : 'devices.batch.enableAction')}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
