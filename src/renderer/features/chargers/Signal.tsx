import { useTranslation } from 'react-i18next'
import { barsOf, WEAK_DBM, type Freshness } from './nearby.ts'

/** Four bars and the median in dBm; hollow when it is no longer heard. */
export function Signal({ rssi, freshness }: { rssi: number; freshness: Freshness }) {
  const { t } = useTranslation()
  const bars = freshness === 'gone' ? 0 : barsOf(rssi)
  const weak = rssi < WEAK_DBM && freshness !== 'gone'
  return (
    <span
      className="ch-signal"
      data-weak={weak ? '' : undefined}
      title={weak ? t('chargers.scan.weak') : undefined}
    >
      <svg width="20" height="14" viewBox="0 0 20 14" aria-hidden>
        {[0, 1, 2, 3].map((i) => (
          <rect
            key={i}
            x={i * 5 + 0.5}
            y={10 - i * 3 + 0.5}
            width="3"
            height={3 + i * 3}
            data-on={i < bars ? '' : undefined}
          />
        ))}
      </svg>
      <span className="sd-figure">
        {String(rssi).replace('-', '−')} <span className="sd-unit">dBm</span>
      </span>
    </span>
  )
}
