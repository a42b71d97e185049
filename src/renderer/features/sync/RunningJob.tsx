import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { JobRow } from '#shared/contract/jobs.ts'
import { useWrite } from '../../api/queries.ts'
import { useMay } from '../../app/site.tsx'
import { percentOf } from './progress.ts'
import { useJobRate } from './use-job-rate.ts'
import { useJobText } from './use-job-text.ts'

/** What runs now: the step in words, how far, how fast, how long still; it can be cancelled and left. */
export function RunningJob({ job }: { job: JobRow }) {
  const { t } = useTranslation()
  const text = useJobText()
  const cancel = useWrite('jobs.cancel')
  const may = useMay('supervisor', 'meters', 'installer')
  const stopping = cancel.isPending || cancel.isSuccess
  return (
    <div className="sync-running">
      <div className="sync-running-line">
        <span>
          <strong>{text.kind(job)}</strong> <span className="sd-quiet">{text.step(job)}</span>
        </span>
        {may ? (
          <Button size="small" disabled={stopping} onClick={() => cancel.mutate({ id: job.id })}>
            {stopping ? t('sync.card.cancelling') : t('sync.card.cancel')}
          </Button>
        ) : null}
      </div>
      <Progress
        percent={percentOf(job) ?? 0}
        showInfo={percentOf(job) !== null}
        size="small"
        status="normal"
        aria-label={text.kind(job)}
      />
      <ProgressLine job={job} />
    </div>
  )
}

function ProgressLine({ job }: { job: JobRow }) {
  const { t } = useTranslation()
  const text = useJobText()
  const { perSecond, remainingMs } = useJobRate(job)
  const parts = [
    job.total === null
      ? t('sync.progress.done', { done: job.done })
      : t('sync.progress.doneOf', { done: job.done, total: job.total }),
    perSecond === null ? '' : t('sync.progress.rate', { n: Math.round(perSecond * 60) }),
    remainingMs === null
      ? t('sync.progress.estimating')
      : t('sync.progress.remaining', { time: text.duration(remainingMs) }),
  ]
  return <div className="sd-quiet sd-figure">{parts.filter(Boolean).join(' · ')}</div>
}
