import { Input, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useWrite } from '../../api/queries.ts'
import { ErrorState } from '../../ui/states.tsx'

const NOTHING = { roomId: '', device_code: '', user_code: '', note: '' }

/** Links two or three of a room, a meter and an account by hand. */
export function LinkDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const [link, setLink] = useState(NOTHING)
  const save = useWrite('water.link', {
    onSuccess: () => {
      setLink(NOTHING)
      onClose()
    },
  })
  const set = (change: Partial<typeof NOTHING>) => setLink({ ...link, ...change })
  const filled = [link.roomId, link.device_code, link.user_code].filter((part) => part.trim() !== '').length
  const given = Object.fromEntries(
    Object.entries(link).flatMap(([key, value]) => (value.trim() === '' ? [] : [[key, value.trim()]])),
  )
  return (
    <Modal
      open={open}
      title={t('water.links.addTitle')}
      okText={t('water.links.save')}
      cancelText={t('common.action.cancel')}
      okButtonProps={{ disabled: filled < 2, loading: save.isPending }}
      onOk={() => save.mutate(given)}
      onCancel={onClose}
      destroyOnHidden
    >
      <div className="sd-stack">
        <RoomField value={link.roomId} onChange={(roomId) => set({ roomId })} />
        <Field label={t('water.device')} value={link.device_code} onChange={(v) => set({ device_code: v })} />
        <Field label={t('water.userCode')} value={link.user_code} onChange={(v) => set({ user_code: v })} />
        <Field label={t('water.links.note')} value={link.note} onChange={(note) => set({ note })} />
        {filled < 2 ? <p className="sd-quiet">{t('water.links.tooFew')}</p> : null}
        {save.error ? <ErrorState error={save.error} /> : null}
      </div>
    </Modal>
  )
}

function Field(props: { label: string; value: string; onChange: (next: string) => void }) {
  const id = useId()
  return (
    <div className="sd-field">
      <label htmlFor={id}>{props.label}</label>
      <Input
        id={id}
        autoComplete="off"
        maxLength={200}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  )
}

const SHOWN = 20

function RoomField({ value, onChange }: { value: string; onChange: (next: string) => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [query, setQuery] = useState('')
  const found = useRead('rooms.search', { query, limit: SHOWN }, { enabled: query !== '' })
  const options = (found.data?.rows ?? [])
    .filter((row) => row.selectable)
    .map((row) => ({ value: row.id, label: row.path.join(' / ') }))
  return (
    <div className="sd-field">
      <label htmlFor={id}>{t('water.links.room')}</label>
      <Select
        id={id}
        allowClear
        placeholder={t('water.links.roomHint')}
        value={value === '' ? null : value}
        showSearch={{ filterOption: false, onSearch: setQuery }}
        options={options}
        onChange={(next: string | null | undefined) => onChange(next ?? '')}
      />
    </div>
  )
}
