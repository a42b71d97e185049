import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead, useWrite } from '../../api/queries.ts'
import { useMay } from '../../app/site.tsx'

/** How far the comparison is: its events move the bar. */
export function RunningLine({ jobId }: { jobId: string }) {
  const { t } = useTranslation()
  const job = useRead('jobs.get', { id: jobId }, { keepPrevious: false }).data
  const cancel = useWrite('jobs.cancel')
  const may = useMay('supervisor')
  const { done, total } = { done: job?.done ?? 0, total: job?.total ?? null }
  const stopping = cancel.isPending || cancel.isSuccess
  return (
    <div className="rec-running" role="status">
      <span>{t('reconciliation.stateName.running')}</span>
      <Progress
        percent={total === null || total === 0 ? 0 : Math.floor((done / total) * 100)}
        showInfo={false}
        size="small"
        status="normal"
        aria-label={t('reconciliation.stateName.running')}
      />
      <span className="sd-quiet sd-figure">
        {total === null ? done : t('reconciliation.roomsOf', { done, total })}
      </span>
      {may ? (
        <Button size="small" disabled={stopping} onClick={() => cancel.mutate({ id: jobId })}>
          {stopping ? t('reconciliation.stopping') : t('reconciliation.stop')}
        </Button>
      ) : null}
    </div>
  )
}
