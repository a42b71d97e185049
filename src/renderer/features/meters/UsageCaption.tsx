import { useTranslation } from 'react-i18next'
import type { MeterRow } from '#shared/contract/meters.ts'
import { useMode } from '../../app/mode.tsx'
import { useFormat } from '../../app/site.tsx'
import { PALETTES, SERIES_COLORS } from '../../app/theme.ts'
import { AsOf } from '../../ui/AsOf.tsx'
import { hatchCss } from './hatch.ts'
import type { Fetching } from './use-fetch.ts'
import { totalsOf } from './usage-rows.ts'
import type { UsageModel } from './use-usage.ts'
import { unitOf } from './words.ts'

interface Props {
  readonly meter: MeterRow
  readonly model: UsageModel
  readonly fetching: Fetching
  /** the vendor does not answer now */
  readonly away: boolean
}

/** Unit, source, as of when, how much of the span is covered, and what the unusual bars mean. */
export function UsageCaption({ meter, model, fetching, away }: Props) {
  const { t } = useTranslation()
  const totals = totalsOf(model.main.cells, model.buckets.indexOf(model.running))
  const unit = unitOf(meter.kind)
  return (
    <div className="meter-caption">
      <span>{unit ? t('meters.chart.caption', { unit }) : t('meters.chart.noUnit')}</span>
      <span>{t('meters.chart.source', { source: t(`common.source.${meter.source}`) })}</span>
      <span>{t('meters.chart.coverage', { measured: totals.measured, total: totals.total })}</span>
      {totals.resets > 0 ? <span>{t('meters.chart.resets', { n: totals.resets })}</span> : null}
      <AsOfText at={model.asOf} failing={away} />
      <FetchState fetching={fetching} away={away} />
      <Legend model={model} />
    </div>
  )
}

/** Quiet while all is well; the chip that cannot be overlooked once it is not renewed. */
function AsOfText({ at, failing }: { at: number | null; failing: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (failing || at === null) return <AsOf at={at} failing={failing} />
  return <span title={format.full(at)}>{t('common.asOf.asOf', { time: format.time(at) })}</span>
}

/** Words instead of a spinner: what is shown is good, and what is on its way. */
function FetchState({ fetching, away }: { fetching: Fetching; away: boolean }) {
  const { t } = useTranslation()
  const { reason, busy } = fetching
  if (away) return <span role="status">{t('meters.page.fetch.offline')}</span>
  if (busy) return <span role="status">{t('meters.page.fetch.started')}</span>
  if (reason === 'notConfigured') return <span role="status">{t('meters.page.fetch.notConfigured')}</span>
  return null
}

function Legend({ model }: { model: UsageModel }) {
  const { t } = useTranslation()
  const p = PALETTES[useMode().mode]
  const { cells } = model.main
  const has = (state: string) => cells.some((cell) => cell.state === state)
  const bar = SERIES_COLORS[0]
  return (
    <span className="meter-legend">
      {has('gap') ? (
        <span>
          <i style={{ background: hatchCss(p.edge) }} />
          {t('meters.state.gap')}
        </span>
      ) : null}
      {has('reset') ? (
        <span>
          <i style={{ borderLeft: `2px solid ${p.attention}`, width: 2 }} />
          {t('meters.state.reset')}
        </span>
      ) : null}
      {has('estimated') ? (
        <span>
          <i style={{ border: `1.5px dashed ${bar}` }} />
          {t('meters.state.estimated')}
        </span>
      ) : null}
      {model.buckets.includes(model.running) ? (
        <span>
          <i style={{ background: bar, opacity: 0.45 }} />
          {t('meters.state.running')}
        </span>
      ) : null}
    </span>
  )
}
