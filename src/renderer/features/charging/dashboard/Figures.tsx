import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { formatMoney, formatNumber } from '../../../app/format.ts'
import { hoursOf } from '../orders/tones.ts'
import { changeOf, percentText } from './compare.ts'
import type { Days } from './spans.ts'

type Totals = Output<'orders.dashboard'>['totals']
type Kind = 'orders' | 'duration' | 'money' | 'cash' | 'coins'

const FIGURES: readonly {
  readonly kind: Kind
  readonly of: (totals: Totals) => number
  readonly text: (totals: Totals, t: TFunction) => string
}[] = [
  { kind: 'orders', of: ({ count }) => count, text: ({ count }) => formatNumber(count) },
  {
    kind: 'duration',
    of: ({ units }) => units,
    text: ({ units }, t) => t('charging.hours', { n: formatNumber(hoursOf(units)) }),
  },
  { kind: 'money', of: ({ moneyFen }) => moneyFen, text: ({ moneyFen }) => formatMoney(moneyFen) },
  { kind: 'cash', of: ({ cashFen }) => cashFen, text: ({ cashFen }) => formatMoney(cashFen) },
  { kind: 'coins', of: ({ coins }) => coins, text: ({ coins }) => formatNumber(coins) },
]

/** The span's figures, each beside what it was in the same time before. */
export function Figures({ totals, before, days }: { totals: Totals; before: Totals; days: Days }) {
  const { t } = useTranslation()
  return (
    <dl className="cg-figures">
      {FIGURES.map(({ kind, of, text }) => (
        <div key={kind} className="sd-panel">
          <dt>{t(`charging.dashboard.${kind}`)}</dt>
          <dd className="cg-figure sd-figure">{text(totals, t)}</dd>
          <dd className="sd-quiet sd-figure cg-before">
            <span>
              {t('charging.dashboard.before', {
                span: t(`charging.dashboard.beforeName.${days}`),
                value: text(before, t),
              })}
            </span>
            <Change now={of(totals)} before={of(before)} days={days} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A day that is not over is not set against a whole one. */
function Change({ now, before, days }: { now: number; before: number; days: Days }) {
  const { t } = useTranslation()
  const percent = days === 1 ? null : changeOf(now, before)
  if (percent === null) return null
  return <span>{percent === 0 ? t('charging.dashboard.same') : percentText(percent)}</span>
}
