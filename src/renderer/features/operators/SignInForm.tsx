import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Select, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readKey, useWrite } from '../../api/queries.ts'
import { useSite } from '../../app/site.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { retryAtOf, useCountdown } from './throttle.ts'

export interface SignInFormProps {
  readonly names: readonly string[]
  /** chosen at the start; '' = ask */
  readonly name: string
  readonly verb: string
  readonly onDone?: () => void
}

/** Name and PIN; the names are on the screen, the PIN never is. */
export function SignInForm(props: SignInFormProps) {
  const { t } = useTranslation()
  const [name, setName] = useState(props.name)
  const [pin, setPin] = useState('')
  const pinInput = useRef<InputRef>(null)
  const { signIn, wait, refused } = useSignIn(props.onDone)
  useEffect(() => {
    if (name) pinInput.current?.focus()
  }, [name])
  const submit = () => {
    setPin('')
    signIn.mutate({ name, pin }, { onError: () => pinInput.current?.focus() })
  }
  return (
    <Form layout="vertical" onFinish={submit} requiredMark={false}>
      <NameField names={props.names} value={name} onChange={setName} />
      <Form.Item label={t('operators.pin')} htmlFor="sign-in-pin">
        <Input.Password
          id="sign-in-pin"
          ref={pinInput}
          size="large"
          inputMode="numeric"
          autoComplete="off"
          visibilityToggle={false}
          value={pin}
          disabled={wait > 0}
          onChange={(event) => setPin(event.target.value)}
        />
      </Form.Item>
      <div className="sd-stack">
        {wait > 0 ? <Wait seconds={wait} /> : null}
        {refused ? <ErrorState error={refused} brief /> : null}
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          block
          loading={signIn.isPending}
          disabled={!name || !pin || wait > 0}
        >
          {props.verb}
        </Button>
      </div>
    </Form>
  )
}

function useSignIn(onDone: (() => void) | undefined) {
  const queries = useQueryClient()
  const { now } = useSite()
  const signIn = useWrite('operators.signIn', {
    onSuccess: () => {
      onDone?.()
      void queries.invalidateQueries({ queryKey: readKey('system.hello', {}) })
    },
  })
  const retryAt = retryAtOf(signIn.error)
  return { signIn, wait: useCountdown(retryAt, now), refused: retryAt === null ? signIn.error : null }
}

function NameField(props: { names: readonly string[]; value: string; onChange: (name: string) => void }) {
  const { t } = useTranslation()
  return (
    <Form.Item label={t('operators.name')} htmlFor="sign-in-name">
      <Select
        id="sign-in-name"
        size="large"
        showSearch
        autoFocus={!props.value}
        placeholder={t('operators.signIn.who')}
        value={props.value || null}
        onChange={props.onChange}
        options={props.names.map((value) => ({ value, label: value }))}
      />
    </Form.Item>
  )
}

function Wait({ seconds }: { seconds: number }) {
  const { t } = useTranslation()
  return (
    <p className="sd-message" data-tone="attention" role="alert">
      {t('operators.signIn.wait', { n: seconds })}
    </p>
  )
}
