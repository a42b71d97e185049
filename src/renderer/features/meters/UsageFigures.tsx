import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Figure } from '../../ui/figures.tsx'
import { changeText } from './labels.ts'
import { likeForLike, totalsOf } from './usage-rows.ts'
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
            label={
              both.buckets < totals.measured || both.buckets < totalsOf(other.cells).measured
                ? `${other.name} · ${t('meters.compareWith.like', { n: both.buckets })}`
                : other.name
            }
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

function Item({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div className="meter-figure">
      <span className="sd-quiet">{label}</span>
      <strong>{value}</strong>
    </div>
  )
}
