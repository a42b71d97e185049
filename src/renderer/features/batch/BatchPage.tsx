import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useRead, useWrite } from '../../api/queries.ts'
import { codeOf } from '../../app/i18n/dynamic.ts'
import { MayButton } from '../../app/why-not.tsx'
import type { Filter } from '../../ui/filters.ts'
import { DetailPage } from '../../ui/DetailPage.tsx'
import { State } from '../../ui/figures.tsx'
import { ListPart } from '../../ui/ListPart.tsx'
import { NotThere } from '../../ui/NotThere.tsx'
import { Notice, Reading } from '../../ui/states.tsx'
import { BatchActions } from './BatchActions.tsx'
import { BatchProgress } from './BatchProgress.tsx'
import { batchFacts } from './facts.tsx'
import { rowColumns } from './columns.tsx'
import { RepeatDialog } from './RepeatDialog.tsx'
import { BATCH_TONES, type Batch, type BatchRow } from './tones.ts'
import { useBatchJob } from './use-batch-job.ts'
import './batch.css'

/** One sheet: its dry run, then every row as it is posted. */
export function BatchPage() {
  const { t } = useTranslation()
  const { batchId = '' } = useParams()
  const batch = useRead('recharge.batchGet', { id: batchId }, { keepPrevious: false })
  if (batch.error && codeOf(batch.error) === 'NOT_FOUND')
    return (
      <NotThere
        what={t('batch.notFound')}
        action={
          <Link to="/recharge/batch">
            <Button>{t('batch.back')}</Button>
          </Link>
        }
      />
    )
  return (
    <Reading read={batch} lines={12}>
      {(data) => <OneBatch key={data.id} batch={data} />}
    </Reading>
  )
}

function OneBatch({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  const job = useBatchJob(batch.id)
  const [asking, setAsking] = useState<BatchRow | 'all' | null>(null)
  return (
    <DetailPage
      title={batch.fileName}
      purpose={t('batch.purpose')}
      back={{ to: '/recharge/batch', label: t('batch.back') }}
      state={<State tone={BATCH_TONES[batch.state]}>{t(`batch.stateName.${batch.state}`)}</State>}
      actions={<BatchActions batch={batch} job={job} />}
      facts={batchFacts(batch, t)}
      main={
        <div className="sd-stack">
          {job ? <BatchProgress job={job} /> : null}
          {batch.sameRows > 0 ? <Same batch={batch} onRepeat={() => setAsking('all')} /> : null}
          {batch.errors > 0 ? <Notice>{t('batch.hasErrors', { n: batch.errors })}</Notice> : null}
          <Rows batch={batch} onRepeat={setAsking} />
          <RepeatDialog batch={batch} rows={asking} onClose={() => setAsking(null)} />
        </div>
      }
    />
  )
}

function Same({ batch, onRepeat }: { batch: Batch; onRepeat: () => void }) {
  const { t } = useTranslation()
  const nothingNew = batch.sameRows === batch.rows - batch.errors
  return (
    <Notice tone={nothingNew ? 'attention' : 'neutral'}>
      <span>{nothingNew ? t('batch.same') : t('batch.someSame', { n: batch.sameRows })}</span>
      <div className="sd-actions">
        <MayButton operation="recharge.batchRepeat" size="small" onClick={onRepeat}>
          {t('batch.repeat.all', { n: batch.sameRows })}
        </MayButton>
      </div>
    </Notice>
  )
}

function Rows({ batch, onRepeat }: { batch: Batch; onRepeat: (row: BatchRow) => void }) {
  const { t } = useTranslation()
  const { mutate } = useWrite('recharge.batchRepeat')
  const columns = useMemo(
    () =>
      rowColumns(t, {
        onRepeat,
        onTakeBack: ({ row }) => mutate({ id: batch.id, repeat: false, rows: [row] }),
      }),
    [t, onRepeat, mutate, batch.id],
  )
  const filters: readonly Filter[] = [
    {
      kind: 'select',
      key: 'only',
      label: t('batch.only'),
      options: [
        { value: 'errors', label: t('batch.onlyErrors') },
        { value: 'same', label: t('batch.onlySame') },
      ],
    },
  ]
  return (
    <ListPart
      operation="recharge.batchRows"
      label={t('batch.rows')}
      exportName={batch.fileName.replace(/\.[^.]+$/, '').slice(0, 80)}
      columns={columns}
      filters={filters}
      input={({ only }) => ({
        id: batch.id,
        ...(only === 'errors' ? { onlyErrors: true } : {}),
        ...(only === 'same' ? { onlySame: true } : {}),
      })}
      rowKey={(row) => String(row.row)}
      export="recharge.batchRows"
      lines={14}
      empty={{ what: t('batch.rowsEmpty') }}
    />
  )
}
