import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from './Field.tsx'
import { pathOf, type From } from './rows.ts'

/** A file on the desk's computer, and its passphrase where it is sealed. */
export function FileFields(props: {
  busy: boolean
  verb: string
  onUse: (from: From & { place: 'file' }) => void
}) {
  const { t } = useTranslation()
  const [path, setPath] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const blocked = pathOf(path) === ''
  return (
    <form
      className="sd-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!blocked)
          props.onUse({ place: 'file', path: pathOf(path), ...(passphrase === '' ? {} : { passphrase }) })
      }}
    >
      <Field label={t('backups.path')} hint={t('backups.pathHint')}>
        {(id) => <Input id={id} value={path} onChange={(event) => setPath(event.target.value)} />}
      </Field>
      <Field label={t('backups.passphrase')} hint={t('backups.passphraseIfSealed')}>
        {(id) => (
          <Input.Password
            id={id}
            autoComplete="off"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        )}
      </Field>
      <div>
        <Button htmlType="submit" type="primary" disabled={blocked} loading={props.busy}>
          {props.verb}
        </Button>
      </div>
    </form>
  )
}
