import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deviceCodeOf } from '#shared/chargers.ts'
import { useWrite } from '../../api/queries.ts'
import { codeOf } from '../../app/i18n/dynamic.ts'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { EMPTY, inputOf, wrongOf, type RegisterField, type RegisterForm } from './register.ts'

const LABELS = {
  deviceCode: 'devices.deviceCode',
  btName: 'devices.btName',
  alias: 'devices.alias',
  jamCode: 'devices.form.jamCode',
  version: 'devices.version',
} as const
const HINTS = {
  deviceCode: 'devices.form.codeHint',
  btName: 'devices.form.btNameHint',
  alias: 'devices.form.optional',
  jamCode: 'devices.form.jamHint',
  version: 'devices.form.optional',
} as const
const COMPLAINTS = {
  deviceCode: 'devices.form.codeInvalid',
  btName: 'devices.form.nameInvalid',
  alias: 'devices.form.optional',
  jamCode: 'devices.form.jamInvalid',
  version: 'devices.form.versionInvalid',
} as const
const FIELDS: readonly RegisterField[] = ['deviceCode', 'btName', 'alias', 'jamCode', 'version']

/** A charger known from its label, without radio. */
export function RegisterDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      open={open}
      title={t('devices.form.registerTitle')}
      footer={null}
      width={520}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form onClose={onClose} />
    </Modal>
  )
}

function Form({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [form, setForm] = useState<RegisterForm>(EMPTY)
  const [tried, setTried] = useState(false)
  const write = useWrite('devices.register', {
    onSuccess: ({ deviceCode }) => {
      void message.info(t('devices.form.registered', { code: deviceCode }))
      onClose()
    },
  })
  const wrong = wrongOf(form)
  const submit = () => {
    setTried(true)
    if (wrong.length === 0) write.mutate(inputOf(form))
  }
  // a scanner types the whole address of a label
  const typed = (field: RegisterField, text: string) =>
    setForm({
      ...form,
      [field]: field === 'deviceCode' && text.includes('/') ? (deviceCodeOf(text) ?? text) : text,
    })
  return (
    <form
      className="sd-stack"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <p className="sd-quiet">{t('devices.form.registerPurpose')}</p>
      {FIELDS.map((field) => (
        <label key={field} className="sd-setting">
          <span>{t(LABELS[field])}</span>
          <span>
            <Input
              autoFocus={field === 'deviceCode'}
              value={form[field]}
              maxLength={field === 'deviceCode' ? 300 : 60}
              status={tried && wrong.includes(field) ? 'error' : ''}
              placeholder={t(HINTS[field])}
              onChange={(event) => typed(field, event.target.value)}
            />
            {tried && wrong.includes(field) ? (
              <span className="sd-complaint">{t(COMPLAINTS[field])}</span>
            ) : null}
          </span>
        </label>
      ))}
      {write.error ? <Refused error={write.error} /> : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={onClose}>{t('common.action.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={write.isPending}>
          {t('devices.form.save')}
        </Button>
      </div>
    </form>
  )
}

/** Whose code or name it is already. */
function Refused({ error }: { error: Error }) {
  const { t } = useTranslation()
  const data =
    'data' in error ? (error.data as { deviceCode?: unknown; btName?: unknown } | undefined) : undefined
  const { deviceCode: code, btName: name } = data ?? {}
  if (codeOf(error) === 'CODE_TAKEN' && typeof code === 'string' && typeof name === 'string')
    return <Notice tone="bad">{t('devices.form.taken', { code, name })}</Notice>
  return <ErrorState error={error} brief />
}
