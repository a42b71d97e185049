import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReconciliationDay } from '#shared/contract/reconciliation.ts'
import { useWrite } from '../../api/queries.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { Facts } from '../../ui/figures.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'
import { CLASSES, restOf } from './classes.ts'

export function SignDay({ day }: { day: ReconciliationDay }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const mayNot = useWhyNot('reconciliation.sign')
  const state = useRefusal(day)
  const reason = mayNot ?? state
  if (day.state === 'signed') return null
  return (
    <>
      <WithReason reason={reason}>
        <Button
          type={day.state === 'complete' ? 'primary' : 'default'}
          disabled={reason !== null}
          onClick={() => setAsking(true)}
        >
          {t('reconciliation.sign.action')}
        </Button>
      </WithReason>
      <Modal
        open={asking}
        title={t('reconciliation.sign.title', { day: day.day })}
        footer={null}
        onCancel={() => setAsking(false)}
        destroyOnHidden
      >
        <SignForm day={day} onDone={() => setAsking(false)} />
      </Modal>
    </>
  )
}

function useRefusal(day: ReconciliationDay): string | null {
  const { t } = useTranslation()
  if (day.state === 'running') return t('reconciliation.sign.running')
  return day.state === 'none' || day.state === 'partial' ? t('reconciliation.sign.notRun') : null
}

function SignForm({ day, onDone }: { day: ReconciliationDay; onDone: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const sign = useWrite('reconciliation.sign', { onSuccess: onDone })
  const lacks = restOf(day) > 0 && note.trim() === ''
  const submit = () => {
    setTried(true)
    if (!lacks && !sign.isPending)
      sign.mutate({ day: day.day, ...(note.trim() ? { note: note.trim() } : {}) })
  }
  const facts = CLASSES.map((one) => ({
    label: t(`reconciliation.class.${one}`),
    value: <span className="sd-figure">{day[one].count}</span>,
  }))
  return (
    <div className="sd-stack">
      <Facts facts={facts} />
      <div className="sd-field">
        <label htmlFor={id}>{t('reconciliation.sign.note')}</label>
        <Input.TextArea
          id={id}
          rows={3}
          maxLength={400}
          placeholder={t('reconciliation.sign.noteHint')}
          value={note}
          status={tried && lacks ? 'error' : ''}
          onChange={(event) => setNote(event.target.value)}
        />
        <span className="sd-complaint" role="alert">
          {tried && lacks ? t('reconciliation.sign.noteNeeded') : null}
        </span>
      </div>
      <p className="sd-quiet">{t('reconciliation.sign.text')}</p>
      {sign.error ? <ErrorState error={sign.error} /> : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={onDone}>{t('common.action.cancel')}</Button>
        <Button type="primary" loading={sign.isPending} onClick={submit}>
          {t('reconciliation.sign.action')}
        </Button>
      </div>
    </div>
  )
}
