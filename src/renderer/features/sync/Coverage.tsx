import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Source } from '#shared/contract/define.ts'
import type { DailyDataset } from '#shared/contract/sync.ts'
import { DAY, startOfDay } from '#shared/time.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { MayButton } from '../../app/why-not.tsx'
import { ErrorState, Reading } from '../../ui/states.tsx'
import { CoverageCalendar } from './CoverageCalendar.tsx'
import { daysToFetch, rangeOf, type CoverageDay, type Picked } from './coverage-grid.ts'

/** What a first run fetches: 365 days back, and today. */
const DAYS = 366

/** What a source has of each day. */
const OF_SOURCE: Partial<Record<Source, readonly DailyDataset[]>> = {
  imr: ['readings', 'consumption', 'consumptionDaily', 'bands', 'camera'],
  water: ['readings', 'payments'],
}

/** The gap map of one source, and fetching what is unfinished of the chosen days. */
export function Coverage({ source, busy }: { source: Source; busy: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [picked, pick] = useState<Picked | null>(null)
  const [dataset, choose] = useState<DailyDataset>('readings')
  const to = startOfDay(format.now(), format.zone) + DAY
  const from = to - DAYS * DAY
  const coverage = useRead('sync.coverage', { source, from, to, dataset }, { keepPrevious: false })
  return (
    <section className="sd-panel">
      <header className="sd-panel-head">
        <h2>{t('sync.coverage.title', { source: t(`common.source.${source}`) })}</h2>
        <Select
          aria-label={t('sync.coverage.dataset')}
          value={dataset}
          onChange={(next) => {
            pick(null)
            choose(next)
          }}
          options={(OF_SOURCE[source] ?? []).map((value) => ({ value, label: t(`sync.dataset.${value}`) }))}
          popupMatchSelectWidth={false}
          style={{ minWidth: 130 }}
        />
      </header>
      <p className="sd-quiet sync-purpose">{t('sync.coverage.purpose', { n: DAYS })}</p>
      <Reading read={coverage} lines={4}>
        {({ days }) => <CoverageCalendar days={days} from={from} to={to} picked={picked} onPick={pick} />}
      </Reading>
      {picked ? (
        <PickedDays
          source={source}
          dataset={dataset}
          days={coverage.data?.days ?? NO_DAYS}
          picked={picked}
          busy={busy}
          clear={() => pick(null)}
        />
      ) : null}
    </section>
  )
}

const NO_DAYS: readonly CoverageDay[] = []
/** Days a run reads again while the settings are not here yet: their own default. */
const REREAD_DAYS = 3

interface PickedProps {
  readonly source: Source
  readonly dataset: DailyDataset
  readonly days: readonly CoverageDay[]
  readonly picked: Picked
  /** a sync of this source runs: the same call would only name that one */
  readonly busy: boolean
  clear(): void
}

function PickedDays({ source, dataset, days, picked, busy, clear }: PickedProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const start = useWrite('sync.start')
  const range = rangeOf(picked)
  const reread = useRead('settings.get', {}).data?.values.sync?.rereadDays ?? REREAD_DAYS
  const open = daysToFetch(days, picked, reread, format.zone)
  const reason = busy ? t('sync.coverage.busy') : open === 0 ? t('sync.coverage.settled') : null
  const n = Math.round((range.to - range.from) / DAY)
  const named = { from: format.date(range.from), to: format.date(range.to - 1), n }
  const fetch = () => start.mutate({ source, dataset, ...range }, { onSuccess: clear })
  return (
    <div className="sync-picked" role="status">
      <span>{n === 1 ? t('sync.coverage.pickedOne', named) : t('sync.coverage.picked', named)}</span>
      <MayButton
        operation="sync.start"
        reason={reason}
        type="primary"
        size="small"
        loading={start.isPending}
        onClick={fetch}
      >
        {t('sync.coverage.fetch', { n: open })}
      </MayButton>
      <Button size="small" onClick={clear}>
        {t('sync.coverage.clear')}
      </Button>
      {start.error ? <ErrorState error={start.error} /> : null}
    </div>
  )
}
