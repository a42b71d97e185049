import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { useWrite } from '../../../api/queries.ts'
import { Refused } from '../Refused.tsx'
import type { Profession } from './ProfessionsPage.tsx'

export type Editing = { readonly kind: 'new' } | { readonly kind: 'rename'; readonly profession: Profession }

interface DialogProps {
  /** null: closed */
  readonly editing: Editing | null
  readonly rows: readonly Profession[]
  readonly onClose: () => void
}

export function ProfessionDialog({ editing, rows, onClose }: DialogProps) {
  const { t } = useTranslation()
  const title = editing?.kind === 'rename' ? t('charging.professions.rename') : t('charging.professions.add')
  return (
    <Modal open={editing !== null} title={title} footer={null} width={420} onCancel={onClose} destroyOnHidden>
      {editing === null ? null : <ProfessionForm editing={editing} rows={rows} onClose={onClose} />}
    </Modal>
  )
}

/** A number that is taken is another's: saving it would rename that one. */
function idComplaint(t: TFunction, text: string, rows: readonly Profession[]): string | null {
  if (!/^[1-9]\d?$/.test(text)) return t('charging.professions.idWrong')
  const taken = rows.find(({ professionId }) => professionId === Number(text))
  return taken ? t('charging.professions.idTaken', { id: text, name: taken.professionName }) : null
}

const freeId = (rows: readonly Profession[]): string =>
  String(Math.max(0, ...rows.map(({ professionId }) => professionId)) + 1)

function ProfessionForm({ editing, rows, onClose }: DialogProps & { editing: Editing }) {
  const { t } = useTranslation()
  const id = useId()
  const known = editing.kind === 'rename' ? editing.profession : null
  const [number, setNumber] = useState(known ? String(known.professionId) : freeId(rows))
  const [name, setName] = useState(known?.professionName ?? '')
  const [tried, setTried] = useState(false)
  const save = useWrite('professions.save', { onSuccess: onClose })
  const badId = known ? null : idComplaint(t, number.trim(), rows)
  const badName = name.trim() === '' || name.trim().length > 20 ? t('charging.professions.nameNeeded') : null
  const submit = () => {
    setTried(true)
    if (badId === null && badName === null && !save.isPending)
      save.mutate({ professionId: Number(number), professionName: name.trim() })
  }
  return (
    <div className="sd-stack">
      <div className="sd-field">
        <label htmlFor={`${id}-number`}>{t('charging.professions.id')}</label>
        <Input
          id={`${id}-number`}
          inputMode="numeric"
          disabled={known !== null}
          maxLength={2}
          value={number}
          status={tried && badId ? 'error' : ''}
          onChange={(event) => setNumber(event.target.value)}
          onPressEnter={submit}
          style={{ width: 100 }}
        />
        <Complaint text={tried ? badId : null} />
      </div>
      <div className="sd-field">
        <label htmlFor={`${id}-name`}>{t('charging.professions.name')}</label>
        <Input
          id={`${id}-name`}
          autoFocus
          maxLength={20}
          value={name}
          status={tried && badName ? 'error' : ''}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={submit}
        />
        <Complaint text={tried ? badName : null} />
      </div>
      <Refused error={save.error} />
      <div className="sd-actions sd-actions-end">
        <Button onClick={onClose}>{t('common.action.cancel')}</Button>
        <Button type="primary" loading={save.isPending} onClick={submit}>
          {t('common.action.save')}
        </Button>
      </div>
    </div>
  )
}

const Complaint = ({ text }: { text: string | null }) => (
  <span className="sd-complaint" role="alert">
    {text}
  </span>
)
