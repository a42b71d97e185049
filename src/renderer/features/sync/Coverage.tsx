import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Source } from '#shared/contract/define.ts'
import { DAY, startOfDay } from '#shared/time.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { useFormat, useMay } from '../../app/site.tsx'
import { ErrorState, Reading, WithReason } from '../../ui/states.tsx'
import { CoverageCalendar } from './CoverageCalendar.tsx'
import { rangeOf, type Picked } from './coverage-grid.ts'

/** A year and a little more, so that the same day a year ago is in sight. */
const DAYS = 371

/** The gap map of one source, and fetching the chosen days again. */
export function Coverage({ source, busy }: { source: Source; busy: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [picked, pick] = useState<Picked | null>(null)
  const to = startOfDay(format.now(), format.zone) + DAY
  const from = to - DAYS * DAY
  const coverage = useRead('sync.coverage', { source, from, to })
  return (
    <section className="sd-panel">
      <header className="sd-panel-head">
        <h2>{t('sync.coverage.title')}</h2>
      </header>
      <p className="sd-quiet sync-purpose">{t('sync.coverage.purpose', { n: DAYS })}</p>
      <Reading read={coverage} lines={4}>
        {({ days }) => <CoverageCalendar days={days} from={from} to={to} picked={picked} onPick={pick} />}
      </Reading>
      {picked ? <PickedDays source={source} picked={picked} busy={busy} clear={() => pick(null)} /> : null}
    </section>
  )
}

interface PickedProps {
  readonly source: Source
  readonly picked: Picked
  /** a sync of this source runs: the same call would only name that one */
  readonly busy: boolean
  clear(): void
}

function PickedDays({ source, picked, busy, clear }: PickedProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const may = useMay('supervisor', 'meters')
  const start = useWrite('sync.start')
  const range = rangeOf(picked)
  const n = Math.round((range.to - range.from) / DAY)
  const days = { from: format.date(range.from), to: format.date(range.to - 1), n }
  const fetch = () => start.mutate({ source, dataset: 'readings', ...range }, { onSuccess: clear })
  return (
    <div className="sync-picked" role="status">
      <span>{n === 1 ? t('sync.coverage.pickedOne', days) : t('sync.coverage.picked', days)}</span>
      {may ? (
        <WithReason reason={busy ? t('sync.coverage.busy') : null}>
          <Button type="primary" size="small" disabled={busy} loading={start.isPending} onClick={fetch}>
            {t('sync.coverage.fetch')}
          </Button>
        </WithReason>
      ) : null}
      <Button size="small" onClick={clear}>
        {t('sync.coverage.clear')}
      </Button>
      {start.error ? <ErrorState error={start.error} /> : null}
    </div>
  )
}
