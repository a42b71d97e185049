import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PHONE } from '#shared/chargers.ts'
import { useWrite } from '../../api/queries.ts'
import { codeOf } from '../../app/i18n/dynamic.ts'
import { ErrorState, Notice } from '../../ui/states.tsx'

interface DialogProps {
  readonly codes: readonly string[]
  readonly open: boolean
  readonly onClose: () => void
}

/** To another manager, all or none. */
export function TransferDialog({ codes, open, onClose }: DialogProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open={open}
      title={t('devices.transferForm.title', { n: codes.length })}
      footer={null}
      width={480}
      onCancel={onClose}
      destroyOnHidden
    >
      <TransferForm codes={codes} onClose={onClose} />
    </Modal>
  )
}

function TransferForm({ codes, onClose }: Omit<DialogProps, 'open'>) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [phone, setPhone] = useState('')
  const write = useWrite('devices.transfer', {
    onSuccess: ({ transferred: n }) => {
      void message.info(n > 0 ? t('devices.transferForm.done', { n }) : t('devices.transferForm.none'))
      onClose()
    },
  })
  const right = PHONE.test(phone.trim())
  const apply = () => right && write.mutate({ deviceCodes: [...codes], manager: phone.trim() })
  return (
    <div className="sd-stack">
      <p className="sd-quiet">{t('devices.transferForm.purpose')}</p>
      <label className="sd-field">
        {t('devices.transferForm.phone')}
        <Input
          autoFocus
          inputMode="numeric"
          maxLength={11}
          value={phone}
          onChange={(event) => setPhone(event.target.value)}
          onPressEnter={apply}
        />
        {phone.length === 11 && !right ? (
          <span className="sd-complaint">{t('devices.form.phoneInvalid')}</span>
        ) : null}
      </label>
      {write.error ? (
        codeOf(write.error) === 'NOT_FOUND' ? (
          <Notice tone="bad">{t('devices.transferForm.unknown')}</Notice>
        ) : (
          <ErrorState error={write.error} />
        )
      ) : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={onClose}>{t('common.action.cancel')}</Button>
        <Button type="primary" disabled={!right} loading={write.isPending} onClick={apply}>
          {t('devices.transferForm.action')}
        </Button>
      </div>
    </div>
  )
}
