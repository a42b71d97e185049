import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useRead } from '../../api/queries.ts'
import type { Filter } from '../../ui/filters.ts'
import { DetailPage } from '../../ui/DetailPage.tsx'
import { State } from '../../ui/figures.tsx'
import { ListPart } from '../../ui/ListPart.tsx'
import { EmptyState, Notice, Reading } from '../../ui/states.tsx'
import { BatchActions } from './BatchActions.tsx'
import { BatchProgress } from './BatchProgress.tsx'
import { batchFacts } from './facts.tsx'
import { rowColumns } from './columns.tsx'
import { BATCH_TONES, sameOf, type Batch } from './tones.ts'
import { useBatchJob } from './use-batch-job.ts'
import './batch.css'

/** The newest ones; older batches are history. */
const MOST_BATCHES = 1000

/** One sheet: its dry run, then every row as it is posted. */
export function BatchPage() {
  const { t } = useTranslation()
  const { batchId = '' } = useParams()
  const list = useRead('recharge.batchList', { limit: MOST_BATCHES })
  return (
    <Reading read={list} lines={12}>
      {({ rows }) => {
        const batch = rows.find(({ id }) => id === batchId)
        return batch ? (
          <OneBatch key={batch.id} batch={batch} />
        ) : (
          <EmptyState
            what={t('batch.notFound')}
            action={
              <Link to="/recharge/batch">
                <Button>{t('batch.back')}</Button>
              </Link>
            }
          />
        )
      }}
    </Reading>
  )
}

/** Rows looked at to tell whether the file has anything new. */
const LOOKED_AT = 1000

function OneBatch({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  const job = useBatchJob(batch.id)
  const first = useRead('recharge.batchRows', { id: batch.id, limit: LOOKED_AT }).data
  const { same, all } = sameOf(first?.rows ?? [])
  const nothingNew = all && first !== undefined && first.total === first.rows.length
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
