import { Progress, Tooltip } from 'antd'
import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Output } from '#shared/contract/index.ts'
import { useConnection } from '../api/client.ts'
import { useRead } from '../api/queries.ts'
import type { Tone } from '../ui/figures.tsx'
import { useBluetoothText } from './bluetooth-text.ts'
import { useFormat, useMay, useTick } from './site.tsx'
import { setWaitingAlarms } from './title.ts'

type Status = Output<'system.status'>
type SourceStatus = Status['sources'][number]
type Job = Output<'jobs.list'>['rows'][number]

/**
 * The bar that never lies: when the host does not answer it says so first, and what else it shows is marked as
 * what was known then.
 */
export function StatusBar() {
  const { t } = useTranslation()
  const connection = useConnection()
  useTick()
  const status = useRead('system.status', {}, { everyMs: 30_000 })
  const jobs = useRead('jobs.list', { state: ['queued', 'running'], limit: 20 })
  const lost = connection !== 'open'
  return (
    <footer className="sd-status" aria-label={t('shell.status.label')}>
      {lost ? (
        <Item
          tone="bad"
          text={t(connection === 'lost' ? 'shell.status.hostLost' : 'shell.status.hostConnecting')}
        />
      ) : null}
      <span className="sd-status-known" data-old={lost ? '' : undefined}>
        {status.data ? <Known status={status.data} /> : null}
        {status.error && !lost ? <Item tone="bad" text={t('common.asOf.failing')} /> : null}
      </span>
      <span className="sd-status-end">
        <Jobs jobs={jobs.data?.rows ?? []} />
        <Alarms />
        {status.data && status.data.problems.length > 0 ? (
          <Link to="/diagnostics">
            <Item tone="attention" text={t('shell.status.problems', { n: status.data.problems.length })} />
          </Link>
        ) : null}
      </span>
    </footer>
  )
}

function Known({ status }: { status: Status }) {
  const { bluetooth, lan } = status
  return (
    <>
      {status.sources
        .filter((source) => source.source === 'imr' || source.state !== 'unconfigured')
        .map((source) => (
          <Source key={source.source} source={source} />
        ))}
      <Bluetooth bluetooth={bluetooth} />
      <Lan lan={lan} />
    </>
  )
}

/** How many wait, live; also in the title of the window. */
function Alarms() {
  const { t } = useTranslation()
  const { data } = useRead('alarms.summary', {}, { everyMs: 60_000 })
  const waiting = data?.waiting ?? 0
  useEffect(() => {
    setWaitingAlarms(waiting)
    return () => setWaitingAlarms(0)
  }, [waiting])
  if (!data) return null
  const { critical } = data
  return (
    <Link to="/alarms" className="sd-status-link">
      <Item
        tone={critical > 0 ? 'bad' : waiting > 0 ? 'attention' : 'neutral'}
        text={t('alarms.status', { n: waiting })}
        title={t('alarms.statusTitle', { n: waiting, critical })}
      />
    </Link>
  )
}

/** Leads to its page, for those who may open it. */
function Lan({ lan: { state, url } }: { lan: Status['lan'] }) {
  const { t } = useTranslation()
  const may = useMay('supervisor', 'installer')
  const item = (
    <Item
      tone={state === 'failed' ? 'bad' : state === 'on' ? 'good' : 'neutral'}
      text={`${t('shell.status.lan')} ${url ?? t(`shell.status.lanState.${state}`)}`}
      title={may ? t('shell.status.lanOpen') : null}
    />
  )
  return may ? (
    <Link to="/lan" className="sd-status-link">
      {item}
    </Link>
  ) : (
    item
  )
}

/** Leads to the page that says the cure, for those who may open it. */
function Bluetooth({ bluetooth }: { bluetooth: Status['bluetooth'] }) {
  const { t } = useTranslation()
  const may = useMay('installer', 'supervisor')
  const { state, tone, why } = useBluetoothText()(bluetooth)
  const title = why ?? (may ? t('chargers.status.open') : null)
  const item = <Item tone={tone} text={`${t('shell.status.bluetooth')} ${state}`} title={title} />
  return may ? (
    <Link to="/chargers" className="sd-status-link">
      {item}
    </Link>
  ) : (
    item
  )
}

const SOURCE_TONE: Record<SourceStatus['state'], Tone> = {
  unconfigured: 'neutral',
  idle: 'neutral',
  live: 'good',
  failing: 'bad',
  offline: 'attention',
  // only the vendor's refusal of the account stops a source
  stopped: 'bad',
}

function Source({ source }: { source: SourceStatus }) {
  const { t } = useTranslation()
  const format = useFormat()
  const cached =
    source.lastCompleteAt === null
      ? t('shell.status.never')
      : t('shell.status.cached', { time: format.time(source.lastCompleteAt) })
  const detail = [cached, source.partial ? t('shell.status.partial') : null, source.lastError?.message]
  const shows = source.state === 'live' || source.state === 'unconfigured' ? '' : ` · ${cached}`
  return (
    <Item
      tone={SOURCE_TONE[source.state]}
      text={`${t(`common.source.${source.source}`)} ${t(`shell.status.source.${source.state}`)}${shows}`}
      title={detail.filter(Boolean).join(' · ')}
    />
  )
}

function Jobs({ jobs }: { jobs: readonly Job[] }) {
  const { t, i18n } = useTranslation()
  const job = jobs[0]
  if (!job) return <span className="sd-quiet">{t('shell.status.noJobs')}</span>
  const key = `shell.status.job.${job.kind}`
  const name = i18n.exists(key) ? t(key as 'shell.status.jobs') : job.kind
  const percent = job.total ? Math.min(100, Math.floor((job.done / job.total) * 100)) : null
  return (
    <Link to="/sync" className="sd-status-job">
      <span>{name}</span>
      {percent === null ? (
        <span className="sd-figure">{job.done}</span>
      ) : (
        <Progress percent={percent} size="small" aria-label={name} />
      )}
      {jobs.length > 1 ? <span>+{jobs.length - 1}</span> : null}
    </Link>
  )
}

function Item(props: { tone: Tone; text: string; title?: string | null }): ReactNode {
  const item = (
    <span className="sd-status-item" data-tone={props.tone}>
      <i aria-hidden />
      {props.text}
    </span>
  )
  return props.title ? <Tooltip title={props.title}>{item}</Tooltip> : item
}
