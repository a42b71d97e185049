import { Button, Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Output } from '#shared/contract/index.ts'
import { useRead } from '../../api/queries.ts'
import { useMay } from '../../app/site.tsx'
import { useFilters } from '../../ui/filters.ts'
import { PageHead } from '../../ui/PageHead.tsx'
import { EmptyState, Reading } from '../../ui/states.tsx'
import { Coverage } from './Coverage.tsx'
import { isActive } from './job-text.ts'
import { Jobs } from './Jobs.tsx'
import { Quarantine } from './Quarantine.tsx'
import { RunningJob } from './RunningJob.tsx'
import { SourceCard } from './SourceCard.tsx'
import './sync.css'

type Status = Output<'system.status'>

/** Sources whose data is fetched day by day, so that days can be missing. */
const BY_DAYS: ReadonlySet<string> = new Set(['imr', 'water'])

/** Sync centre (同步): how each source stands, what runs, which days are missing, what could not be read. */
export function SyncPage() {
  const { t } = useTranslation()
  const { values, set } = useFilters(['tab'])
  const mayQuarantine = useMay('supervisor', 'meters')
  const tabs = [
    { key: 'overview', label: t('sync.tab.overview'), children: <Overview /> },
    { key: 'jobs', label: t('sync.tab.jobs'), children: <Jobs /> },
    ...(mayQuarantine
      ? [{ key: 'quarantine', label: t('sync.tab.quarantine'), children: <Quarantine /> }]
      : []),
  ]
  const open = tabs.some(({ key }) => key === values['tab']) ? (values['tab'] ?? 'overview') : 'overview'
  return (
    <div className="sd-page" data-template="sync">
      <PageHead title={t('sync.title')} purpose={t('sync.purpose')} />
      <Tabs
        className="sync-tabs"
        activeKey={open}
        onChange={(key) => set({ tab: key === 'overview' ? '' : key })}
        items={tabs}
        destroyOnHidden
      />
    </div>
  )
}

function Overview() {
  const status = useRead('system.status', {}, { everyMs: 30_000 })
  return <Reading read={status}>{(data) => <Sources status={data} />}</Reading>
}

function Sources({ status }: { status: Status }) {
  const { t } = useTranslation()
  const jobs = useRead('jobs.list', { state: ['queued', 'running'], limit: 20 })
  const active = (jobs.data?.rows ?? []).filter(isActive)
  const configured = status.sources.filter(({ state }) => state !== 'unconfigured')
  const others = active.filter((job) => !status.sources.some(({ source }) => job.kind === `sync.${source}`))
  if (configured.length === 0)
    return (
      <EmptyState
        what={t('sync.emptyTitle')}
        todo={t('sync.emptyText')}
        action={
          <Link to="/settings">
            <Button type="primary">{t('sync.toSettings')}</Button>
          </Link>
        }
      />
    )
  return (
    <div className="sd-stack">
      {configured.map((one) => (
        <SourceCard
          key={one.source}
          status={one}
          running={active.find(({ kind }) => kind === `sync.${one.source}`) ?? null}
        />
      ))}
      {others.length > 0 ? (
        <section className="sd-panel">
          {others.map((job) => (
            <RunningJob key={job.id} job={job} />
          ))}
        </section>
      ) : null}
      {configured
        .filter(({ source }) => BY_DAYS.has(source))
        .map(({ source }) => (
          <Coverage
            key={source}
            source={source}
            busy={active.some(({ kind }) => kind === `sync.${source}`)}
          />
        ))}
    </div>
  )
}
