import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { readKey, useWrite } from '../../api/queries.ts'
import { useSignOut } from '../../app/session.ts'
import { useSite } from '../../app/site.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { DoorCorner } from './DoorCorner.tsx'
import { PinFields } from './PinFields.tsx'
import { retryAtOf, useCountdown } from './throttle.ts'

interface Values {
  now: string
  pin: string
}

/** The first thing after a sign-in with a PIN that an administrator gave. */
export function OwnPinScreen() {
  const { t } = useTranslation()
  const { hello } = useSite()
  const signOut = useSignOut()
  return (
    <main className="sd-door">
      <DoorCorner />
      <section className="sd-door-card">
        <h1>{t('operators.ownPin.title')}</h1>
        <p className="sd-quiet">{t('operators.ownPin.why', { name: hello.operator?.name ?? '' })}</p>
        <OwnPinForm />
        <Button type="link" onClick={signOut}>
          {t('shell.signOut')}
        </Button>
      </section>
    </main>
  )
}

export function OwnPinDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal open footer={null} width={460} title={t('operators.ownPin.change')} onCancel={onClose}>
      <OwnPinForm onDone={onClose} />
    </Modal>
  )
}

function OwnPinForm({ onDone }: { onDone?: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { now } = useSite()
  const queries = useQueryClient()
  const change = useWrite('operators.changePin', {
    onSuccess: () => {
      void message.info(t('operators.ownPin.done'))
      void queries.invalidateQueries({ queryKey: readKey('system.hello', {}) })
      onDone?.()
    },
  })
  const wait = useCountdown(retryAtOf(change.error), now)
  return (
    <Form<Values>
      layout="vertical"
      requiredMark={false}
      onFinish={(values) => change.mutate({ pin: values.now, newPin: values.pin })}
    >
      <Form.Item
        name="now"
        label={t('operators.ownPin.now')}
        rules={[{ required: true, message: t('operators.pinHint') }]}
      >
        <Input.Password
          autoFocus
          inputMode="numeric"
          autoComplete="current-password"
          visibilityToggle={false}
        />
      </Form.Item>
      <PinFields label={t('operators.ownPin.next')} />
      <div className="sd-stack">
        {wait > 0 ? (
          <p className="sd-message" data-tone="attention" role="alert">
            {t('operators.signIn.wait', { n: wait })}
          </p>
        ) : change.error ? (
          <ErrorState error={change.error} brief />
        ) : null}
        <Button type="primary" htmlType="submit" block loading={change.isPending} disabled={wait > 0}>
          {t('operators.ownPin.save')}
        </Button>
      </div>
    </Form>
  )
}
