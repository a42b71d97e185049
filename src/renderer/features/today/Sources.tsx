import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AsOf } from '../../ui/AsOf.tsx'
import { State, type Tone } from '../../ui/figures.tsx'
import { EmptyState } from '../../ui/states.tsx'
import type { Status, Summary } from './tiles.ts'

type SourceStatus = Status['sources'][number]

const TONES: Readonly<Record<SourceStatus['state'], Tone>> = {
  unconfigured: 'neutral',
  idle: 'neutral',
  live: 'good',
  failing: 'bad',
  offline: 'attention',
  stopped: 'bad',
}

/** How fresh what is held is, source by source. */
export function Sources({ status, summary }: { status: Status; summary: Summary | undefined }) {
  const { t } = useTranslation()
  const configured = status.sources.filter(({ state }) => state !== 'unconfigured')
  return (
    <section className="sd-panel">
      <header className="sd-panel-head">
        <h2>{t('today.fresh.title')}</h2>
        <Link to="/sync">{t('today.fresh.toSync')}</Link>
      </header>
      {configured.length === 0 ? (
        <EmptyState
          what={t('today.fresh.none')}
          todo={t('today.fresh.noneTodo')}
          action={<Link to="/settings">{t('today.fresh.toSettings')}</Link>}
        />
      ) : (
        configured.map((source) => <OneSource key={source.source} source={source} />)
      )}
      {summary ? (
        <p className="sd-quiet today-breakdown">
          {t('today.fresh.meters', { n: summary.total })}
          {' · '}
          {t('today.fresh.breakdown', {
            electricity: summary.electricity,
            water: summary.water,
            unknown: summary.unknown,
          })}
        </p>
      ) : null}
    </section>
  )
}

function OneSource({ source }: { source: SourceStatus }) {
  const { t } = useTranslation()
  return (
    <div className="today-source">
      <strong>{t(`common.source.${source.source}`)}</strong>
      <State tone={TONES[source.state]}>{t(`shell.status.source.${source.state}`)}</State>
      {source.lastCompleteAt === null ? (
        <span className="sd-quiet">{t('today.fresh.never')}</span>
      ) : (
        <AsOf
          at={source.lastCompleteAt}
          failing={source.state === 'failing' || source.state === 'offline' || source.state === 'stopped'}
        />
      )}
      {source.partial ? <State tone="attention">{t('today.fresh.partial')}</State> : null}
    </div>
  )
}
