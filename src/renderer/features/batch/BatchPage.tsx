import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useRead } from '../../api/queries.ts'
import { codeOf } from '../../app/i18n/dynamic.ts'
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
import { BATCH_TONES, type Batch } from './tones.ts'
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
  const { sameRows: same } = batch
  const nothingNew = same > 0 && same === batch.rows - batch.errors
  return (
    <DetailPage
      title={batch.fileName}
      purpose={t('batch.purpose')}
      back={{ to: '/recharge/batch', label: t('batch.back') }}
      state={<State tone={BATCH_TONES[batch.state]}>{t(`batch.stateName.${batch.state}`)}</State>}
      actions={<BatchActions batch={batch} job={job} nothingNew={nothingNew} />}
      facts={batchFacts(batch, t)}
      main={
        <div className="sd-stack">
          {job ? <BatchProgress job={job} /> : null}
          {nothingNew && batch.state === 'checked' ? <Notice>{t('batch.same')}</Notice> : null}
          {same > 0 && !nothingNew ? (
            <Notice tone="neutral">{t('batch.someSame', { n: same })}</Notice>
          ) : null}
          {batch.errors > 0 ? <Notice>{t('batch.hasErrors', { n: batch.errors })}</Notice> : null}
          <Rows batch={batch} />
        </div>
      }
    />
  )
}

function Rows({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  const columns = useMemo(() => rowColumns(t), [t])
  const filters: readonly Filter[] = [
    {
      kind: 'select',
      key: 'only',
      label: t('batch.only'),
      options: [{ value: 'errors', label: t('batch.onlyErrors') }],
    },
  ]
  return (
    <ListPart
      operation="recharge.batchRows"
      label={t('batch.rows')}
      exportName={batch.fileName.replace(/\.[^.]+$/, '').slice(0, 80)}
      columns={columns}
      filters={filters}
      input={({ only }) => ({ id: batch.id, ...(only === 'errors' ? { onlyErrors: true } : {}) })}
      rowKey={(row) => String(row.row)}
      export="recharge.batchRows"
      lines={14}
      empty={{ what: t('batch.rowsEmpty') }}
    />
  )
}
