import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { ErrorState, Notice } from '../../ui/states.tsx'

/** Characters of a generated code, as many as the documents' own. */
const BYTES = 16

const generate = () =>
  [...crypto.getRandomValues(new Uint8Array(BYTES))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')

/** The code that ends every signed text; one for both sides. */
export function JamDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [jam, setJam] = useState('')
  const update = useWrite('settings.update', { onSuccess: onClose })
  return (
    <Modal
      open
      title={t('lan.credentials.jamTitle')}
      okText={t('lan.credentials.jamSave')}
      okButtonProps={{ disabled: jam.trim() === '' }}
      confirmLoading={update.isPending}
      onOk={() => update.mutate({ changes: { 'lan.httpJam': jam.trim() } })}
      onCancel={onClose}
    >
      <div className="sd-stack">
        <Notice>{t('lan.credentials.jamMeans')}</Notice>
        <div className="sd-field lan-field">
          <label htmlFor={id}>{t('lan.credentials.jam')}</label>
          <Input.Password
            id={id}
            value={jam}
            maxLength={200}
            autoComplete="new-password"
            onChange={(event) => setJam(event.target.value)}
          />
          <div className="sd-actions">
            <Button size="small" onClick={() => setJam(generate())}>
              {t('lan.credentials.jamGenerate')}
            </Button>
            {jam === '' ? null : <CopyButton text={jam} />}
          </div>
        </div>
        {update.error ? <ErrorState error={update.error} /> : null}
      </div>
    </Modal>
  )
}
