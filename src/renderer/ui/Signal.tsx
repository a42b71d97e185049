import { useTranslation } from 'react-i18next'
import './signal.css'

/** features §4: weaker than this a person should come closer. */
export const WEAK_DBM = -85
/** dBm at which a bar fills */
const BARS = [-90, -80, -70, -60] as const

/** 0–4 */
export const barsOf = (dbm: number): number => BARS.filter((limit) => dbm >= limit).length

/** Four bars and the median in dBm; hollow when it is no longer heard. */
export function Signal({ dbm, lost = false }: { dbm: number; lost?: boolean }) {
  const { t } = useTranslation()
  const bars = lost ? 0 : barsOf(dbm)
  const weak = dbm < WEAK_DBM && !lost
  return (
    <span
      className="sd-signal"
      data-weak={weak ? '' : undefined}
      title={weak ? t('common.weakSignal') : undefined}
    >
      <svg width="20" height="14" viewBox="0 0 20 14" aria-hidden>
        {BARS.map((limit, i) => (
          <rect
            key={limit}
            x={i * 5 + 0.5}
            y={10 - i * 3 + 0.5}
            width="3"
            height={3 + i * 3}
            data-on={i < bars ? '' : undefined}
          />
        ))}
      </svg>
      <span className="sd-figure">
        {String(dbm).replace('-', '−')} <span className="sd-unit">dBm</span>
      </span>
    </span>
  )
}
