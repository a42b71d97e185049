import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSite } from '../../app/site.tsx'
import { EChart } from '../../ui/EChart.tsx'
import { Figure } from '../../ui/figures.tsx'
import { sumDecimals } from '../meters/decimals.ts'
import { smallBars } from '../meters/small-bars.ts'
import { useChartColours } from '../meters/use-chart-colours.ts'
import { unitOf } from '../meters/words.ts'
import type { Summary } from './tiles.ts'

const KINDS = ['electricity', 'water'] as const
type Kind = (typeof KINDS)[number]

/** Usage of the last 14 whole days, one small chart a kind the site has. */
export function RecentUsage({ summary }: { summary: Summary }) {
  const { t } = useTranslation()
  const kinds = KINDS.filter((kind) => summary[kind] > 0)
  return (
    <section className="sd-panel">
      <header className="sd-panel-head">
        <h2>{t('today.recent.title')}</h2>
      </header>
      {kinds.length === 0 ? <p className="sd-quiet">{t('today.recent.none')}</p> : null}
      <div className="sd-stack">
        {kinds.map((kind) => (
          <OneKind key={kind} kind={kind} days={summary.days} />
        ))}
      </div>
    </section>
  )
}

function OneKind({ kind, days }: { kind: Kind; days: Summary['days'] }) {
  const { t } = useTranslation()
  const { zone } = useSite()
  const colours = useChartColours()
  const unit = unitOf(kind)
  const total = sumDecimals(days.map((day) => day[kind]))
  const measured = days.filter((day) => day[kind] !== null).length
  const option = useMemo(
    () =>
      smallBars({
        days: days.map((day) => ({ day: day.day, usage: day[kind] })),
        unit,
        gapWord: t('today.recent.gap'),
        zone,
        colours: kind === 'electricity' ? colours : { ...colours, bar: colours.compare[0] ?? colours.bar },
      }),
    [days, kind, unit, t, zone, colours],
  )
  const name = t(`today.recent.${kind}`)
  return (
    <div>
      <div className="today-kind">
        <strong>{name}</strong>
        <span>
          {t('today.recent.total')} <Figure value={total} unit={unit} />
        </span>
        <span className="sd-quiet">{t('today.recent.measured', { n: `${measured}/${days.length}` })}</span>
      </div>
      <EChart
        label={t('today.recent.chart', { kind: name, total: `${total ?? '—'} ${unit}` })}
        option={option}
        height={150}
      />
    </div>
  )
}
