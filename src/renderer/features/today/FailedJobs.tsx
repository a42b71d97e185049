import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { JobRow } from '#shared/contract/jobs.ts'
import { Panel } from '../../ui/DeskPage.tsx'
import { State, Time } from '../../ui/figures.tsx'
import { JobReport } from '../sync/JobReport.tsx'
import { useJobText } from '../sync/use-job-text.ts'
import { failedJobs } from './tiles.ts'

/** The last run of each kind of work, where it did not come to its end. */
export function FailedJobs({ jobs }: { jobs: readonly JobRow[] }) {
  const { t } = useTranslation()
  const text = useJobText()
  const failed = failedJobs(jobs)
  if (failed.length === 0) return null
  return (
    <Panel title={t('today.failedJobs')} extra={<Link to="/sync?tab=jobs">{t('today.open')}</Link>}>
      {failed.map((job) => (
        <div key={job.id}>
          <div className="today-source">
            <strong>{text.kind(job)}</strong>
            <State tone={job.state === 'failed' ? 'bad' : 'attention'}>{t(`sync.state.${job.state}`)}</State>
            <Time at={job.endedAt ?? job.updatedAt} />
          </div>
          <JobReport job={job} />
        </div>
      ))}
    </Panel>
  )
}
