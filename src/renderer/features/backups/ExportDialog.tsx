import { Button, Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { formatBytes } from '../../app/format.ts'
import { Code } from '../../ui/figures.tsx'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { Field } from './Field.tsx'
import { LONG_MS, pathOf, SHORTEST } from './rows.ts'

/** The whole site in one sealed file, for another computer. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [folder, setFolder] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [history, setHistory] = useState(true)
  const write = useWrite('backups.export', { timeoutMs: LONG_MS })
  const blocked = pathOf(folder) === '' || passphrase.length < SHORTEST
  return (
    <Modal open title={t('backups.action.export')} footer={null} onCancel={onClose}>
      <form
        className="sd-stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!blocked) write.mutate({ folder: pathOf(folder), passphrase, history })
        }}
      >
        <p className="sd-quiet">{t('backups.exportPurpose')}</p>
        <Field label={t('backups.folder')} hint={t('backups.folderHint')}>
          {(id) => <Input id={id} value={folder} onChange={(event) => setFolder(event.target.value)} />}
        </Field>
        <Field label={t('backups.passphrase')} hint={t('backups.passphraseHint')}>
          {(id) => (
            <Input.Password
              id={id}
              autoComplete="new-password"
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          )}
        </Field>
        <Checkbox checked={history} onChange={(event) => setHistory(event.target.checked)}>
          {t('backups.withHistory')}
        </Checkbox>
        {write.error ? <ErrorState error={write.error} /> : null}
        {write.data ? (
          <Notice tone="good">
            <strong>{t('backups.exported', { size: formatBytes(write.data.bytes) })}</strong>
            <Code>{write.data.path}</Code>
          </Notice>
        ) : null}
        <div className="sd-actions sd-actions-end">
          <Button onClick={onClose}>{t('common.action.close')}</Button>
          <Button type="primary" htmlType="submit" disabled={blocked} loading={write.isPending}>
            {t('backups.action.export')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
