import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { ErrorState } from '../../ui/states.tsx'
import { readAmount } from '../recharge/amount.ts'
import { MoneyField } from './MoneyField.tsx'

export type Direction = 'in' | 'out'

/** Cash into the drawer or out of it, with what it is for. */
export function CashDialog({ direction, onClose }: { direction: Direction | null; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      open={direction !== null}
      title={direction === null ? '' : t(`shifts.cash.${direction}Title`)}
      footer={null}
      width={420}
      onCancel={onClose}
      destroyOnHidden
    >
      {direction === null ? null : <CashForm key={direction} direction={direction} onDone={onClose} />}
    </Modal>
  )
}

function CashForm({ direction, onDone }: { direction: Direction; onDone: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [text, setText] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const cash = useWrite('shifts.cash', { onSuccess: onDone })
  const amount = readAmount(text)
  const lacks = reason.trim().length < 2
  const submit = () => {
    setTried(true)
    if ('fen' in amount && !lacks && !cash.isPending)
      cash.mutate({ direction, amountFen: amount.fen, reason: reason.trim() })
  }
  return (
    <div className="sd-stack">
      <MoneyField
        label={t('shifts.cash.amount')}
        {...{ text, amount, tried }}
        onChange={setText}
        onEnter={() => document.querySelector<HTMLElement>(`[id="${id}"]`)?.focus()}
      />
      <div className="sd-field">
        <label htmlFor={id}>{t('shifts.cash.reason')}</label>
        <Input
          id={id}
          maxLength={200}
          placeholder={t('shifts.cash.reasonHint')}
          value={reason}
          status={tried && lacks ? 'error' : ''}
          onChange={(event) => setReason(event.target.value)}
          onPressEnter={submit}
        />
        <span className="sd-complaint" role="alert">
          {tried && lacks ? t('shifts.cash.reasonNeeded') : null}
        </span>
      </div>
      {cash.error ? <ErrorState error={cash.error} /> : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={onDone}>{t('common.action.cancel')}</Button>
        <Button type="primary" loading={cash.isPending} onClick={submit}>
          {t(`shifts.cash.${direction}`)}
        </Button>
      </div>
    </div>
  )
}
