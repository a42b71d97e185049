import { Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { JobRow } from '#shared/contract/jobs.ts'

export function BatchProgress({ job }: { job: JobRow }) {
  const { t } = useTranslation()
  const percent = job.total ? Math.min(99, Math.floor((job.done / job.total) * 100)) : 0
  return (
    <div className="batch-progress" role="status">
      <span>{t('batch.stateName.running')}</span>
      <Progress
        percent={percent}
        showInfo={false}
        size="small"
        status="normal"
        aria-label={t('batch.stateName.running')}
      />
      <span className="sd-figure sd-quiet">
        {job.total === null ? job.done : t('batch.progress', { done: job.done, total: job.total })}
      </span>
    </div>
  )
}
