import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useWrite } from '../../api/queries.ts'
import { ErrorState, Reading } from '../../ui/states.tsx'
import { Field } from './Field.tsx'
import { LONG_MS, SHORTEST } from './rows.ts'

/** Where the copies go once more, and the passphrase they are sealed with. */
export function PlaceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const status = useRead('backups.status', {})
  return (
    <Modal open title={t('backups.action.place')} footer={null} onCancel={onClose}>
      <Reading read={status}>
        {({ second }) => (
          <PlaceForm
            folder={second.folder}
            keyed={second.folder !== null && second.state !== 'needsPassphrase'}
            onClose={onClose}
          />
        )}
      </Reading>
    </Modal>
  )
}

function PlaceForm(props: { folder: string | null; keyed: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const [folder, setFolder] = useState(props.folder ?? '')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const set = useWrite('backups.setPlace', { timeoutMs: LONG_MS, onSuccess: props.onClose })
  const differs = passphrase !== again
  const short = passphrase === '' ? !props.keyed : passphrase.length < SHORTEST
  const blocked = folder.trim() === '' || short || differs
  return (
    <form
      className="sd-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!blocked) set.mutate({ folder: folder.trim(), ...(passphrase === '' ? {} : { passphrase }) })
      }}
    >
      <p className="sd-quiet">{t('backups.placePurpose')}</p>
      <Field label={t('backups.folder')} hint={t('backups.folderHint')}>
        {(id) => <Input id={id} value={folder} onChange={(event) => setFolder(event.target.value)} />}
      </Field>
      <Field
        label={t('backups.passphrase')}
        hint={t(props.keyed ? 'backups.passphraseKept' : 'backups.passphraseHint')}
      >
        {(id) => (
          <Input.Password
            id={id}
            autoComplete="new-password"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('backups.again')}>
        {(id) => (
          <Input.Password
            id={id}
            autoComplete="new-password"
            status={differs && again !== '' ? 'error' : ''}
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
        )}
      </Field>
      {set.error ? <ErrorState error={set.error} /> : null}
      <div className="sd-actions sd-actions-end">
        {props.folder === null ? null : (
          <Button danger loading={set.isPending} onClick={() => set.mutate({ folder: null })}>
            {t('backups.action.noPlace')}
          </Button>
        )}
        <Button type="primary" htmlType="submit" disabled={blocked} loading={set.isPending}>
          {t('common.action.save')}
        </Button>
      </div>
    </form>
  )
}
