import { Button, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tender } from '#shared/contract/values.ts'
import { moneyWords } from '#shared/money-words.ts'
import { useWrite } from '../../api/queries.ts'
import { Facts, Money } from '../../ui/figures.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { TENDERS } from '../recharge/remembered.ts'
import type { Batch } from './tones.ts'

/** How many rows, how much money, how it was paid: seen once more before anything is posted. */
export function StartDialog({ batch, onClose }: { batch: Batch | null; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      open={batch !== null}
      title={t('batch.confirm.title')}
      footer={null}
      width={480}
      onCancel={onClose}
      destroyOnHidden
    >
      {batch === null ? null : <StartForm batch={batch} onDone={onClose} />}
    </Modal>
  )
}

function StartForm({ batch, onDone }: { batch: Batch; onDone: () => void }) {
  const { t } = useTranslation()
  const [tender, setTender] = useState<Tender>(batch.tender ?? 'transfer')
  const start = useWrite('recharge.batchStart', { onSuccess: onDone })
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          { label: t('batch.fileName'), value: batch.fileName },
          { label: t('batch.confirm.rows'), value: batch.postRows },
          {
            label: t('batch.toPostFen'),
            value: (
              <span className="batch-plain">
                <Money fen={batch.postFen} large />
              </span>
            ),
          },
          { label: t('batch.words'), value: moneyWords(batch.postFen) },
        ]}
      />
      <div className="sd-field">
        <span>{t('batch.tender')}</span>
        <Segmented<Tender>
          aria-label={t('batch.tender')}
          value={tender}
          onChange={setTender}
          options={TENDERS.map((value) => ({ value, label: t(`recharge.tender.${value}`) }))}
        />
      </div>
      <p className="sd-quiet">{t('batch.confirm.text')}</p>
      {start.error ? <ErrorState error={start.error} /> : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={onDone}>{t('common.action.cancel')}</Button>
        <Button
          type="primary"
          loading={start.isPending}
          onClick={() => start.mutate({ id: batch.id, tender })}
        >
          {t(batch.state === 'checked' ? 'batch.start' : 'batch.resume')}
        </Button>
      </div>
    </div>
  )
}
