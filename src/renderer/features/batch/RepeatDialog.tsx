import { Button, Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { moneyWords } from '#shared/money-words.ts'
import { useWrite } from '../../api/queries.ts'
import { Facts, Money, type Fact } from '../../ui/figures.tsx'
import { ErrorState } from '../../ui/states.tsx'
import type { Batch, BatchRow } from './tones.ts'

interface RepeatProps {
  readonly batch: Batch
  /** one row, or all that another batch posted */
  readonly rows: BatchRow | 'all' | null
  readonly onClose: () => void
}

/** A person says that what another batch posted is to be posted once more: a second payment, under his name. */
export function RepeatDialog({ batch, rows, onClose }: RepeatProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open={rows !== null}
      title={t('batch.repeat.title')}
      footer={null}
      width={480}
      onCancel={onClose}
      destroyOnHidden
    >
      {rows === null ? null : <RepeatForm batch={batch} rows={rows} onDone={onClose} />}
    </Modal>
  )
}

function RepeatForm(props: { batch: Batch; rows: BatchRow | 'all'; onDone: () => void }) {
  const { t } = useTranslation()
  const { batch, rows, onDone } = props
  const [sure, setSure] = useState(false)
  const repeat = useWrite('recharge.batchRepeat', { onSuccess: onDone })
  const only = rows === 'all' ? {} : { rows: [rows.row] }
  return (
    <div className="sd-stack">
      <p>{t('batch.repeat.text')}</p>
      <Facts facts={useFacts(batch, rows)} />
      <Checkbox checked={sure} onChange={(event) => setSure(event.target.checked)}>
        {t('batch.repeat.sure')}
      </Checkbox>
      {repeat.error ? <ErrorState error={repeat.error} /> : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={onDone}>{t('common.action.cancel')}</Button>
        <Button
          type="primary"
          disabled={!sure}
          loading={repeat.isPending}
          onClick={() => repeat.mutate({ id: batch.id, repeat: true, ...only })}
        >
          {t('batch.repeat.confirm')}
        </Button>
      </div>
    </div>
  )
}

function useFacts(batch: Batch, rows: BatchRow | 'all'): readonly Fact[] {
  const { t } = useTranslation()
  const fen = rows === 'all' ? batch.sameFen : (rows.amountFen ?? 0)
  const money: readonly Fact[] = [
    {
      label: t('batch.rowAmount'),
      value: (
        <span className="batch-plain">
          <Money fen={fen} large />
        </span>
      ),
    },
    { label: t('batch.words'), value: moneyWords(fen) },
  ]
  if (rows === 'all') return [{ label: t('batch.confirm.rows'), value: batch.sameRows }, ...money]
  return [
    { label: t('batch.room'), value: rows.room },
    ...money,
    ...(rows.note === '' ? [] : [{ label: t('batch.note'), value: rows.note }]),
    ...(rows.intentId === null
      ? []
      : [
          {
            label: t('batch.repeat.before'),
            value: (
              <Link to={`/recharge/records/${encodeURIComponent(rows.intentId)}`}>{t('batch.openSale')}</Link>
            ),
          },
        ]),
  ]
}
