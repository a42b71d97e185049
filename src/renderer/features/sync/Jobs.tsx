import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input } from '#shared/contract/index.ts'
import type { JobRow, JobState } from '#shared/contract/jobs.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { MayButton } from '../../app/why-not.tsx'
import type { Column } from '../../ui/column.ts'
import { Facts, State, Time, type Tone } from '../../ui/figures.tsx'
import { ListPart } from '../../ui/ListPart.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { isActive, tookMs } from './job-text.ts'
import { JobReport } from './JobReport.tsx'
import { RunningJob } from './RunningJob.tsx'
import { useJobText } from './use-job-text.ts'

const STATES: readonly JobState[] = ['queued', 'running', 'done', 'partial', 'failed', 'cancelled']

const TONES: Readonly<Record<JobState, Tone>> = {
  queued: 'neutral',
  running: 'neutral',
  done: 'neutral',
  partial: 'attention',
  failed: 'bad',
  cancelled: 'neutral',
}

/** Every run with its report, the newest first. */
export function Jobs() {
  const { t } = useTranslation()
  const text = useJobText()
  const columns = useMemo(() => jobColumns(t, text), [t, text])
  return (
    <ListPart
      operation="jobs.list"
      export="jobs.list"
      label={t('sync.jobs.title')}
      columns={columns}
      filters={[
        {
          kind: 'select',
          key: 'state',
          label: t('sync.jobs.state'),
          options: STATES.map((value) => ({ value, label: t(`sync.state.${value}`) })),
        },
      ]}
      input={({ state }) => {
        const known = STATES.find((one) => one === state)
        return known ? { state: [known] } : {}
      }}
      rowKey={(row) => row.id}
      exportName={t('sync.jobs.exportName')}
      empty={{ what: t('sync.jobs.empty'), todo: t('sync.jobs.emptyTodo') }}
      drawer={{ title: text.kind, body: oneJob }}
    />
  )
}

const oneJob = (row: JobRow) => <OneJob id={row.id} first={row} />

function jobColumns(t: TFunction, text: ReturnType<typeof useJobText>): readonly Column<JobRow>[] {
  return [
    {
      key: 'createdAt',
      title: t('sync.jobs.started'),
      width: 110,
      render: (row) => <Time at={row.createdAt} />,
      export: { format: 'time' },
    },
    { key: 'kind', title: t('sync.jobs.kind'), width: 160, render: (row) => text.kind(row) },
    {
      key: 'spec',
      title: t('meters.span.label'),
      width: 150,
      render: (row) => text.span(row),
      export: false,
    },
    {
      key: 'state',
      title: t('sync.jobs.state'),
      width: 110,
      render: (row) => <State tone={TONES[row.state]}>{t(`sync.state.${row.state}`)}</State>,
      export: {
        format: 'text',
        words: Object.fromEntries(STATES.map((state) => [state, t(`sync.state.${state}`)])),
      },
    },
    {
      key: 'done',
      title: t('sync.jobs.progress'),
      width: 100,
      align: 'right',
      render: (row) => (
        <span className="sd-figure">{row.total === null ? row.done : `${row.done} / ${row.total}`}</span>
      ),
      export: { format: 'integer' },
    },
    {
      key: 'took',
      title: t('sync.jobs.took'),
      width: 110,
      align: 'right',
      render: (row) => text.duration(tookMs(row)),
      export: false,
    },
    {
      key: 'startedBy',
      title: t('sync.jobs.by'),
      width: 100,
      render: (row) => row.startedBy ?? t('sync.jobs.auto'),
    },
  ]
}

/** The job as it is now: the drawer stays true while it runs. */
function OneJob({ id, first }: { id: string; first: JobRow }) {
  const { t } = useTranslation()
  const text = useJobText()
  const job = useRead('jobs.get', { id }, { keepPrevious: false }).data ?? first
  const facts = [
    {
      label: t('sync.jobs.state'),
      value: <State tone={TONES[job.state]}>{t(`sync.state.${job.state}`)}</State>,
    },
    { label: t('meters.span.label'), value: text.span(job) },
    { label: t('sync.jobs.started'), value: <Time at={job.createdAt} /> },
    { label: t('sync.jobs.took'), value: text.duration(tookMs(job)) },
    { label: t('sync.jobs.by'), value: job.startedBy ?? t('sync.jobs.auto') },
  ]
  return (
    <div className="sd-stack">
      {isActive(job) ? <RunningJob job={job} /> : null}
      <Facts facts={facts} />
      <div>
        <h2 className="sync-sub">{t('sync.jobs.report')}</h2>
        <JobReport job={job} />
      </div>
      <Resume job={job} />
    </div>
  )
}

/** The same call goes on where this one stopped. */
function Resume({ job }: { job: JobRow }) {
  const { t } = useTranslation()
  const start = useWrite('sync.start')
  const source = job.kind === 'sync.imr' ? 'imr' : null
  if (source === null || !job.resumable || isActive(job) || job.state === 'done') return null
  const again = { ...job.spec, source } as Input<'sync.start'>
  return (
    <>
      {start.error ? <ErrorState error={start.error} /> : null}
      <MayButton
        operation="sync.start"
        type="primary"
        loading={start.isPending}
        onClick={() => start.mutate(again)}
      >
        {t('sync.jobs.resume')}
      </MayButton>
    </>
  )
}
