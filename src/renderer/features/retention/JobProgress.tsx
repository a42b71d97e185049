import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead, useWrite } from '../../api/queries.ts'
import { ErrorState } from '../../ui/states.tsx'
import { isActive } from '../sync/job-text.ts'
import { useJobText } from '../sync/use-job-text.ts'

interface JobProgressProps {
  readonly jobId: string
  /** whose texts; a file that is being written anew cannot be stopped */
  readonly of: 'retention' | 'retention.shrink'
  readonly onClose: () => void
}

/** A job of this page until its end, and what it did. */
export function JobProgress({ jobId, of, onClose }: JobProgressProps) {
  const { t } = useTranslation()
  const text = useJobText()
  const job = useRead('jobs.get', { id: jobId }, { keepPrevious: false }).data
  const cancel = useWrite('jobs.cancel')
  if (!job) return null
  const active = isActive(job)
  const stops = of === 'retention'
  const percent = job.total ? Math.min(99, Math.floor((job.done / job.total) * 100)) : 0
  return (
    <div className="sd-stack">
      <p role="status">
        {active
          ? text.step(job) || t(`${of}.begins`)
          : t(`${of}.end.${job.state === 'done' ? 'done' : 'stopped'}`)}
      </p>
      {active && !stops ? <Progress percent={percent} aria-label={t('retention.shrink.progress')} /> : null}
      <ul>
        {job.report.map((line, i) => (
          <li key={i}>{text.line(line)}</li>
        ))}
      </ul>
      {!active && job.error ? <ErrorState error={job.error} brief /> : null}
      {cancel.error ? <ErrorState error={cancel.error} /> : null}
      <div className="sd-actions sd-actions-end">
        {active && stops ? (
          <Button loading={cancel.isPending} onClick={() => cancel.mutate({ id: jobId })}>
            {t('retention.stop')}
          </Button>
        ) : null}
        {active ? null : (
          <Button type="primary" onClick={onClose}>
            {t('common.action.close')}
          </Button>
        )}
      </div>
    </div>
  )
}
