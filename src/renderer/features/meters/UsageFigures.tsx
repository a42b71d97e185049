import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Figure } from '../../ui/figures.tsx'
import { changeText } from './labels.ts'
import { likeForLike, totalsOf, type UsageSeries } from './usage-rows.ts'
import type { UsageModel } from './use-usage.ts'

/** The sum of the bars, their mean, and what it is compared with: the answer before the picture. */
export function UsageFigures({ model, unit }: { model: UsageModel; unit: string }) {
  const { t } = useTranslation()
  const totals = totalsOf(model.main.cells, model.buckets.indexOf(model.running))
  return (
    <div className="meter-figures">
      <Item label={t('meters.table.total')} value={<Figure value={totals.sum} unit={unit} />} />
      <Item
        label={t(`meters.figures.mean.${model.bucket}`)}
        value={<Figure value={totals.mean} unit={unit} />}
      />
      {model.others.map((other) => {
        const both = likeForLike(model.main.cells, other.cells)
        return (
          <Item
            key={other.key}
            label={comparedLabel(t, other, both.buckets, totals.measured)}
            value={
              <>
                <Figure value={both.other} unit={unit} />{' '}
                <span className="sd-quiet sd-figure">{changeText(both.perMille)}</span>
              </>
            }
          />
        )
      })}
    </div>
  )
}

/** Says on how much a comparison stands, unless it is everything there is. */
function comparedLabel(t: TFunction, other: UsageSeries, both: number, measured: number): string {
  if (both === 0) return `${other.name} · ${t('meters.compareWith.nothing')}`
  if (both === measured && both === totalsOf(other.cells).measured) return other.name
  return `${other.name} · ${t('meters.compareWith.like', { n: both })}`
}

function Item({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div className="meter-figure">
      <span className="sd-quiet">{label}</span>
      <strong>{value}</strong>
    </div>
  )
}
