import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { JobRow } from '#shared/contract/jobs.ts'
import type { Output } from '#shared/contract/index.ts'
import { MINUTE } from '#shared/time.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { useErrorText } from '../../app/i18n/dynamic.ts'
import { Facts, State, type Fact, type Tone } from '../../ui/figures.tsx'
import { AsOf } from '../../ui/AsOf.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { SitedeskError, isErrorCode } from '#shared/errors.ts'
import { MayButton } from '../../app/why-not.tsx'
import { RunningJob } from './RunningJob.tsx'

type Status = Output<'system.status'>['sources'][number]

const TONES: Readonly<Record<Status['state'], Tone>> = {
  unconfigured: 'neutral',
  idle: 'neutral',
  live: 'good',
  failing: 'bad',
  offline: 'attention',
  stopped: 'bad',
}

/** How one vendor system stands, and what one does about it. */
export function SourceCard({ status, running }: { status: Status; running: JobRow | null }) {
  const { t } = useTranslation()
  const start = useWrite('sync.start')
  return (
    <section className="sd-panel sync-card" aria-label={t(`common.source.${status.source}`)}>
      <header className="sync-card-head">
        <h2>{t(`common.source.${status.source}`)}</h2>
        <State tone={TONES[status.state]}>{t(`shell.status.source.${status.state}`)}</State>
        {status.lastCompleteAt === null ? null : (
          <AsOf
            at={status.lastCompleteAt}
            failing={status.state === 'failing' || status.state === 'offline'}
          />
        )}
        <span className="sd-spring" />
        {status.state === 'unconfigured' ? (
          <Link to="/settings">{t('sync.toSettings')}</Link>
        ) : !running ? (
          <MayButton
            operation="sync.start"
            type="primary"
            loading={start.isPending}
            onClick={() => start.mutate({ source: status.source })}
          >
            {status.partial ? t('sync.card.resume') : t('sync.card.start')}
          </MayButton>
        ) : null}
      </header>
      {start.error ? <ErrorState error={start.error} /> : null}
      {running ? <RunningJob key={running.id} job={running} /> : null}
      <SourceFacts status={status} />
    </section>
  )
}

function SourceFacts({ status }: { status: Status }) {
  const { t } = useTranslation()
  const format = useFormat()
  const settings = useRead('settings.get', {})
  const every = settings.data?.values.sync?.everyMinutes
  const facts: Fact[] = [
    {
      label: t('sync.card.lastComplete'),
      value: (
        <>
          {status.lastCompleteAt === null ? t('sync.card.never') : format.time(status.lastCompleteAt)}
          {status.partial ? ' · ' : ''}
          {status.partial ? <State tone="attention">{t('sync.card.partial')}</State> : null}
        </>
      ),
    },
    { label: t('sync.card.schedule'), value: <Schedule every={every} last={status.lastCompleteAt} /> },
    ...(status.clockSkewMs === null
      ? []
      : [{ label: t('sync.card.clock'), value: <Skew ms={status.clockSkewMs} /> }]),
    ...(status.lastError
      ? [{ label: t('sync.card.lastError'), value: <LastError error={status.lastError} /> }]
      : []),
  ]
  return <Facts facts={facts} />
}

/** The next run is an estimate: a run that fails is tried again sooner. */
function Schedule({ every, last }: { every: number | undefined; last: number | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (every === undefined) return null
  if (every === 0) return t('sync.card.manual')
  const next = last === null ? null : last + every * MINUTE
  return (
    <>
      {t('sync.card.every', { n: every })}
      {next !== null && next > format.now()
        ? ` · ${t('sync.card.nextRun', { time: format.time(next) })}`
        : ''}
    </>
  )
}

function Skew({ ms }: { ms: number }) {
  const { t } = useTranslation()
  const n = Math.round(Math.abs(ms) / 1000)
  if (n === 0) return t('sync.card.clockEqual')
  return t(ms > 0 ? 'sync.card.clockAhead' : 'sync.card.clockBehind', { n })
}

function LastError({ error }: { error: NonNullable<Status['lastError']> }) {
  const format = useFormat()
  const { what, todo, detail } = useErrorText()(
    new SitedeskError(isErrorCode(error.code) ? error.code : 'INTERNAL', error.message),
  )
  return (
    <span title={detail}>
      {format.time(error.at)} {what}。{todo}
    </span>
  )
}
