import { Button, Input, Modal, Segmented } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { readPreference, writePreference } from '../../app/preferences.ts'
import { ErrorState } from '../../ui/states.tsx'
import { HOWS, type How } from './hows.ts'

interface Told {
  readonly id: string
  readonly path: readonly string[]
}

/** Who was told of a low balance, and how. */
export function TellDialog({ room, onClose }: { room: Told | null; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      open={room !== null}
      title={room === null ? '' : t('rooms.told.title', { room: room.path.join(' / ') })}
      footer={null}
      width={460}
      onCancel={onClose}
      destroyOnHidden
    >
      {room === null ? null : <TellForm roomId={room.id} onDone={onClose} />}
    </Modal>
  )
}

function TellForm({ roomId, onDone }: { roomId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [how, setHow] = useState<How>(() => readPreference('rooms.told.how', HOWS, 'phone'))
  const [note, setNote] = useState('')
  const tell = useWrite('rooms.tell', { onSuccess: onDone })
  const submit = () => {
    if (tell.isPending) return
    writePreference('rooms.told.how', how)
    tell.mutate({ roomId, how, ...(note.trim() ? { note: note.trim() } : {}) })
  }
  return (
    <div className="sd-stack">
      <div className="sd-field">
        <span>{t('rooms.told.how')}</span>
        <Segmented<How>
          aria-label={t('rooms.told.how')}
          value={how}
          onChange={setHow}
          options={HOWS.map((value) => ({ value, label: t(`rooms.told.howName.${value}`) }))}
        />
      </div>
      <div className="sd-field">
        <label htmlFor={id}>{t('rooms.told.note')}</label>
        <Input
          id={id}
          autoFocus
          maxLength={400}
          placeholder={t('rooms.told.noteHint')}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          onPressEnter={submit}
        />
      </div>
      {tell.error ? <ErrorState error={tell.error} /> : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={onDone}>{t('common.action.cancel')}</Button>
        <Button type="primary" loading={tell.isPending} onClick={submit}>
          {t('rooms.told.action')}
        </Button>
      </div>
    </div>
  )
}
