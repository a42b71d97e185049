import { useTranslation } from 'react-i18next'
import type { JobRow } from '#shared/contract/jobs.ts'
import { fromWire } from '#shared/errors.ts'
import { useErrorText } from '../../app/i18n/dynamic.ts'
import { State, type Tone } from '../../ui/figures.tsx'
import { useJobText } from './use-job-text.ts'

const TONES: Readonly<Record<JobRow['report'][number]['level'], Tone>> = {
  info: 'neutral',
  warning: 'attention',
  error: 'bad',
}

/** What a job found, line by line; what went wrong comes first, with its cure. */
export function JobReport({ job }: { job: JobRow }) {
  const { t } = useTranslation()
  const text = useJobText()
  return (
    <div className="sync-report">
      {job.error ? <JobError error={job.error} /> : null}
      {job.report.length === 0 && !job.error ? (
        <span className="sd-quiet">{t('sync.jobs.noReport')}</span>
      ) : (
        <ul>
          {job.report.map((line, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines are only ever added at the end
            <li key={i}>
              <State tone={TONES[line.level]}>{text.line(line)}</State>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function JobError({ error }: { error: NonNullable<JobRow['error']> }) {
  const { what, todo, code, detail } = useErrorText()(fromWire(error))
  return (
    <div className="sd-message" data-tone="bad">
      <strong>{what}</strong>
      <span>{todo}</span>
      <span className="sd-quiet">
        <code>{code}</code> {detail}
      </span>
    </div>
  )
}
