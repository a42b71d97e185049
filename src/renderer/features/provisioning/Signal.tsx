import { useTranslation } from 'react-i18next'

/** features §4: below this a run asks the installer to come closer. */
export const WEAK_DBM = -85

/** dBm at which a bar lights up */
const BARS = [-95, WEAK_DBM, -72, -58] as const

/** Strength as four bars and in dBm. */
export function Signal({ dbm }: { dbm: number }) {
  const { t } = useTranslation()
  const weak = dbm < WEAK_DBM
  return (
    <span className="run-signal" data-weak={weak ? '' : undefined} title={weak ? t('provisioning.weak') : ''}>
      <span className="run-bars" aria-hidden>
        {BARS.map((from) => (
          <i key={from} data-lit={dbm >= from ? '' : undefined} />
        ))}
      </span>
      <span className="sd-figure">{t('provisioning.signalOf', { dbm: String(dbm).replace('-', '−') })}</span>
    </span>
  )
}
