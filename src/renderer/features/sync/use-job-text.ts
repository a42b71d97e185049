import { useTranslation } from 'react-i18next'
import { dataset } from './dataset.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { formatBytes } from '../../app/format.ts'
import { useFormat } from '../../app/site.tsx'
import { kindKey, spanOf } from './job-text.ts'
import { durationParts } from './progress.ts'

type Line = JobRow['report'][number]

/** What a job is, does and found, in the operator's words. */
export function useJobText() {
  const { t, i18n } = useTranslation()
  const code = useCodeText()
  const format = useFormat()
  /** a fault of a newer core shows its own name */
  const reason = (fault: string) => {
    const key = `sync.reason.${fault}`
    return i18n.exists(key) ? (t as unknown as (key: string) => string)(key) : fault
  }
  /** instants become days, datasets their names, so that the texts can name them */
  const readable = (data: Readonly<Record<string, unknown>> | undefined) => {
    // a step says which page it reads only from the first one on
    const values: Record<string, unknown> = { page: 1, ...data }
    for (const key of ['day', 'from'])
      if (typeof values[key] === 'number') values[key] = format.date(values[key])
    if (typeof values['to'] === 'number') values['to'] = format.date(values['to'] - 1)
    for (const [key, value] of Object.entries(values))
      if (key.endsWith('Bytes') && typeof value === 'number') values[key] = formatBytes(value)
    const which = dataset(values['dataset'])
    if (which) values['dataset'] = t(`sync.dataset.${which}`)
    if (typeof values['reason'] === 'string') values['reason'] = reason(values['reason'])
    return values
  }
  const duration = (ms: number) =>
    durationParts(ms)
      .map(({ unit, n }) => t(`sync.progress.${unit}`, { n }))
      .join(' ')
  return {
    duration,
    kind: (job: Pick<JobRow, 'kind'>) => {
      const key = kindKey(job.kind)
      return key ? t(`sync.kind.${key}`) : job.kind
    },
    step: (job: Pick<JobRow, 'step'>) =>
      job.step ? code('step', job.step.code, readable(job.step.data)) : '',
    line: (line: Line) => code('report', line.code, readable(line.data)),
    span: (job: Pick<JobRow, 'spec'>) => {
      const span = spanOf(job)
      if (!span) return t('sync.jobs.whole')
      return t('sync.jobs.span', { from: format.date(span.from), to: format.date(span.to - 1) })
    },
  }
}
