import { useTranslation } from 'react-i18next'
import type { ReconciliationClass, ReconciliationDay } from '#shared/contract/reconciliation.ts'
import { formatMoney, formatNumber } from '../../app/format.ts'
import { CLASSES, CLASS_TONES } from './classes.ts'

/** Five classes with their sums; a click shows only that class, another one all again. */
export function ClassTiles(props: {
  day: ReconciliationDay
  chosen: ReconciliationClass | undefined
  choose: (one: ReconciliationClass | null) => void
}) {
  const { t } = useTranslation()
  return (
    <div className="rec-tiles" role="group" aria-label={t('reconciliation.classLabel')}>
      {CLASSES.map((one) => {
        const { count, hereFen, upstreamFen } = props.day[one]
        const chosen = props.chosen === one
        return (
          <button
            key={one}
            type="button"
            className="rec-tile"
            aria-pressed={chosen}
            data-tone={count > 0 ? CLASS_TONES[one] : 'neutral'}
            title={t(`reconciliation.hint.${one}`)}
            onClick={() => props.choose(chosen ? null : one)}
          >
            <span>{t(`reconciliation.class.${one}`)}</span>
            <strong className="sd-figure">{formatNumber(count)}</strong>
            <span className="rec-sums sd-figure">
              <span>{t('reconciliation.here')}</span>
              <span>{formatMoney(hereFen)}</span>
              <span>{t('reconciliation.upstream')}</span>
              <span>{formatMoney(upstreamFen)}</span>
            </span>
          </button>
        )
      })}
    </div>
  )
}
