import { Button, Input, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'
import { Money, Time } from '../../ui/figures.tsx'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { Refusal, useBlockerNames } from '../updates/Refusal.tsx'
import { Changes } from './Changes.tsx'
import { Field } from './Field.tsx'
import { FileFields } from './FileFields.tsx'
import { LONG_MS, type From } from './rows.ts'

type Preview = Output<'backups.preview'>

/** The way back: which copy, what would change, typed confirmation, and what it did. */
export function RestoreDialog(props: { from: From | null; onClose: () => void }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<From | null>(props.from)
  const look = useWrite('backups.preview', { timeoutMs: LONG_MS })
  const ask = (from: From) => {
    setChosen(from)
    look.mutate({ from })
  }
  const started = props.from
  const { mutate } = look
  useEffect(() => {
    if (started) mutate({ from: started })
  }, [started, mutate])
  return (
    <Modal
      open
      width={860}
      style={{ top: 24 }}
      title={t('backups.action.restore')}
      footer={null}
      onCancel={props.onClose}
    >
      <div className="sd-stack">
        {started === null ? <FileFields busy={look.isPending} verb={t('backups.look')} onUse={ask} /> : null}
        {look.isPending ? <p className="sd-quiet">{t('backups.looking')}</p> : null}
        {look.error ? <ErrorState error={look.error} /> : null}
        {look.error && started?.place === 'second' ? <SecondPassphrase from={started} onUse={ask} /> : null}
        {look.data && chosen ? <Confirm preview={look.data} from={chosen} onClose={props.onClose} /> : null}
      </div>
    </Modal>
  )
}

/** A copy that was sealed with another passphrase than that of today. */
function SecondPassphrase({ from, onUse }: { from: From; onUse: (from: From) => void }) {
  const { t } = useTranslation()
  const [passphrase, setPassphrase] = useState('')
  return (
    <Field label={t('backups.passphrase')}>
      {(id) => (
        <Input.Password
          id={id}
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
          onPressEnter={() => onUse({ ...from, passphrase } as From)}
        />
      )}
    </Field>
  )
}

function Confirm({ preview, from, onClose }: { preview: Preview; from: From; onClose: () => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const restore = useWrite('backups.restore', { timeoutMs: LONG_MS })
  const { problems, warnings, openRecharges, blockers, confirm } = preview
  const refused = problems.length > 0 || openRecharges.length > 0 || blockers.length > 0
  if (restore.data)
    return (
      <Notice tone="good">{t(restore.data.restarting ? 'backups.restarting' : 'backups.atNextStart')}</Notice>
    )
  return (
    <form
      className="sd-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!refused && typed.trim() === confirm) restore.mutate({ from, confirm })
      }}
    >
      <p>
        {t('backups.willReturn')} <Time at={preview.madeAt} />
      </p>
      {[...problems, ...warnings].map((text) => (
        <Notice key={text} tone={problems.includes(text) ? 'bad' : 'attention'}>
          {text}
        </Notice>
      ))}
      {openRecharges.length > 0 ? <OpenRecharges rows={openRecharges} /> : null}
      {blockers.length > 0 ? <Waits blockers={blockers} /> : null}
      {preview.file === 'site.db' ? <Changes changes={preview.changes} /> : <p>{t('backups.historyOnly')}</p>}
      <p className="sd-quiet">{t('backups.restoreKeeps')}</p>
      <Field label={t('backups.typeDay', { day: confirm })}>
        {(id) => (
          <Input
            id={id}
            disabled={refused}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <Refusal error={restore.error} waits={(list) => t('backups.waits', { list })} />
      <div className="sd-actions sd-actions-end">
        <Button onClick={onClose}>{t('common.action.cancel')}</Button>
        <Button
          danger
          type="primary"
          htmlType="submit"
          disabled={refused || typed.trim() !== confirm}
          loading={restore.isPending}
        >
          {t('backups.action.restoreNow')}
        </Button>
      </div>
    </form>
  )
}

function Waits({ blockers }: Pick<Preview, 'blockers'>) {
  const { t } = useTranslation()
  const names = useBlockerNames()
  return (
    <Notice tone="bad">
      <strong>{t('backups.waits', { list: names(blockers) })}</strong>
    </Notice>
  )
}

function OpenRecharges({ rows }: { rows: Preview['openRecharges'] }) {
  const { t } = useTranslation()
  return (
    <Notice tone="bad">
      <strong>{t('errors.RECHARGE_OPEN.what')}</strong>
      <span>{t('errors.RECHARGE_OPEN.todo')}</span>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <span className="sd-code">{row.outTradeNo}</span> {row.room} <Money fen={row.amountFen} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}
